package org.evenkeel.sync.internal.lane;

import java.time.Duration;

/** Lengths of time as people say them. Stateless. */
final class Durations {
    private Durations() {}

    /** In whole minutes, or seconds below two of them. */
    static String words(Duration length) {
        long seconds = length.toSeconds();
        return seconds < 120 ? seconds + " s" : (seconds + 59) / 60 + " min";
    }
}
