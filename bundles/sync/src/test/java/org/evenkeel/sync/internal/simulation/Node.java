package org.evenkeel.sync.internal.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.database.Database;
import org.evenkeel.database.DatabaseException;
import org.evenkeel.ledger.Catalogue;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.Lease;
import org.evenkeel.ledger.LedgerListener;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.OrderBook;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.StoreRegistry;
import org.evenkeel.sync.Exchange;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.StorePlans;
import org.evenkeel.sync.StoreSync;
import org.evenkeel.sync.internal.SyncEngine;
import org.evenkeel.sync.internal.call.CallExecutor;
import org.evenkeel.sync.internal.call.CallResult;
import org.evenkeel.sync.internal.kept.SyncRecords;
import org.evenkeel.sync.internal.lane.LaneServices;
import org.evenkeel.sync.internal.lane.Ledger;
import org.evenkeel.sync.internal.lane.RunLog;
import org.evenkeel.sync.internal.lane.Settings;
import org.evenkeel.sync.internal.nodes.NodeClock;
import org.evenkeel.sync.internal.nodes.NodePlace;
import org.evenkeel.sync.internal.testing.Books;
import org.evenkeel.sync.internal.testing.Host;
import org.evenkeel.sync.internal.testing.VirtualTime;
import org.evenkeel.sync.internal.testing.WatchedDatabase;
import org.evenkeel.sync.internal.time.Scheduler;
import org.evenkeel.sync.internal.time.Scheduler.Cancellable;

/**
 * A host in virtual time: the sync's engine and a ledger of its own, over the database that outlives it. It may die before and
 * behind each of its transactions and calls, and starts again a while later with nothing but what the database kept. It may
 * stand still there, and be cut off from the database, where it is one of several.
 */
final class Node {
    /** What a node is put into. */
    interface Surroundings {
        /** Chance decides whether the host dies here and now. */
        boolean dies();

        /** Chance decides whether the host stands still here and now. @return for how long; null when it does not */
        Duration stops();

        /** The host has died. @return how long it takes to start again */
        Duration died(Node node);

        /** Another host did what this one was asked for. */
        void answered();

        /** How lanes are kept. */
        Settings settings();

        /** A run began. */
        void began(Run.Trigger trigger);

        /** What lanes see of the ledger's listings. */
        ListingBook watched(ListingBook listings);

        /** The stores whose connectors run on a host. */
        Collection<SimStore> connected(Node node);

        /** Who sees to it that hosts keep to their leases; null where there is one host. */
        Turnstile turnstile();
    }

    /** The database does not answer. */
    private static final class CutOff extends DatabaseException {
        private static final long serialVersionUID = 1L;

        CutOff() {
            super("The database is out of reach");
        }

        static boolean is(Throwable failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof CutOff) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Of a lone host: long, so that little virtual time is spent on renewals. */
    private static final Duration LONG_LEASE = Duration.ofMinutes(10);
    /** As hosts are configured unless somebody says otherwise. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    /** Seldom, since most looks find nothing: two hosts look as often as all else that happens. */
    private static final Duration LOOK = Duration.ofSeconds(2);

    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    private final String name;
    private final VirtualTime time;
    private final Books books;
    private final Mutant mutant;
    private final Random random;
    private final Surroundings surroundings;
    private final boolean shared;
    private Life life;
    private boolean cutOff;
    /** For how long it is cut off as soon as the next transaction was committed. */
    private Duration cutOffSoon;

    Node(String name, VirtualTime time, Books books, Mutant mutant, Random random, Surroundings surroundings) {
        this.name = name;
        this.time = time;
        this.books = books;
        this.mutant = mutant;
        this.random = random;
        this.surroundings = surroundings;
        this.shared = surroundings.turnstile() != null;
    }

    /** Starts, or starts again. */
    void start() {
        Life mine = new Life();
        life = mine;
        mine.host.schedule(time.instant(), mine::boot);
    }

    /** Something was committed by somebody else on this host. */
    void changed(LedgerListener.Change change) {
        life.changed(change);
    }

    void appeared(SimStore store) {
        life.act(engine -> engine.appeared(store.id.value(), life.door(store), store.id.value(), "sim"));
    }

    void vanished(SimStore store) {
        life.act(engine -> engine.vanished(life.door(store)));
    }

    /** Asks something of the sync, on the host's own threads; what it refuses is refused, and a dead host answers nothing. */
    void ask(BiConsumer<StoreSync, StorePlans> question) {
        Life mine = life;
        mine.host.schedule(time.instant(), () -> {
            if (mine.engine != null) {
                try {
                    question.accept(mine.engine.sync(), mine.engine.plans());
                } catch (ConflictException refused) {
                    // Such as a refresh of a store that is off: whoever asks is told so.
                }
            }
        });
    }

    /** Whether it does something when it is told to. */
    boolean running() {
        return life != null && life.engine != null && !life.host.stopped();
    }

    /** Stands still for a while, as a process that is stopped. */
    void stop(Duration length) {
        life.host.stop(length);
    }

    /** Cannot reach the database for a while, from now on, or from behind its next commit, of which it then does not hear. */
    void cutOff(Duration length, boolean behindCommit) {
        if (behindCommit) {
            cutOffSoon = length;
        } else {
            cutOff = true;
            time.in(length, () -> cutOff = false);
        }
    }

