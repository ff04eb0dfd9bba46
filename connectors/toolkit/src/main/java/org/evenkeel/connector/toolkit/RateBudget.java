package org.evenkeel.connector.toolkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.evenkeel.connector.RateLimitedException;

/**
 * What may still be spent at a store: a bucket of points that refills at a steady rate, as the store told it last. For a store
 * that counts calls, a call is one point. Each call reserves what it will cost before it is sent; what the bucket does not
 * hold is not sent, so that the store never has to refuse. It never sleeps: the lane is told how long to wait.
 *
 * <p>Calls of all instances of one account go through one budget ({@link Budgets}): what is under way elsewhere is counted as
 * spent until its answer tells. Nothing is known before the first answer; until then everything passes, unless the budget
 * begins with what the store has published ({@link #begin}). Thread-safe.
 */
public final class RateBudget {
    private static final Duration UNKNOWN = Duration.ofSeconds(1);

    private final String store;
    private double maximum;
    private double available;
    private double perSecond;
    private Instant asOf;
    private double underWay;
    private Instant closedUntil = Instant.MIN;

    /** @param store what the store calls itself, for the words of a refusal */
    public RateBudget(String store) {
        this.store = Objects.requireNonNull(store, "store");
    }

    /**
     * Something that was let pass. Ends once, with {@link #answered}, {@link #refused} or {@link #close}, whichever comes first.
     */
    public final class Reservation implements AutoCloseable {
        private final double cost;
        private boolean ended;

        private Reservation(double cost) {
            this.cost = cost;
        }

        /**
         * The store answered and told what is left.
         *
         * @param left what the bucket holds now, in points
         * @param most what it holds at most
         * @param rate how many points come back in a second
         * @param now the host's clock
         */
        public void answered(double left, double most, double rate, Instant now) {
            synchronized (RateBudget.this) {
                end();
                learn(left, most, rate, now);
            }
        }

        /**
         * The store refused, although the budget seemed to suffice: somebody else spends it, too.
         *
         * @param wait how long nothing is sent
         */
        public void refused(Duration wait, Instant now) {
            synchronized (RateBudget.this) {
                end();
                pause(wait, now);
            }
        }

        private void end() {
            if (!ended) {
                ended = true;
                underWay = Math.max(0, underWay - cost);
            }
        }

        /** It ended without word of the budget: it counts as spent. */
        @Override
        public void close() {
            synchronized (RateBudget.this) {
                end();
            }
        }
    }

    /** Begins with what the store has published, the bucket full; what was learned already stays. */
    public synchronized void begin(double most, double rate, Instant now) {
        if (asOf == null) {
            learn(most, most, rate, now);
        }
    }

    /**
     * Lets a call pass if the bucket holds enough for it.
     *
     * @param cost what the call is expected to take, in points
     * @param again what has to be spent once more when the whole is repeated, in points
     * @param urgency what is calm leaves half of the bucket to what is urgent
     * @param now the host's clock
     * @return to be ended when the call has ended
     * @throws RateLimitedException with the wait until it passes, nothing being sent; what is urgent may pass before
     */
    public synchronized Reservation reserve(double cost, double again, Urgency urgency, Instant now)
            throws RateLimitedException {
        if (closedUntil.isAfter(now)) {
            throw new RateLimitedException(store + " has asked for patience.", Duration.between(now, closedUntil));
        }
        // A call dearer than the bucket is left to the store: it may count less.
        if (asOf != null && cost <= maximum) {
            refill(now);
            double kept = kept(cost, urgency);
            if (cost + kept > available) {
                throw new RateLimitedException(
                        store + "'s budget of calls is used up for now: " + (long) available + " points left, "
                                + (long) (cost + kept) + " needed.",
                        untilHolding(cost + kept + again),
                        urgency == Urgency.CALM);
            }
            available -= cost;
        }
        underWay += cost;
        return new Reservation(cost);
    }

    private double kept(double cost, Urgency urgency) {
        return urgency == Urgency.CALM ? Math.min(maximum / 2, maximum - cost) : 0;
    }

    /** Nothing is sent before that time is over. */
    public synchronized void pause(Duration wait, Instant now) {
        Instant until = now.plus(wait);
        if (until.isAfter(closedUntil)) {
            closedUntil = until;
        }
        if (asOf != null) {
            refill(now);
            available = Math.min(available, Math.max(0, maximum - perSecond * wait.toMillis() / 1000.0));
        }
    }

    /** How long until the bucket holds that many points; a second where nothing is known. */
    public synchronized Duration until(double points, Instant now) {
        if (asOf == null) {
            return UNKNOWN;
        }
        refill(now);
        return untilHolding(points);
    }

    private void learn(double left, double most, double rate, Instant now) {
        if (most > 0 && rate > 0) {
            maximum = most;
            available = Math.min(left, most) - underWay;
            perSecond = rate;
            asOf = now;
        }
    }

    private Duration untilHolding(double points) {
        double missing = Math.max(0, Math.min(points, maximum) - available);
        return Duration.ofMillis(1 + (long) Math.ceil(missing * 1000 / perSecond));
    }

    private void refill(Instant now) {
        double seconds = Math.max(0, Duration.between(asOf, now).toMillis() / 1000.0);
        available = Math.min(maximum, available + seconds * perSecond);
        asOf = now;
    }
}
