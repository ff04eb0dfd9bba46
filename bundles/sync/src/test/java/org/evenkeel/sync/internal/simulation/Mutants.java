package org.evenkeel.sync.internal.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.evenkeel.connector.Call;
import org.evenkeel.connector.FigureReading;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.connector.PushBatch;
import org.evenkeel.connector.PushOutcome;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.ledger.ApplyResult;
import org.evenkeel.ledger.LaneLeases;
import org.evenkeel.ledger.Lease;
import org.evenkeel.ledger.LeasedLedger;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.OrderBook;
import org.evenkeel.ledger.OrderEntry;
import org.evenkeel.ledger.OrderPage;
import org.evenkeel.ledger.OrderSnapshot;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.internal.lane.Ledger;
import org.evenkeel.sync.internal.testing.Host;

/** The bugs that the simulation must find, each planted at the sync's border so that the sync behaves as if it had it. */
public enum Mutants {
    /** Figures are raised without the pull that should go before: what it would have told comes with the schedule. */
    PUSH_BEFORE_PULL {
        @Override
        Mutant planted() {
            return new OfConnectors() {
                private final Map<SimStore, Instant> pulled = new HashMap<>();

                @Override
                Object answer(SimStore store, String operation, Object[] arguments, Answer answer) throws Throwable {
                    if (!operation.equals("orders") || arguments[0] == null) {
                        return answer.get();
                    }
                    Instant now = ((Call) arguments[2]).now();
                    Instant last = pulled.getOrDefault(store, Instant.MIN);
                    if (last.isAfter(now.minus(SCHEDULE))) {
                        return new org.evenkeel.connector.OrderPage(List.of(), (String) arguments[0], false);
                    }
                    var page = (org.evenkeel.connector.OrderPage) answer.get();
                    if (!page.more()) {
                        pulled.put(store, now);
                    }
                    return page;
                }
            };
        }
    },

    /** An order that takes as many of a SKU as one before is taken for that one. */
    DEDUPLICATION_BY_QUANTITY {
        @Override
        Mutant planted() {
            return new OfOrders() {
                private final Map<String, String> sales = new HashMap<>();

                @Override
                ApplyResult apply(OrderBook book, OrderPage page) {
                    List<OrderEntry> entries = page.entries().stream()
                            .filter(entry -> !(entry instanceof OrderSnapshot order) || isNew(page.store(), order))
                            .toList();
                    return book.apply(new OrderPage(page.store(), entries, page.cursor(), page.reread()));
                }

                private boolean isNew(StoreId store, OrderSnapshot order) {
                    StringBuilder sale = new StringBuilder(store.value());
                    order.lines()
                            .forEach(line -> sale.append(' ')
                                    .append(line.sku())
                                    .append(' ')
                                    .append(line.counts().booked()));
                    return sales.computeIfAbsent(sale.toString(), key -> order.id())
                            .equals(order.id());
                }
            };
        }
    },

    /** The cursor moves on before what lies behind it is applied. A host must die just between the two. */
    CURSOR_BEFORE_APPLY(70) {
        @Override
        Mutant planted() {
            return new OfOrders() {
                @Override
                ApplyResult apply(OrderBook book, OrderPage page) {
                    book.apply(new OrderPage(page.store(), List.of(), page.cursor(), page.reread()));
                    return book.apply(new OrderPage(page.store(), page.entries(), null, page.reread()));
                }
            };
        }
    },

    /** A push of which nobody knows what became of it is taken for done. */
    LOST_ACKNOWLEDGEMENT_AS_SUCCESS {
        @Override
        Mutant planted() {
            return new OfConnectors() {
                @Override
                Object answer(SimStore store, String operation, Object[] arguments, Answer answer) throws Throwable {
                    if (!operation.equals("push")) {
                        return answer.get();
                    }
                    List<PushOutcome> outcomes = new ArrayList<>();
                    try {
                        ((List<?>) answer.get()).forEach(each -> outcomes.add((PushOutcome) each));
                    } catch (Host.Hangs unknown) {
                        ((PushBatch) arguments[0]).items().forEach(item -> outcomes.add(new PushOutcome.Unknown("")));
                    }
                    outcomes.replaceAll(
                            each -> each instanceof PushOutcome.Unknown ? new PushOutcome.Acknowledged() : each);
                    return outcomes;
                }
            };
        }
    },

    /** Where a store takes no conditions, down and up are judged against what it is believed to show, not by a reading. */
    DECREASE_JUDGED_AGAINST_BELIEF {
        @Override
        Mutant planted() {
            return new OfConnectors() {
                private ListingBook book;

                @Override
                public Ledger ledger(Ledger ledger) {
                    book = ledger.listings();
                    return ledger;
                }

                @Override
                Object answer(SimStore store, String operation, Object[] arguments, Answer answer) throws Throwable {
                    if (!operation.equals("readBack") || store.can.compareAndSet()) {
                        return answer.get();
                    }
                    List<FigureReading> believed = new ArrayList<>();
                    for (Object each : (List<?>) answer.get()) {
                        FigureReading read = (FigureReading) each;
                        believed.add(new FigureReading(read.target(), belief(store, read)));
                    }
                    return believed;
                }

                private long belief(SimStore store, FigureReading read) {
                    FigureTarget target = read.target();
                    return book
                            .listing(new ListingKey(store.id, target.listing().listing(), ""))
                            .orElseThrow()
                            .figures()
                            .stream()
                            .filter(figure -> figure.belief() != null)
                            .mapToLong(figure -> figure.belief())
                            .findFirst()
                            .orElse(read.quantity());
                }
            };
        }
    },