    /** Ends as it should, and starts again a while later. */
    void restart(Duration pause) {
        Life mine = life;
        mine.host.schedule(time.instant(), () -> {
            if (mine.engine != null) {
                mine.engine.close();
                mine.engine.leave();
                mine.host.die();
                mine.engine = null;
                time.in(pause, this::start);
            }
        });
    }

    @Override
    public String toString() {
        return name;
    }

    /** From a start to the end. */
    private final class Life {
        private final Map<SimStore, StoreConnector> doors = new HashMap<>();
        private final Host host = new Host(time, this::latency, this::died, failure -> shared && CutOff.is(failure));
        private SyncEngine engine;

        private Duration latency() {
            return Duration.ofMillis(20 + random.nextInt(200));
        }

        private void died() {
            engine = null;
            time.in(surroundings.died(Node.this), Node.this::start);
        }

        private void boot() {
            try {
                engine = open();
            } catch (DatabaseException cutOff) {
                host.schedule(time.instant().plus(TRY_AGAIN), this::boot);
                return;
            }
            surroundings.connected(Node.this).forEach(Node.this::appeared);
        }

        private RunLog watched(RunLog runs) {
            return new RunLog() {
                @Override
                public long begin(StoreId store, Run.Trigger trigger, String actor, Instant at) {
                    surroundings.began(trigger);
                    return runs.begin(store, trigger, actor, at);
                }

                @Override
                public void update(Run run, List<Exchange> exchanges, int place) {
                    runs.update(run, exchanges, place);
                }
            };
        }

        private SyncEngine open() {
            Database database = new WatchedDatabase(
                    shared ? surroundings.turnstile().database(this, books.database()) : books.database(),
                    this::before,
                    this::behind);
            var ledger = org.evenkeel.ledger.impl.Ledger.open(database, books.clock(), this::changed);
            SyncRecords records = books.records(database);
            CallExecutor calls = mutant.calls(new CrashingCalls(this));
            OwnTime own = new OwnTime();
            Ledger outside = new Ledger(ledger.orders(), ledger.listings(), ledger.stores(), ledger.catalogue());
            return new SyncEngine(
                    new LaneServices(time, host, calls, random, outside, watched(records), surroundings.settings()),
                    records,
                    Optional::empty,
                    new NodePlace(
                            new WatchedLeases(mutant.leases(ledger.leases(), outside), this::acquired, this::seen),
                            name,
                            shared ? LEASE : LONG_LEASE,
                            NodeClock.of(own),
                            own,
                            own,
                            LOOK,
                            shared));
        }

        /** The time by which the host judges its leases, which should be everybody's. */
        private final class OwnTime implements InstantSource, Scheduler {
            @Override
            public Instant instant() {
                return time.instant().minus(behind());
            }

            @Override
            public Cancellable schedule(Instant at, Runnable work) {
                return host.schedule(at.plus(behind()), work);
            }

            @Override
            public <T> T await(CompletableFuture<T> answer, Duration most)
                    throws ExecutionException, TimeoutException, InterruptedException {
                T told = host.await(answer, most);
                surroundings.answered();
                return told;
            }

            private Duration behind() {
                return mutant.clockStandsStill() ? host.stoodStill() : Duration.ZERO;
            }
        }

        private void acquired(Lease lease) {
            if (shared) {
                surroundings.turnstile().acquired(this, lease);
            }
        }

        private Ledger seen(StoreId store, Ledger ledger) {
            Ledger seen = mutant.ledger(new Ledger(
                    ledger.orders(), surroundings.watched(ledger.listings()), ledger.stores(), ledger.catalogue()));
            if (!shared) {
                return seen;
            }
            Turnstile turnstile = surroundings.turnstile();
            return new Ledger(
                    turnstile.service(this, store, OrderBook.class, seen.orders()),
                    turnstile.service(this, store, ListingBook.class, seen.listings()),
                    turnstile.service(this, store, StoreRegistry.class, seen.stores()),
                    turnstile.service(this, store, Catalogue.class, seen.catalogue()));
        }

        private StoreConnector door(SimStore store) {
            return doors.computeIfAbsent(store, key -> {
                StoreConnector connector = mutant.connector(store);
                return shared ? surroundings.turnstile().door(this, store.id, connector) : connector;
            });
        }

        private void act(Consumer<SyncEngine> act) {
            if (host.stopped()) {
                host.schedule(time.instant(), () -> act(act));
            } else if (engine != null) {
                act.accept(engine);
            }
        }

        private void changed(LedgerListener.Change change) {
            act(running -> running.changed(change));
        }

        private void before() {
            time.step();
            crashPoint();
            if (cutOff && host.running()) {
                throw new CutOff();
            }
        }

        private void behind() {
            if (cutOffSoon != null && host.running()) {
                cutOff(cutOffSoon, false);
                cutOffSoon = null;
                throw new CutOff();
            }
            crashPoint();
        }

        private void crashPoint() {
            if (!host.running()) {
                return;
            }
            if (surroundings.dies()) {
                throw new Host.Crash();
            }
            Duration length = surroundings.stops();
            if (length != null) {
                host.stop(length);
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Calls before and behind which the host may die. */
    private static final class CrashingCalls implements CallExecutor {
        private final Life life;

        CrashingCalls(Life life) {
            this.life = life;
        }

        @Override
        public <T> Cancellable call(CallOrder order, Work<T> work, Consumer<CallResult<T>> done) {
            life.crashPoint();
            Cancellable call = life.host.call(order, work, result -> {
                life.crashPoint();
                done.accept(result);
            });
            life.crashPoint();
            return call;
        }
    }
}
