package org.evenkeel.sync.internal.lane;

/**
 * What of a plan that was applied is still to be done.
 *
 * @param kind what
 * @param plan which plan
 */
public record PlanStep(Kind kind, long plan) {
    /** What is to be done. */
    public enum Kind {
        /** Missed orders that are counted already are recorded as such, and products are opened as chosen. */
        TURN_ON,
        /** What the store shows is believed, and it is let go. */
        RELEASE,
        /** What was opened is taken back, figures are pushed as proposed, and the store is turned off. */
        UNDO
    }

    /** Whether a step is that kind's. @param step null for none */
    static boolean is(PlanStep step, Kind kind) {
        return step != null && step.kind() == kind;
    }
}