    /** Nobody looks at tokens: what a host does for a store that another one serves by now is done. */
    LEASE_WITHOUT_FENCING("serves it") {
        @Override
        Mutant planted() {
            return new Mutant() {
                @Override
                public LaneLeases leases(LaneLeases leases, Ledger unfenced) {
                    return new Unfenced(leases, unfenced);
                }
            };
        }
    },

    /** A host that stood still does not notice: it takes its leases for as young as they were. */
    SLEEP_NOT_COUNTED("serves it") {
        @Override
        Mutant planted() {
            return new Mutant() {
                @Override
                public boolean clockStandsStill() {
                    return true;
                }
            };
        }
    };

    private static final Duration SCHEDULE = Duration.ofMinutes(8);

    private final long from;
    /** What is said when it is found with two hosts; empty when it is found with one. */
    private final String sign;

    Mutants() {
        this(0);
    }

    /** @param from the first seed that is worth a try: those before it are known not to find the bug */
    Mutants(long from) {
        this.from = from;
        this.sign = "";
    }

    /** A bug that shows with two hosts. @param sign what is said then */
    Mutants(String sign) {
        this.from = 0;
        this.sign = sign;
    }

    /** The seeds that may find the bug, and are not known not to. */
    public LongStream seeds() {
        return LongStream.iterate(from, seed -> seed + 1)
                .filter(seed -> sign.isEmpty() || Simulation.hasTwoHosts(seed));
    }

    /** The bug, planted for one simulation. */
    abstract Mutant planted();

    /** Runs a seed with the bug in it. @return what the simulation says to it; empty when it does not find it */
    public Optional<String> run(long seed) {
        try {
            new Simulation(seed, planted()).run();
            return Optional.empty();
        } catch (AssertionError found) {
            String said = found.getCause().getMessage();
            if (!said.contains(sign)) {
                throw found;
            }
            return Optional.of(said);
        }
    }

    /** Leases under which everything passes. */
    private record Unfenced(LaneLeases leases, Ledger ledger) implements LaneLeases {
        @Override
        public Optional<Lease> acquire(StoreId store, String node, Duration time) {
            return leases.acquire(store, node, time);
        }

        @Override
        public Set<Lease> renew(Collection<Lease> held, Duration time) {
            return leases.renew(held, time);
        }

        @Override
        public void release(Collection<Lease> ended) {
            leases.release(ended);
        }

        @Override
        public List<Holding> holders() {
            return leases.holders();
        }

        @Override
        public LeasedLedger under(Lease lease) {
            return new WatchedLeases.Seen(lease, ledger, leases.under(lease).inventory());
        }
    }

    /** What the store answers. */
    interface Answer {
        Object get() throws Throwable;
    }

    /** A bug in what connectors are asked, or in what is made of their answers. */
    private abstract static class OfConnectors implements Mutant {
        private final Map<StoreConnector, StoreConnector> connectors = new HashMap<>();

        abstract Object answer(SimStore store, String operation, Object[] arguments, Answer answer) throws Throwable;

        @Override
        public StoreConnector connector(StoreConnector store) {
            return connectors.computeIfAbsent(
                    store,
                    key -> StoreConnector.class.cast(Proxy.newProxyInstance(
                            StoreConnector.class.getClassLoader(),
                            new Class<?>[] {StoreConnector.class},
                            (proxy, method, arguments) -> switch (method.getName()) {
                                case "hashCode" -> System.identityHashCode(proxy);
                                case "equals" -> proxy == arguments[0];
                                default ->
                                    answer(
                                            (SimStore) key,
                                            method.getName(),
                                            arguments,
                                            () -> invoke(key, method, arguments));
                            })));
        }

        private static Object invoke(StoreConnector store, java.lang.reflect.Method method, Object[] arguments)
                throws Throwable {
            try {
                return method.invoke(store, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    /** A bug in how pages of orders are applied. */
    private abstract static class OfOrders implements Mutant {
        abstract ApplyResult apply(OrderBook book, OrderPage page);

        @Override
        public Ledger ledger(Ledger ledger) {
            OrderBook book = ledger.orders();
            OrderBook changed = (OrderBook) Proxy.newProxyInstance(
                    OrderBook.class.getClassLoader(), new Class<?>[] {OrderBook.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("apply")) {
                            return apply(book, (OrderPage) arguments[0]);
                        }
                        try {
                            return method.invoke(book, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
            return new Ledger(changed, ledger.listings(), ledger.stores(), ledger.catalogue());
        }
    }
}
