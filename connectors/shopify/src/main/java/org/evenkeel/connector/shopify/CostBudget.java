package org.evenkeel.connector.shopify;

import java.time.Duration;
import java.time.Instant;
import org.evenkeel.connector.RateLimitedException;

/**
 * What may still be spent, as the store told it last. Shopify keeps a leaky bucket of points per app and store: a call
 * reserves its requested cost, gets back what it did not use, and the bucket refills at a steady rate. Thread-safe.
 */
final class CostBudget {
    private double maximum;
    private double available;
    private double perSecond;
    private Instant asOf;

    /**
     * Lets a call pass if the bucket holds enough for it; before the first answer everything passes.
     *
     * @param cost what the call is expected to reserve, in points
     * @param again what has to be spent once more when the whole is repeated, in points
     * @param now the host's clock
     * @throws RateLimitedException with the wait until the bucket holds both, nothing being sent
     */
    synchronized void require(double cost, double again, Instant now) throws RateLimitedException {
        if (asOf == null || cost > maximum) {
            return;
        }
        refill(now);
        if (cost > available) {
            throw new RateLimitedException(
                    "Shopify's budget of calls is used up: " + (long) available + " points left, " + (long) cost
                            + " needed.",
                    untilHolding(cost + again));
        }
        available -= cost;
    }

    /** Takes over what an answer tells. */
    synchronized void learn(double nowAvailable, double most, double rate, Instant now) {
        if (most > 0 && rate > 0) {
            maximum = most;
            available = Math.min(nowAvailable, most);
            perSecond = rate;
            asOf = now;
        }
    }

    /** How long until the bucket holds that many points; a second where nothing is known. */
    synchronized Duration until(double points, Instant now) {
        if (asOf == null) {
            return Duration.ofSeconds(1);
        }
        refill(now);
        return untilHolding(points);
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
