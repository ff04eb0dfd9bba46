package org.evenkeel.accounts.internal;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends executors within a bound. */
final class Bounded {

    private static final Logger LOG = LoggerFactory.getLogger(Bounded.class);
    private static final int SECONDS = 5;

    private Bounded() {}

    static void close(ExecutorService executor) {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Work of the accounts did not end within {} s; it is left to end by itself", SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
