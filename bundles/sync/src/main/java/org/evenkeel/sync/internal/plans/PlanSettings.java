package org.evenkeel.sync.internal.plans;

import java.time.Duration;

/**
 * How plans are kept.
 *
 * @param mostAge how old a plan may be to be applied
 * @param kept how long plans are kept after they ended
 */
public record PlanSettings(Duration mostAge, Duration kept) {
    public static final PlanSettings DEFAULT = new PlanSettings(Duration.ofHours(1), Duration.ofDays(30));
}
