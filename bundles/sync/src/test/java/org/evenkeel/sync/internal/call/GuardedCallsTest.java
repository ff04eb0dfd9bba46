package org.evenkeel.sync.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.evenkeel.connector.TransientException;
import org.evenkeel.sync.internal.call.CallExecutor.CallOrder;
import org.evenkeel.sync.internal.call.CallExecutor.Work;
import org.evenkeel.sync.internal.testing.MemoryRecords;
import org.evenkeel.sync.internal.time.PooledScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The border to foreign code. */
class GuardedCallsTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final InstantSource clock = InstantSource.system();
    private final PooledScheduler scheduler = new PooledScheduler(clock, 1, Duration.ofSeconds(5));
    private final GuardedCalls calls = new GuardedCalls(clock, scheduler, 8, Duration.ofSeconds(5));
    private final BlockingQueue<CallResult<String>> results = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        calls.close();
        scheduler.close();
    }

    private CallResult<String> call(Duration limit, Work<String> work) throws InterruptedException {
        calls.call(order(limit, null), work, results::add);
        return results.poll(60, TimeUnit.SECONDS);
    }

    private static CallOrder order(Duration limit, ClassLoader loader) {
        return new CallOrder("shop", "orders", loader, limit, MemoryRecords.NO_STATE);
    }

    @Test
    void anAnswerComesWithTheConnectorsClassLoaderAndItsDeadline() throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[0])) {
            AtomicReference<ClassLoader> seen = new AtomicReference<>();
            calls.call(
                    order(LONG, loader),
                    call -> {
                        seen.set(Thread.currentThread().getContextClassLoader());
                        return call.deadline().isAfter(call.now()) ? "in time" : "late";
                    },
                    results::add);
            assertThat(results.poll(60, TimeUnit.SECONDS)).isEqualTo(new CallResult.Answer<>("in time"));
            assertThat(seen.get()).isSameAs(loader);
        }
    }

    @Test
    void aCallPastItsDeadlineIsInterruptedAndGivenUp() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        CallResult<String> result = call(Duration.ofMillis(50), call -> {
            hang(interrupted);
            return "too late";
        });
        assertThat(result).isInstanceOf(CallResult.GivenUp.class);
        assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(call(LONG, call -> "the next one")).isEqualTo(new CallResult.Answer<>("the next one"));
    }

    private static void hang(CountDownLatch interrupted) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            interrupted.countDown();
        }
    }

    @Test
    void whatConnectorsThrowIsFailureAndWhatElseIsThrownIsABug() throws Exception {
        TransientException failure = new TransientException("502");
        assertThat(call(LONG, call -> {
                    throw failure;
                }))
                .isEqualTo(new CallResult.Failed<String>(failure));
        assertThat(call(LONG, call -> {
                    throw new StackOverflowError();
                }))
                .isInstanceOf(CallResult.Bug.class);
        assertThat(call(LONG, call -> null)).isInstanceOf(CallResult.Bug.class);
    }

    @Test
    void aCancelledCallIsInterruptedAndItsEndIsNotTold() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        var call = calls.call(
                order(LONG, null),
                it -> {
                    hanging.countDown();
                    hang(interrupted);
                    return it.cancelled() ? "cancelled" : "not";
                },
                results::add);
        assertThat(hanging.await(60, TimeUnit.SECONDS)).isTrue();
        call.cancel();
        assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(call(LONG, it -> "after it")).isEqualTo(new CallResult.Answer<>("after it"));
    }

    @Test
    void aConnectorThatNeverComesBackIsABugBeforeItTakesAllThreads() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        for (int i = 0; i < 3; i++) {
            assertThat(call(Duration.ofMillis(20), call -> stubborn(end))).isInstanceOf(CallResult.GivenUp.class);
        }
        assertThat(call(LONG, call -> "never called")).isInstanceOf(CallResult.Bug.class);
        end.countDown();
    }

    private static String stubborn(CountDownLatch end) {
        boolean ended = false;
        while (!ended) {
            try {
                ended = end.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                // Takes no notice, as bad code does.
                ended = false;
            }
        }
        return "at last";
    }
}
