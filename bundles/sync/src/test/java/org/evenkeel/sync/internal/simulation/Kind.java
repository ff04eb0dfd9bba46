package org.evenkeel.sync.internal.simulation;

/** What can happen in a simulation and must happen in some of them, for else nothing is said of it. */
public enum Kind {
    ORDER,
    ORDER_OVERSOLD,
    ORDER_SEEN_LATE,
    PUSH,
    PUSH_CROSSED_AN_ORDER,
    EDIT_BY_HAND,
    DRIFT_OVERWRITTEN,
    COUNT,
    FAULT,
    OUTAGE,
    REFRESH,
    CONNECTOR_AWAY,
    OFF_AND_ON_AGAIN,
    HOST_DIED,
    TWO_HOSTS,
    HOST_STOPPED,
    HOST_STOOD_STILL_WITHIN_A_STEP,
    HOST_CUT_OFF,
    HOST_CUT_OFF_BEHIND_A_COMMIT,
    HOST_RESTARTED,
    STORE_MOVED,
    LATE_WRITE_REFUSED,
    ASKED_ON_ANOTHER_HOST
}
