package org.evenkeel.ledger.impl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenkeel.ledger.impl.AnOrder.ordered;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.evenkeel.ledger.Adjustment;
import org.evenkeel.ledger.Adjustment.Kind;
import org.evenkeel.ledger.ApplyResult;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.OrderEntry;
import org.evenkeel.ledger.OrderKey;
import org.evenkeel.ledger.OrderPage;
import org.evenkeel.ledger.Posting;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.Sku;
import org.evenkeel.ledger.StoreId;

/** Many at once: nothing is lost, nothing is booked twice, and no deadlock or duplicate key reaches a caller. */
class ConcurrencyTest {

    /** Runs all at the same moment, each on a thread of its own, and fails when one of them does. */
    private static <T> List<T> together(List<Callable<T>> works) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(works.size());
        try {
            CyclicBarrier start = new CyclicBarrier(works.size());
            List<Future<T>> running = works.stream()
                    .map(work -> threads.submit(() -> {
                        start.await(1, TimeUnit.MINUTES);
                        return work.call();
                    }))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get(2, TimeUnit.MINUTES));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    @LedgerTest
    void thirtyTwoWritersOfTheSameProductsLoseNothing(TestLedger ledger) throws Exception {
        int products = 5;
        int rounds = 4;
        List<ProductId> ids = IntStream.range(0, products)
                .mapToObj(n -> ledger.product("P" + n, 1_000))
                .toList();
        List<StoreId> stores =
                IntStream.range(0, 4).mapToObj(n -> new StoreId("shop-" + n)).toList();
        stores.forEach(store -> ledger.turnOn(store, false));
        List<Callable<Void>> works = new ArrayList<>();
        for (int thread = 0; thread < 32; thread++) {
            int number = thread;
            works.add(() -> {
                Random random = new Random(number);
                for (int round = 0; round < rounds; round++) {
                    if (number % 2 == 0) {
                        for (ProductId id : shuffled(ids, random)) {
                            ledger.add(id, 1);
                        }
                    } else {
                        // Two of one product and one of the others, in any order of lines.
                        AnOrder order = AnOrder.of("order-" + number + "-" + round);
                        for (int line :
                                shuffled(IntStream.range(0, products).boxed().toList(), random)) {
                            order = order.line("line-" + line, "P" + line, ordered(line == 0 ? 2 : 1));
                        }
                        ledger.apply(stores.get(number % stores.size()), order.snapshot());
                    }
                }
                return null;
            });
        }
        together(works);
        for (ProductId id : ids) {
            long booked = id.equals(ids.get(0)) ? 128 : 64;
            assertThat(ledger.figures(id)).isEqualTo(List.of(1_064L, booked, 1_064L - booked));
        }
        ledger.assertBooksAreRight();
    }

