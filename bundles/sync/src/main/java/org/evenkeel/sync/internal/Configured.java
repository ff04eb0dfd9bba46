package org.evenkeel.sync.internal;

import java.time.Duration;
import org.evenkeel.sync.internal.lane.Settings;
import org.evenkeel.sync.internal.plans.PlanSettings;

/** From what an administrator says to how lanes behave; what makes no sense is refused by its name, never mended in silence. */
final class Configured {
    private Configured() {}

    /** @throws IllegalArgumentException when a value is out of its range; the message names it and the range */
    static Settings settings(SyncConfiguration said) {
        within("runs.kept", said.runs_kept(), 20, 100_000);
        within("exchanges.days", said.exchanges_days(), 1, 365);
        within("threads", said.threads(), 1, 64);
        return new Settings(
                Duration.ofMinutes(within("interval.minutes", said.interval_minutes(), 1, 1440)),
                Duration.ofSeconds(within("order.look.seconds", said.order_look_seconds(), 0, 86_400)),
                Duration.ofSeconds(within("fence.age.seconds", said.fence_age_seconds(), 1, 600)),
                Duration.ofMillis(within("coalescing.milliseconds", said.coalescing_milliseconds(), 0, 5000)),
                within("guard.percent", said.guard_percent(), 1, 100) * 100,
                within("guard.listings", said.guard_listings(), 0, 1_000_000),
                Duration.ofSeconds(within("call.deadline.seconds", said.call_deadline_seconds(), 1, 3600)),
                within("order.rereads.per.day", said.order_rereads_per_day(), 0, 48),
                Duration.ofDays(within("open.orders.days", said.open_orders_days(), 1, 3650)),
                Settings.DEFAULT.backoffFirst(),
                Settings.DEFAULT.backoffMost());
    }

    /** Within which a dead node's stores are served again. @throws IllegalArgumentException when it is out of its range */
    static Duration lease(SyncConfiguration said) {
        return Duration.ofSeconds(within("lease.seconds", said.lease_seconds(), 3, 3600));
    }

    /** @throws IllegalArgumentException when a value is out of its range; the message names it and the range */
    static PlanSettings plans(SyncConfiguration said) {
        return new PlanSettings(
                Duration.ofMinutes(within("plan.minutes", said.plan_minutes(), 1, 10_080)),
                Duration.ofDays(within("plans.kept.days", said.plans_kept_days(), 1, 3650)));
    }

    private static int within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    SyncConfiguration.PID + ": " + name + " is " + least + " to " + most + ", not " + value + ".");
        }
        return value;
    }
}
