package org.evenkeel.sync.internal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import org.evenkeel.database.Database;
import org.evenkeel.ledger.Adjustment;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.LedgerListener;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.OrderBook;
import org.evenkeel.ledger.OrderKey;
import org.evenkeel.ledger.Product;
import org.evenkeel.ledger.Sku;
import org.evenkeel.ledger.Stock;
import org.evenkeel.sync.internal.lane.Ledger;

/** The real ledger in a real database, whose clock is set by each simulation. */
public final class RealBooks implements Books, AutoCloseable {
    private static final String ACTOR = "user:test";
    private static final Set<String> EFFECTS =
            Set.of("apply", "record", "endPull", "read", "open", "sending", "sent", "believe", "confirmGaps");

    private final org.evenkeel.ledger.impl.Ledger ledger;
    private InstantSource time = InstantSource.system();
    private LedgerListener listener = change -> {};
    private Runnable before = () -> {};
    private Runnable after = () -> {};

    public RealBooks(Database database) {
        ledger = org.evenkeel.ledger.impl.Ledger.open(database, new SetClock(), change -> listener.changed(change));
    }

    /** From now on, this is the time. */
    public void time(InstantSource now) {
        time = now;
    }

    @Override
    public Ledger services() {
        return new Ledger(
                watched(OrderBook.class, ledger.orders()),
                watched(ListingBook.class, ledger.listings()),
                ledger.stores(),
                ledger.catalogue());
    }

    private <T> T watched(Class<T> type, T service) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    boolean effect = EFFECTS.contains(method.getName());
                    if (effect) {
                        before.run();
                    }
                    try {
                        return method.invoke(service, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        if (effect) {
                            after.run();
                        }
                    }
                }));
    }

    @Override
    public void effects(Runnable beforeEach, Runnable afterEach) {
        before = beforeEach;
        after = afterEach;
    }

    @Override
    public void listener(LedgerListener to) {
        listener = to;
    }

    @Override
    public void set(String sku, long inStock) {
        ledger.inventory()
                .adjust(new Adjustment(
                        product(sku).id(),
                        ledger.catalogue().defaultLocation().id(),
                        Adjustment.Kind.SET,
                        inStock,
                        null,
                        "count",
                        ACTOR,
                        new IdempotencyKey(ACTOR, UUID.randomUUID().toString())));
    }

    private Product product(String sku) {
        return ledger.catalogue().productBySku(new Sku(sku)).orElseThrow();
    }

    private Stock stock(String sku) {
        return ledger.inventory().stock(product(sku).id());
    }

    @Override
    public long available(String sku) {
        return stock(sku).available();
    }

    @Override
    public long booked(String sku) {
        return stock(sku).booked();
    }

    @Override
    public boolean knows(FakeStore store, String order) {
        return ledger.orders().order(new OrderKey(store.id, order)).isPresent();
    }

    @Override
    public void audit() {
        assertThat(ledger.journal().audit()).isEmpty();
    }

    @Override
    public void close() {
        ledger.close();
    }

    private final class SetClock extends Clock {
        @Override
        public Instant instant() {
            return time.instant();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
