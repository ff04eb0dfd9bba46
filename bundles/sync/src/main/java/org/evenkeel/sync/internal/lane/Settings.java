package org.evenkeel.sync.internal.lane;

import java.time.Duration;

/**
 * How lanes behave; from the configuration.
 *
 * @param interval between two scheduled runs of a store, before jitter
 * @param orderLook how old an order pull may be between runs, where pulls are cheap and the store does not call back; zero for
 *     never looking for orders between runs
 * @param fenceAge how long after its end an order pull still covers a push
 * @param coalescing how long changes are gathered before a lane wakes
 * @param guardShare the largest share of a store's listings that may vanish or fall to zero at once, in basis points
 * @param guardFloor how many listings may fall to zero at once whatever their share
 * @param callLimit how long one call into a connector may take
 * @param rereadsPerDay how often a day each open order is read again by its id; 0 for never
 * @param openOrdersBack how far before turning on open orders are looked for, when they are taken in
 * @param backoffFirst the first wait after a passing fault
 * @param backoffMost the longest wait after passing faults
 */
public record Settings(
        Duration interval,
        Duration orderLook,
        Duration fenceAge,
        Duration coalescing,
        int guardShare,
        int guardFloor,
        Duration callLimit,
        int rereadsPerDay,
        Duration openOrdersBack,
        Duration backoffFirst,
        Duration backoffMost) {

    public static final Settings DEFAULT = new Settings(
            Duration.ofMinutes(9),
            Duration.ofSeconds(15),
            Duration.ofSeconds(10),
            Duration.ofMillis(150),
            5_000,
            10,
            Duration.ofSeconds(60),
            1,
            Duration.ofDays(60),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5));

    /** The same with other times between runs, and between looks for orders. */
    public Settings every(Duration run, Duration look) {
        return new Settings(
                run,
                look,
                fenceAge,
                coalescing,
                guardShare,
                guardFloor,
                callLimit,
                rereadsPerDay,
                openOrdersBack,
                backoffFirst,
                backoffMost);
    }

    /** The same with another largest share, in basis points. */
    public Settings guarding(int share) {
        return new Settings(
                interval,
                orderLook,
                fenceAge,
                coalescing,
                share,
                guardFloor,
                callLimit,
                rereadsPerDay,
                openOrdersBack,
                backoffFirst,
                backoffMost);
    }
}
