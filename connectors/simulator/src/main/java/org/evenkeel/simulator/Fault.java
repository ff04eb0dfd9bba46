package org.evenkeel.simulator;

import java.time.Duration;
import java.util.Objects;

/**
 * Something that goes wrong with the next calls.
 *
 * @param kind what goes wrong
 * @param operation the name of the operation, or of a root field, that it strikes; null strikes any call
 * @param times how many calls it strikes
 * @param length how long a {@code HANG} lasts; null until {@link Faults#release()}
 * @param status the HTTP status of a {@code SERVER_ERROR}
 */
public record Fault(Kind kind, String operation, int times, Duration length, int status) {
    /** What goes wrong. */
    public enum Kind {
        /** The store says that the caller is too fast. Nothing is done. */
        THROTTLED,
        /** An HTTP 5xx. Nothing is done. */
        SERVER_ERROR,
        /** No answer for a while; then the call is carried out, even if nobody listens any more. */
        HANG,
        /** The call is carried out at once, the answer comes late. */
        HANG_AFTER_WRITE,
        /** The connection breaks. Nothing is done. */
        DROP_BEFORE_WRITE,
        /** The call is carried out, then the connection breaks. */
        DROP_AFTER_WRITE,
        /** The call is carried out, the answer is cut off in the middle. */
        MALFORMED,
        /** The token is refused, as if it had been revoked. Nothing is done. */
        UNAUTHORIZED
    }

    public Fault {
        Objects.requireNonNull(kind, "kind");
        if (times < 1) {
            throw new IllegalArgumentException("A fault strikes at least once, not " + times);
        }
        if (status < 500 || status > 599) {
            throw new IllegalArgumentException("A server error has a status from 500 to 599, not " + status);
        }
    }

    /** A fault that strikes the next call, whatever it is. */
    public static Fault next(Kind kind) {
        return new Fault(kind, null, 1, null, 503);
    }

    /** The same for several calls; {@link Integer#MAX_VALUE} until it is cleared. */
    public Fault times(int calls) {
        return new Fault(kind, operation, calls, length, status);
    }

    /** The same, only for an operation or root field of this name. */
    public Fault on(String name) {
        return new Fault(kind, name, times, length, status);
    }

    /** The same with a length, for the kinds that hang. */
    public Fault lasting(Duration time) {
        return new Fault(kind, operation, times, time, status);
    }

    /** The same with an HTTP status, for server errors. */
    public Fault status(int code) {
        return new Fault(kind, operation, times, length, code);
    }
}
