package org.evenkeel.sync.internal.lane;

/**
 * A part of a run, done step by step so that between any two steps the lane can stop, wait or let something urgent go first.
 * A step makes at most one transaction of consequence or starts one call. A step that comes after a failed call may make
 * the same call again: an activity changes only when it got an answer.
 */
interface Activity {

    /** Does a bounded piece of work. Exceptions of the ledger end the run; the next one begins from what was stored. */
    Next next();
}
