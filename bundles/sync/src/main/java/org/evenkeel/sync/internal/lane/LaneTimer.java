package org.evenkeel.sync.internal.lane;

import java.time.Instant;
import java.util.function.Consumer;
import org.evenkeel.sync.internal.time.Scheduler;
import org.evenkeel.sync.internal.time.Scheduler.Cancellable;

/** Sees to it that a lane is stepped at the earliest time that was asked for. Guarded by the lane. */
final class LaneTimer {
    private final Scheduler scheduler;
    private final Consumer<Runnable> locked;
    private final Runnable step;
    private Cancellable timer = Cancellable.NOTHING;
    private Instant at;
    /** Rises with each setting: a timer that fired while it was set anew counts no more. */
    private long setting;

    /**
     * @param locked runs work under the lane's lock
     * @param step what is done when the time has come
     */
    LaneTimer(Scheduler scheduler, Consumer<Runnable> locked, Runnable step) {
        this.scheduler = scheduler;
        this.locked = locked;
        this.step = step;
    }

    /** Steps at that time at the latest. */
    void at(Instant time) {
        if (at != null && !at.isAfter(time)) {
            return;
        }
        cancel();
        at = time;
        long mine = setting;
        timer = scheduler.schedule(time, () -> locked.accept(() -> fire(mine)));
    }

    private void fire(long mine) {
        if (mine == setting) {
            at = null;
            step.run();
        }
    }

    void cancel() {
        timer.cancel();
        at = null;
        setting++;
    }
}
