package org.evenkeel.accounts.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BoundedTest {
    @Test
    void whatIsUnderWayEndsUninterruptedAndWhatWaitsIsDropped() throws Exception {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean whole = new AtomicBoolean();
        AtomicBoolean waited = new AtomicBoolean();
        executor.execute(() -> {
            begun.countDown();
            whole.set(endsWithoutInterrupt(executor));
        });
        executor.execute(() -> waited.set(true));
        begun.await();
        Bounded.close(executor);
        assertThat(executor.isTerminated()).isTrue();
        assertThat(whole).as("came to its end").isTrue();
        assertThat(waited).as("was still begun").isFalse();
    }

    /** Works until the executor has been told to end and a moment longer. */
    private static boolean endsWithoutInterrupt(ThreadPoolExecutor executor) {
        while (!executor.isShutdown()) {
            Thread.onSpinWait();
        }
        try {
            new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException interrupted) {
            return false;
        }
    }
}
