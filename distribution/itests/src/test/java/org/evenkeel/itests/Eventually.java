package org.evenkeel.itests;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waits for what other threads and processes do. */
final class Eventually {
    private static final Duration AT_MOST = Duration.ofSeconds(60);

    private Eventually() {}

    /** As long as a slow machine with everything else running may need. */
    static ConditionFactory eventually() {
        return Awaitility.await().atMost(AT_MOST).pollInterval(Duration.ofMillis(100));
    }
}
