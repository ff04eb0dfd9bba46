package org.evenkeel.accounts.internal;

import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends executors within a bound. */
final class Bounded {

    private static final Logger LOG = LoggerFactory.getLogger(Bounded.class);
    private static final int SECONDS = 5;

    private Bounded() {}

    /**
     * Lets what is under way come to its end, for a database takes an interrupt in the middle of a transaction badly; drops what
     * only waits. After the bound it is interrupted all the same.
     */
    static void close(ThreadPoolExecutor executor) {
        executor.shutdown();
        executor.getQueue().clear();
        try {
            if (!executor.awaitTermination(SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Work of the accounts did not end within {} s; it is interrupted", SECONDS);
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
