package org.evenkeel.sync.internal.simulation;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.evenkeel.database.Database;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.LedgerListener;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.sync.StoreSync;
import org.evenkeel.sync.internal.SyncEngine;
import org.evenkeel.sync.internal.call.CallExecutor;
import org.evenkeel.sync.internal.call.CallResult;
import org.evenkeel.sync.internal.kept.SyncRecords;
import org.evenkeel.sync.internal.lane.LaneServices;
import org.evenkeel.sync.internal.lane.Ledger;
import org.evenkeel.sync.internal.lane.Settings;
import org.evenkeel.sync.internal.nodes.NodeClock;
import org.evenkeel.sync.internal.nodes.NodePlace;
import org.evenkeel.sync.internal.testing.Books;
import org.evenkeel.sync.internal.testing.Host;
import org.evenkeel.sync.internal.testing.VirtualTime;
import org.evenkeel.sync.internal.time.Scheduler.Cancellable;

/**
 * A host in virtual time: the sync's engine and a ledger of its own, over the database that outlives it. It may die before and
 * behind each of its transactions and calls, and starts again a while later with nothing but what the database kept.
 */
final class Node {
    /** What a node is put into. */
    interface Surroundings {
        /** Chance decides whether the host dies here and now. */
        boolean dies();

        /** The host has died. @return how long it takes to start again */
        Duration died();

        /** What lanes see of the ledger's listings. */
        ListingBook watched(ListingBook listings);

        /** The stores whose connectors run. */
        Collection<SimStore> connected();
    }

    /** Long, so that little virtual time is spent on renewals. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private static final Settings SETTINGS = Settings.DEFAULT.every(Settings.DEFAULT.interval(), Duration.ZERO);

    private final VirtualTime time;
    private final Books books;
    private final Mutant mutant;
    private final Random random;
    private final Surroundings surroundings;
    private Host host;
    private SyncEngine engine;

    Node(VirtualTime time, Books books, Mutant mutant, Random random, Surroundings surroundings) {
        this.time = time;
        this.books = books;
        this.mutant = mutant;
        this.random = random;
        this.surroundings = surroundings;
    }

    /** Starts, or starts again. */
    void start() {
        Host mine = new Host(time, this::latency, () -> {
            engine = null;
            time.in(surroundings.died(), this::start);
        });
        host = mine;
        mine.schedule(time.instant(), () -> boot(mine));
    }

    private Duration latency() {
        return Duration.ofMillis(20 + random.nextInt(200));
    }

    private void boot(Host mine) {
        Database database = books.database(this::crashPoint, this::crashPoint);
        var ledger = org.evenkeel.ledger.impl.Ledger.open(database, books.clock(), this::changed);
        SyncRecords records = books.records(database);
        CallExecutor calls = mutant.calls(new CrashingCalls(mine));
        Ledger outside = new Ledger(ledger.orders(), ledger.listings(), ledger.stores(), ledger.catalogue());
        engine = new SyncEngine(
                new LaneServices(time, mine, calls, random, outside, records, SETTINGS),
                records,
                Optional::empty,
                new NodePlace(
                        new WatchedLeases(mutant.leases(ledger.leases(), outside), this::seen),
                        "node",
                        LEASE,
                        NodeClock.of(time),
                        mine,
                        mine,
                        false));
        surroundings.connected().forEach(this::appeared);
    }

    private Ledger seen(Ledger ledger) {
        return mutant.ledger(new Ledger(
                ledger.orders(), surroundings.watched(ledger.listings()), ledger.stores(), ledger.catalogue()));
    }

    private void crashPoint() {
        if (host.running() && surroundings.dies()) {
            throw new Host.Crash();
        }
    }

    /** Something was committed, here or by somebody else on this host. */
    void changed(LedgerListener.Change change) {
        if (engine != null) {
            engine.changed(change);
        }
    }

    void appeared(SimStore store) {
        if (engine != null) {
            engine.appeared(store.id.value(), mutant.connector(store), store.id.value(), "sim");
        }
    }

    void vanished(SimStore store) {
        if (engine != null) {
            engine.vanished(mutant.connector(store));
        }
    }

    /** Asks something of the sync, on the host's own threads; what it refuses is refused, and a dead host answers nothing. */
    void ask(Consumer<StoreSync> question) {
        host.schedule(time.instant(), () -> {
            if (engine != null) {
                try {
                    question.accept(engine.sync());
                } catch (ConflictException refused) {
                    // Such as a refresh of a store that is off: whoever asks is told so.
                }
            }
        });
    }

    boolean running() {
        return engine != null;
    }

    /** Calls before and behind which the host may die. */
    private final class CrashingCalls implements CallExecutor {
        private final CallExecutor calls;

        CrashingCalls(CallExecutor calls) {
            this.calls = calls;
        }

        @Override
        public <T> Cancellable call(CallOrder order, Work<T> work, Consumer<CallResult<T>> done) {
            crashPoint();
            Cancellable call = calls.call(order, work, result -> {
                crashPoint();
                done.accept(result);
            });
            crashPoint();
            return call;
        }
    }
}
