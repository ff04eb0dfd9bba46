package org.evenkeel.simulator;

import java.util.function.LongSupplier;

/**
 * A leaky bucket of cost points: it fills at a steady rate, and every call takes its cost out of it. Safe for use by
 * many threads. It fills by the machine's time, not by the shop's clock, which may stand still.
 */
public final class Budget {
    /** What a call found: the points left after it, and whether it was let through. */
    public record State(double maximum, double available, double restoreRate) {}

    private final LongSupplier nanoTime;
    private double maximum = 2000;
    private double restoreRate = 100;
    private double available = maximum;
    private long filledAt;

    /** @param nanoTime a clock that never goes back, in nanoseconds */
    public Budget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.filledAt = nanoTime.getAsLong();
    }

    /** Sets size and rate (points a second) and fills the bucket. The default is 2000 and 100. */
    public synchronized void set(double newMaximum, double newRestoreRate) {
        if (!(newMaximum > 0) || !(newRestoreRate >= 0)) {
            throw new IllegalArgumentException("A budget needs a size above 0 and a rate of at least 0, not "
                    + newMaximum + " and " + newRestoreRate);
        }
        maximum = newMaximum;
        restoreRate = newRestoreRate;
        available = newMaximum;
        filledAt = nanoTime.getAsLong();
    }

    /** Takes points if there are enough; says whether it did. */
    public synchronized boolean take(double points) {
        fill();
        if (points > available) {
            return false;
        }
        available -= points;
        return true;
    }

    /** Gives back what a call did not use. */
    public synchronized void giveBack(double points) {
        available = Math.min(maximum, available + points);
    }

    /** Takes everything out, as another busy app of the same shop would. */
    public synchronized void drain() {
        fill();
        available = 0;
    }

    public synchronized State state() {
        fill();
        return new State(maximum, available, restoreRate);
    }

    private void fill() {
        long now = nanoTime.getAsLong();
        available = Math.min(maximum, available + restoreRate * (now - filledAt) / 1e9);
        filledAt = now;
    }
}
