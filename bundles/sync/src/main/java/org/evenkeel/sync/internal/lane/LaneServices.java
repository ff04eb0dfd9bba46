package org.evenkeel.sync.internal.lane;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.evenkeel.sync.internal.call.CallExecutor;
import org.evenkeel.sync.internal.time.Scheduler;

/**
 * What lanes are given, so that the same code runs in the host and in virtual time.
 *
 * @param clock the only clock
 * @param scheduler the only way to run something later
 * @param calls the only way into a connector
 * @param random the only chance
 * @param ledger the ledger
 * @param runs where runs are kept
 * @param settings how lanes behave
 * @param callbacks where stores are to call back
 * @param chosen what was chosen in plans
 */
public record LaneServices(
        InstantSource clock,
        Scheduler scheduler,
        CallExecutor calls,
        RandomGenerator random,
        Ledger ledger,
        RunLog runs,
        Settings settings,
        Callbacks callbacks,
        Chosen chosen,
        Gate gate) {

    /** The same where nothing was chosen in plans. */
    public LaneServices(
            InstantSource clock,
            Scheduler scheduler,
            CallExecutor calls,
            RandomGenerator random,
            Ledger ledger,
            RunLog runs,
            Settings settings,
            Callbacks callbacks) {
        this(clock, scheduler, calls, random, ledger, runs, settings, callbacks, Chosen.NOTHING, Gate.open());
    }

    /** The same with what was chosen in plans. */
    public LaneServices with(Chosen known) {
        return new LaneServices(clock, scheduler, calls, random, ledger, runs, settings, callbacks, known, gate);
    }

    /** The same where lanes wait at a gate. */
    public LaneServices at(Gate closed) {
        return new LaneServices(clock, scheduler, calls, random, ledger, runs, settings, callbacks, chosen, closed);
    }

    /** The same for a host that cannot be reached from outside. */
    public LaneServices(
            InstantSource clock,
            Scheduler scheduler,
            CallExecutor calls,
            RandomGenerator random,
            Ledger ledger,
            RunLog runs,
            Settings settings) {
        this(clock, scheduler, calls, random, ledger, runs, settings, Callbacks.NOWHERE);
    }

    /** The same with another way to the ledger and into connectors. */
    public LaneServices by(Ledger otherLedger, CallExecutor otherCalls) {
        return new LaneServices(
                clock, scheduler, otherCalls, random, otherLedger, runs, settings, callbacks, chosen, gate);
    }
}
