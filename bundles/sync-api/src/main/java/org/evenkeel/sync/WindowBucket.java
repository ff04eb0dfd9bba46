package org.evenkeel.sync;

import java.time.Duration;
import java.time.Instant;

/**
 * The oversell windows that closed within a span of time. A window reaches from an order's placing in a store to the last
 * acknowledged push elsewhere that it caused.
 *
 * @param from the span's beginning; it ends where the next one begins
 * @param count how many windows closed; when it is 0 the durations are null
 * @param p50 half of them were no longer than this
 * @param p99 all but one in a hundred were no longer than this
 * @param max the longest
 */
public record WindowBucket(Instant from, long count, Duration p50, Duration p99, Duration max) {}
