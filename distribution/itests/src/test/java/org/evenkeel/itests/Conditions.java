package org.evenkeel.itests;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for what happens in another process. */
final class Conditions {
    private Conditions() {}

    /** @return whether the condition held before the time was up */
    static boolean await(int seconds, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
        }
        return true;
    }
}
