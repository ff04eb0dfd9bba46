package org.evenkeel.sync.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How stores are kept level. */
@ObjectClassDefinition(
        name = "Evenkeel sync",
        description =
                "How often stores are pulled, and what is held back for a person. A change interrupts runs under way;"
                        + " each store then begins a full run.")
public @interface SyncConfiguration {

    /** The configuration's PID. */
    String PID = "org.evenkeel.sync";

    @AttributeDefinition(
            name = "Minutes between runs",
            min = "1",
            max = "1440",
            description =
                    "How old what is known of a store may be at most: it is pulled in full a little sooner than that, by chance."
                            + " Changes are pushed at once besides.")
    int interval_minutes() default 9;

    @AttributeDefinition(
            name = "Seconds between looks for orders",
            min = "0",
            max = "86400",
            description =
                    "How old an order pull may be between two runs, so that a sale is known everywhere sooner than with the next"
                            + " one. Stores that call back, and those whose order pulls are dear, are not looked at; 0 for no store.")
    int order_look_seconds() default 15;

    @AttributeDefinition(
            name = "Fence age (seconds)",
            min = "1",
            max = "600",
            description = "How long after an order pull a higher figure may still be sent without another one.")
    int fence_age_seconds() default 10;

    @AttributeDefinition(
            name = "Coalescing (milliseconds)",
            min = "0",
            max = "5000",
            description = "How long changes are gathered before they are pushed.")
    int coalescing_milliseconds() default 150;

    @AttributeDefinition(
            name = "Guard (percent)",
            min = "1",
            max = "100",
            description =
                    "The largest share of a store's listings that may vanish, or fall to 0, at once. More is held back.")
    int guard_percent() default 50;

    @AttributeDefinition(
            name = "Guard (listings)",
            min = "0",
            max = "1000000",
            description = "So many listings may fall to 0 at once, whatever their share.")
    int guard_listings() default 10;

    @AttributeDefinition(
            name = "Call deadline (seconds)",
            min = "1",
            max = "3600",
            description = "How long one call into a store may take before it is given up.")
    int call_deadline_seconds() default 60;

    @AttributeDefinition(
            name = "Re-reads of open orders per day",
            min = "0",
            max = "48",
            description =
                    "How often a day each open order is read again by its id, so that none is missed; 0 for never.")
    int order_rereads_per_day() default 1;

    @AttributeDefinition(
            name = "Open orders (days back)",
            min = "1",
            max = "3650",
            description = "How far back open orders are looked for, when they are taken in at turning on.")
    int open_orders_days() default 60;

    @AttributeDefinition(
            name = "Runs kept",
            min = "20",
            max = "100000",
            description = "How many runs of each store are kept.")
    int runs_kept() default 1000;

    @AttributeDefinition(
            name = "Exchanges kept (days)",
            min = "1",
            max = "365",
            description = "How long it is kept what each run asked of its store, sent there and got back.")
    int exchanges_days() default 7;

    @AttributeDefinition(
            name = "Plans apply for (minutes)",
            min = "1",
            max = "10080",
            description = "How old a plan for turning a store on, releasing it or undoing that may be to be applied.")
    int plan_minutes() default 60;

    @AttributeDefinition(
            name = "Plans kept (days)",
            min = "1",
            max = "3650",
            description =
                    "How long plans are kept after they were applied or discarded; those that can be undone, longer.")
    int plans_kept_days() default 30;

    @AttributeDefinition(
            name = "Threads",
            min = "1",
            max = "64",
            description =
                    "How many stores may be worked on in the ledger at the same moment. Calls into stores do not count.")
    int threads() default 4;

    @AttributeDefinition(
            name = "Lease (seconds)",
            min = "3",
            max = "3600",
            description =
                    "Where several hosts share one database: the stores of a host that died are served by another one"
                            + " within this time.")
    int lease_seconds() default 30;

    @AttributeDefinition(
            name = "Node name",
            description =
                    "The name by which other hosts on the same database know this one. Empty for the host's name and"
                            + " something random, kept in the data folder. No two hosts may share one.")
    String node_name() default "";
}
