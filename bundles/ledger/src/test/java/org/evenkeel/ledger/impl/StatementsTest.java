package org.evenkeel.ledger.impl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenkeel.ledger.impl.AnOrder.ordered;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.evenkeel.database.Database;
import org.evenkeel.database.Persistence;
import org.evenkeel.database.PersistenceUnit;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.ListingRule;
import org.evenkeel.ledger.ListingView;
import org.evenkeel.ledger.OrderEntry;
import org.evenkeel.ledger.OrderPage;
import org.evenkeel.ledger.RuleChange;
import org.evenkeel.ledger.RuleScope;
import org.evenkeel.ledger.SeenListing;
import org.evenkeel.ledger.Sku;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.StoreLocationMapping;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.Test;

/**
 * A page of many orders asks the database no more often than a page of one. On PostgreSQL, where each question is a round trip;
 * Derby is in this process, and is asked for some rows one by one.
 */
class StatementsTest {
    private final List<String> calls = new ArrayList<>();

    @Test
    void theNumberOfStatementsDoesNotDependOnTheNumberOfOrders() {
        try (TestDatabase database = Databases.POSTGRESQL.fresh();
                Ledger ledger = Ledger.open(counting(database.database()), Clock.systemUTC(), change -> {})) {
            ledger.stores().register(TestLedger.SHOP, "Shop", "test.connector", TestLedger.ACTOR);
            ledger.stores().turnOn(TestLedger.SHOP, TestLedger.TURNED_ON, false, TestLedger.ACTOR);
            for (int n = 0; n < 50; n++) {
                ledger.catalogue().createProduct(new Sku("P" + n), "", TestLedger.ACTOR);
            }
            Map<String, Integer> one = callsOf(ledger, 0, 1);
            Map<String, Integer> hundred = callsOf(ledger, 1, 101);
            assertThat(hundred).isEqualTo(one);
            assertThat(one.values().stream().mapToInt(Integer::intValue).sum()).isLessThan(50);
            assertThat(ledger.journal().audit()).isEmpty();
        }
    }

    @Test
    void theNumberOfStatementsDoesNotDependOnTheNumberOfFiguresThatAreDueOrOfRulesThatChange() {
        try (TestDatabase database = Databases.POSTGRESQL.fresh();
                Ledger ledger = Ledger.open(counting(database.database()), Clock.systemUTC(), change -> {})) {
            Map<String, Integer> one = callsOf(ledger, new StoreId("one"), 1);
            Map<String, Integer> many = callsOf(ledger, new StoreId("many"), 200);
            assertThat(many).isEqualTo(one);
            assertThat(one.values().stream().mapToInt(Integer::intValue).sum()).isLessThan(110);
        }
    }

    /** Listings get a rule of their own, then their store's changes, and what that makes due is looked at each time. */
    private Map<String, Integer> callsOf(Ledger ledger, StoreId store, int listings) {
        ledger.stores().register(store, "Shop", "test.connector", TestLedger.ACTOR);
        ledger.catalogue()
                .reportStoreLocations(store, List.of(new StoreLocationMapping(store, "1", "Shelf", true, Set.of())));
        List<SeenListing> page = IntStream.range(0, listings)
                .mapToObj(n -> new SeenListing(
                        "l" + n,
                        "",
                        store + "-" + n,
                        "",
                        ListingView.State.ACTIVE,
                        "",
                        "c" + n,
                        List.of(new SeenListing.SeenFigure("1", 50))))
                .toList();
        ledger.listings().record(store, "pull", Instant.now(), page);
        ledger.listings().open(store, Set.of(), TestLedger.ACTOR);
        ledger.listings().due(store, Instant.now(), 1000);
        calls.clear();
        List<RuleChange> changes = page.stream()
                .map(seen -> RuleChange.set(
                        new RuleScope.OfListing(new ListingKey(store, seen.listing(), "")),
                        new ListingRule(1, 10_000, 0, 100, 0, false, false)))
                .toList();
        ledger.rules().apply(changes, TestLedger.ACTOR, new IdempotencyKey("test", store + "-own"));
        assertThat(ledger.listings().due(store, Instant.now(), 1000)).hasSize(listings);
        RuleChange ofStore =
                RuleChange.set(new RuleScope.OfStore(store), new ListingRule(2, 10_000, 0, 100, 0, false, false));
        ledger.rules().apply(List.of(ofStore), TestLedger.ACTOR, new IdempotencyKey("test", store + "-store"));
        assertThat(ledger.listings().due(store, Instant.now(), 1000)).hasSize(listings);
        Map<String, Integer> counted = new TreeMap<>();
        calls.forEach(call -> counted.merge(call, 1, Integer::sum));
        return counted;
    }

    private Map<String, Integer> callsOf(Ledger ledger, int from, int to) {
        List<OrderEntry> entries = IntStream.range(from, to)
                .<OrderEntry>mapToObj(n -> AnOrder.of("order-" + n)
                        .line("a", "P" + n % 50, ordered(2))
                        .line("b", "P" + (n + 1) % 50, ordered(1))
                        .snapshot())
                .toList();
        calls.clear();
        assertThat(ledger.orders()
                        .apply(new OrderPage(TestLedger.SHOP, entries, "cursor-" + to, false))
                        .changed())
                .isEqualTo(to - from);
        Map<String, Integer> counted = new TreeMap<>();
        calls.forEach(call -> counted.merge(call, 1, Integer::sum));
        return counted;
    }

    private Database counting(Database database) {
        return new Database() {
            @Override
            public Vendor vendor() {
                return database.vendor();
            }

            @Override
            public Persistence open(PersistenceUnit unit) {
                return counting(database.open(unit));
            }
        };
    }

    private Persistence counting(Persistence persistence) {
        return (Persistence) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Persistence.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("inStatelessTransaction")) {
                        return call(method, persistence, arguments);
                    }
                    @SuppressWarnings("unchecked")
                    Function<StatelessSession, Object> work = (Function<StatelessSession, Object>) arguments[0];
                    return persistence.inStatelessTransaction(session -> work.apply(counting(session)));
                });
    }

    private StatelessSession counting(StatelessSession session) {
        return (StatelessSession) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {StatelessSession.class}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    return call(method, session, arguments);
                });
    }

    private static Object call(Method method, Object target, Object... arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
