package org.evenkeel.launcher;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for things that happen in other processes, where nothing can call back. */
final class Waiting {
    private static final long INTERVAL_MILLIS = 100;

    private Waiting() {}

    interface Check<T> {
        Optional<T> look() throws LauncherException;
    }

    interface Condition {
        boolean holds() throws LauncherException;
    }

    /** Looks at once and then ten times a second; empty when the time is up or the thread is interrupted. */
    static <T> Optional<T> forValue(Duration limit, Check<T> check) throws LauncherException {
        long deadline = System.nanoTime() + limit.toNanos();
        Optional<T> seen = check.look();
        while (seen.isEmpty() && System.nanoTime() < deadline && pause()) {
            seen = check.look();
        }
        return seen;
    }

    static boolean until(Duration limit, Condition condition) throws LauncherException {
        return forValue(limit, () -> condition.holds() ? Optional.of(true) : Optional.empty())
                .isPresent();
    }

    private static boolean pause() {
        try {
            return !new CountDownLatch(1).await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
