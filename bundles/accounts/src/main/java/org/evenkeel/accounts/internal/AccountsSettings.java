package org.evenkeel.accounts.internal;

import java.time.Duration;

/** {@link AccountsConfiguration}, checked. */
record AccountsSettings(
        Sessions.Limits sessions, int failuresPerAddress, int failuresPerName, Duration lock, int passwordLength) {

    AccountsSettings {
        atLeast("session.idle.minutes", 1, sessions.idle().toMinutes());
        atLeast("session.longest.hours", 1, sessions.longest().toHours());
        atLeast("failures.per.address", 1, failuresPerAddress);
        atLeast("failures.per.name", 1, failuresPerName);
        atLeast("lock.minutes", 1, lock.toMinutes());
        atLeast("password.min.length", 8, passwordLength);
    }

    static AccountsSettings of(AccountsConfiguration configuration) {
        return new AccountsSettings(
                new Sessions.Limits(
                        Duration.ofMinutes(configuration.session_idle_minutes()),
                        Duration.ofHours(configuration.session_longest_hours())),
                configuration.failures_per_address(),
                configuration.failures_per_name(),
                Duration.ofMinutes(configuration.lock_minutes()),
                configuration.password_min_length());
    }

    private static void atLeast(String property, long least, long value) {
        if (value < least) {
            throw new IllegalArgumentException(
                    AccountsConfiguration.PID + ": " + property + " is " + value + " and must be at least " + least);
        }
    }
}
