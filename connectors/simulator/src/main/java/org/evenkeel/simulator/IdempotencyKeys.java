package org.evenkeel.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The idempotency keys that a shop was given, kept for a day of its clock. Safe for use by many threads. */
public final class IdempotencyKeys {
    /** How long a shop remembers a key. */
    public static final Duration KEPT = Duration.ofHours(24);

    /** What a shop knows about a key when a call arrives with it. */
    public enum Claim {
        /** Never seen: the call may go ahead and must be settled with {@link #succeeded} or {@link #failed}. */
        NEW,
        /** The same call succeeded before: {@link #result} has its answer. */
        DONE,
        /** The same call is under way. */
        RUNNING,
        /** The same call failed before: only a new key helps. */
        FAILED,
        /** The key came with other input before. */
        OTHER_INPUT
    }

    private enum State {
        RUNNING,
        DONE,
        FAILED
    }

    private record Entry(State state, Object input, Object result, Instant since) {}

    private final Map<String, Entry> entries = new HashMap<>();

    /** Claims a key for a call with this input (compared with {@code equals}). */
    public synchronized Claim claim(String key, Object input, Instant now) {
        Entry known = entries.get(key);
        if (known == null || known.since().plus(KEPT).isBefore(now)) {
            entries.put(key, new Entry(State.RUNNING, input, null, now));
            return Claim.NEW;
        }
        if (!known.input().equals(input)) {
            return Claim.OTHER_INPUT;
        }
        return switch (known.state()) {
            case RUNNING -> Claim.RUNNING;
            case DONE -> Claim.DONE;
            case FAILED -> Claim.FAILED;
        };
    }

    /** The answer of the call that succeeded with this key. */
    public synchronized Object result(String key) {
        return entries.get(key).result();
    }

    public synchronized void succeeded(String key, Object result) {
        entries.computeIfPresent(key, (k, e) -> new Entry(State.DONE, e.input(), result, e.since()));
    }

    /** Forgets a key whose call was never carried out. */
    public synchronized void forget(String key) {
        entries.remove(key);
    }

    public synchronized void failed(String key) {
        entries.computeIfPresent(key, (k, e) -> new Entry(State.FAILED, e.input(), null, e.since()));
    }
}
