package org.evenkeel.sync.internal.lane;

import org.evenkeel.sync.Run;

/**
 * What a lane shows of itself.
 *
 * @param connected whether a connector is attached
 * @param waiting whether it waits after a failure or for a rate limit
 * @param words what it has to say; empty when all is well
 * @param run the run under way; null when there is none
 * @param state its durable state
 */
public record LaneView(boolean connected, boolean waiting, String words, Run run, LaneMemory.LaneState state) {}
