package org.evenkeel.accounts.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets password checks pass at a rate that guessing cannot live on. Thread-safe. */
final class Gate {

    /** How long a check may wait for a processor; hashing is dear on purpose, and must not take them all. */
    private static final Duration QUEUE = Duration.ofSeconds(5);

    private final Attempts addresses;
    private final Attempts names;
    private final Semaphore processors =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    Gate(AccountsSettings settings, Clock clock) {
        this.addresses = new Attempts(settings.failuresPerAddress(), settings.lock(), clock);
        this.names = new Attempts(settings.failuresPerName(), settings.lock(), clock);
    }

    /** What came of it. */
    sealed interface Answer<T> {
        /** It was checked. */
        record Passed<T>(T result) implements Answer<T> {}

        /** It was not even looked at. */
        record Wait<T>(Duration rest, boolean worthRecording) implements Answer<T> {}
    }

    /** What can fail. */
    interface Outcome {
        boolean good();
    }

    <T extends Outcome> Answer<T> pass(String name, String remote, Supplier<T> check) {
        String address = RemoteAddress.key(remote);
        String who = Names.fold(name);
        Duration wait = addresses.begin(address);
        if (!wait.isZero()) {
            return new Answer.Wait<>(wait, addresses.firstRefusal(address));
        }
        wait = names.begin(who);
        if (!wait.isZero()) {
            addresses.giveBack(address);
            return new Answer.Wait<>(wait, names.firstRefusal(who));
        }
        boolean failed = false;
        try {
            if (!processors.tryAcquire(QUEUE.toSeconds(), TimeUnit.SECONDS)) {
                return new Answer.Wait<>(QUEUE, false);
            }
            try {
                T result = check.get();
                failed = !result.good();
                return new Answer.Passed<>(result);
            } finally {
                processors.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Wait<>(QUEUE, false);
        } finally {
            if (!failed) {
                addresses.giveBack(address);
                names.giveBack(who);
            }
        }
    }
}