    private static <T> List<T> shuffled(List<T> all, Random random) {
        List<T> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    @LedgerTest
    void theSamePageAppliedByFourThreadsAtOnceBooksOnce(TestLedger ledger) throws Exception {
        List<ProductId> ids = IntStream.range(0, 5)
                .mapToObj(n -> ledger.product("P" + n, 1_000))
                .toList();
        List<OrderEntry> entries = IntStream.range(0, 40)
                .<OrderEntry>mapToObj(n -> AnOrder.of("order-" + n)
                        .line("a", "P" + n % 5, ordered(2))
                        .line("b", "UNKNOWN", ordered(1))
                        .snapshot())
                .toList();
        OrderPage page = new OrderPage(TestLedger.SHOP, entries, "cursor", false);
        List<ApplyResult> results =
                together(Collections.nCopies(4, () -> ledger.orders().apply(page)));
        assertThat(results.stream().mapToInt(ApplyResult::changed).sum()).isEqualTo(40);
        ids.forEach(id -> assertThat(ledger.figures(id)).isEqualTo(List.of(1_000L, 16L, 984L)));
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void anOrderAndItsMirrorThatComeAtOnceBookOnce(TestLedger ledger) throws Exception {
        StoreId mirror = new StoreId("mirror");
        ledger.turnOn(mirror, false);
        ProductId product = ledger.product("P", 1_000);
        for (int n = 0; n < 10; n++) {
            AnOrder own = AnOrder.of("o" + n).line("a", "P", ordered(1));
            AnOrder mirrored = AnOrder.of("m" + n)
                    .mirrors(new OrderKey(TestLedger.SHOP, "o" + n))
                    .line("x", "P", ordered(1));
            together(List.of(() -> ledger.apply(own.snapshot()), () -> ledger.apply(mirror, mirrored.snapshot())));
        }
        assertThat(ledger.figures(product)).isEqualTo(List.of(1_000L, 10L, 990L));
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void theSameKeyUsedAtOncePostsOnce(TestLedger ledger) throws Exception {
        ProductId product = ledger.product("P", 10);
        Adjustment add = new Adjustment(
                product, ledger.main(), Kind.ADD, 5, null, "", TestLedger.ACTOR, new IdempotencyKey("u", "once"));
        List<Posting> postings =
                together(Collections.nCopies(8, () -> ledger.inventory().adjust(add)));
        assertThat(postings).filteredOn(posting -> !posting.repeated()).hasSize(1);
        assertThat(ledger.figures(product).get(0)).isEqualTo(15);
    }

    @LedgerTest
    void aProductCreatedByManyAtOnceIsOneProduct(TestLedger ledger) throws Exception {
        ledger.apply(AnOrder.of("1").line("a", "NEW", ordered(3)).snapshot());
        List<Callable<Boolean>> works = new ArrayList<>();
        for (String sku : List.of("NEW", "new", "New", "nEW")) {
            works.add(() -> {
                try {
                    ledger.catalogue().createProduct(new Sku(sku), sku, TestLedger.ACTOR);
                    return true;
                } catch (ConflictException e) {
                    return false;
                }
            });
        }
        assertThat(together(works)).containsOnlyOnce(true);
        ProductId product =
                ledger.catalogue().productBySku(new Sku("new")).orElseThrow().id();
        assertThat(ledger.figures(product)).isEqualTo(List.of(0L, 3L, -3L));
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void aProductThatAppearsWhileItsOrderArrivesIsBooked(TestLedger ledger) throws Exception {
        for (int n = 0; n < 10; n++) {
            String sku = "S" + n;
            AnOrder order = AnOrder.of("o" + n).line("a", sku, ordered(3));
            together(List.<Callable<Object>>of(() -> ledger.product(sku), () -> ledger.apply(order.snapshot())));
            // Whoever came second saw the other; where both came at once, the next page books.
            ledger.apply();
            ProductId product =
                    ledger.catalogue().productBySku(new Sku(sku)).orElseThrow().id();
            assertThat(ledger.figures(product)).isEqualTo(List.of(0L, 3L, -3L));
        }
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void anUndoByManyAtOnceUndoesOnce(TestLedger ledger) throws Exception {
        ProductId product = ledger.product("P", 10);
        var added = ledger.add(product, 5).movements().get(0).id();
        List<Boolean> undone = together(Collections.nCopies(6, () -> {
            try {
                return !ledger.inventory()
                        .undo(added, TestLedger.ACTOR, ledger.key())
                        .movements()
                        .isEmpty();
            } catch (ConflictException e) {
                return false;
            }
        }));
        assertThat(undone).containsOnlyOnce(true);
        assertThat(ledger.figures(product).get(0)).isEqualTo(10);
    }

    @LedgerTest
    void theAuditReadsOneStateWhileOthersWrite(TestLedger ledger) throws Exception {
        List<ProductId> ids = IntStream.range(0, 3)
                .mapToObj(n -> ledger.product("P" + n, 100))
                .toList();
        List<Callable<List<String>>> works = new ArrayList<>();
        for (int thread = 0; thread < 6; thread++) {
            int number = thread;
            works.add(() -> {
                for (int round = 0; round < 8; round++) {
                    ledger.add(ids.get(round % 3), 1);
                    ledger.apply(AnOrder.of("o" + number + "-" + round)
                            .line("a", "P" + round % 3, ordered(1))
                            .snapshot());
                }
                return List.of();
            });
        }
        works.add(() -> {
            List<String> findings = new ArrayList<>();
            for (int round = 0; round < 5; round++) {
                findings.addAll(ledger.journal().audit());
            }
            return findings;
        });
        assertThat(together(works)).allSatisfy(findings -> assertThat(findings).isEmpty());
    }
}
