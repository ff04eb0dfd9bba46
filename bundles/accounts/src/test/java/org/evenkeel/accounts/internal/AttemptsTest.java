package org.evenkeel.accounts.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private static final Duration LOCK = Duration.ofMinutes(5);

    private final ManualClock clock = new ManualClock();
    private final Attempts attempts = new Attempts(3, LOCK, clock);

    @Test
    void locksAfterTooManyFailuresAndSaysForHowLong() {
        fail("a", 3);

        assertThat(attempts.begin("a")).isEqualTo(LOCK);
        clock.advance(Duration.ofMinutes(2));
        assertThat(attempts.begin("a")).isEqualTo(Duration.ofMinutes(3));
        assertThat(attempts.begin("b")).as("another key").isZero();
    }

    @Test
    void opensAgainWhenTheLockIsOver() {
        fail("a", 3);
        clock.advance(LOCK);

        assertThat(attempts.begin("a")).isZero();
    }

    @Test
    void successesDoNotCount() {
        for (int i = 0; i < 10; i++) {
            assertThat(attempts.begin("a")).isZero();
            attempts.giveBack("a");
        }
    }

    @Test
    void aSuccessDoesNotWashFailuresAway() {
        fail("a", 2);
        attempts.begin("a");
        attempts.giveBack("a");
        fail("a", 1);

        assertThat(attempts.begin("a")).isPositive();
    }

    @Test
    void forgetsFailuresWithTime() {
        fail("a", 2);
        clock.advance(LOCK);
        fail("a", 2);

        assertThat(attempts.begin("a")).isZero();
    }

    @Test
    void reportsALockOnce() {
        fail("a", 3);

        assertThat(attempts.firstRefusal("a")).isTrue();
        assertThat(attempts.firstRefusal("a")).isFalse();
        clock.advance(LOCK);
        fail("a", 3);
        assertThat(attempts.firstRefusal("a")).as("of the next lock").isTrue();
    }

    @Test
    void boundsItsMemory() {
        for (int i = 0; i < Attempts.MOST_KEYS + 500; i++) {
            attempts.begin("key-" + i);
        }

        assertThat(attempts.size()).isEqualTo(Attempts.MOST_KEYS);
    }

    private void fail(String key, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(attempts.begin(key)).isZero();
        }
    }
}
