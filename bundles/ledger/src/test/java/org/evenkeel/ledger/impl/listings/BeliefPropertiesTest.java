package org.evenkeel.ledger.impl.listings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenkeel.ledger.impl.listings.ListingsLedger.NOON;
import static org.evenkeel.ledger.impl.listings.ListingsLedger.SHELF;
import static org.evenkeel.ledger.impl.listings.ListingsLedger.STORE;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.evenkeel.database.testing.TestDatabases;
import org.evenkeel.ledger.DueFigure;
import org.evenkeel.ledger.ListingBook.Reading;
import org.evenkeel.ledger.ListingView;
import org.evenkeel.ledger.OrderSnapshot;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.PushRecord;
import org.evenkeel.ledger.PushRecord.Kind;
import org.evenkeel.ledger.Stock;

/**
 * Whatever happens in whatever order, what the book believes is what the store shows.
 *
 * <p>The model is the store: one counter with a number, and the orders that it has not told yet. It takes a push only when it is
 * sent from the number that it shows (compare-and-set), so that the one truth is the number itself.
 */
class BeliefPropertiesTest {
    private static ListingsLedger ledger;

    @BeforeContainer
    static void open() {
        ledger = new ListingsLedger(TestDatabases.derby());
    }

    @AfterContainer
    static void close() {
        ledger.close();
    }

    /** What happens next. */
    enum Kinds {
        SALE,
        ORDER_PULL,
        ADJUSTMENT,
        PUSH,
        PUSH_REFUSED,
        PUSH_RETRYING,
        PUSH_NOT_SENT,
        PUSH_ACCEPTED,
        ARRIVED_UNKNOWN,
        LOST_UNKNOWN,
        CRASH_AFTER_ARRIVAL,
        CRASH_BEFORE_ARRIVAL,
        CONFIRMATION,
        SETTLING,
        READING,
        LISTING_PULL,
        LATER,
        BY_HAND
    }

    record Step(Kinds kind, int amount) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(kinds(), Arbitraries.integers().between(0, 9))
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(30);
    }

    /** Those more often that make the others interesting. */
    private static Arbitrary<Kinds> kinds() {
        List<Tuple2<Integer, Kinds>> often = new ArrayList<>();
        for (Kinds kind : Kinds.values()) {
            often.add(Tuple.of(
                    switch (kind) {
                        case SALE, ORDER_PULL, ADJUSTMENT -> 5;
                        case ARRIVED_UNKNOWN, CRASH_AFTER_ARRIVAL, PUSH_ACCEPTED -> 3;
                        default -> 1;
                    },
                    kind));
        }
        return Arbitraries.frequency(often);
    }

    @Property(tries = 80, seed = "2026032912")
    void theBeliefIsWhatTheStoreShowsAndNothingIsLost(@ForAll("steps") List<Step> steps) {
        Shop shop = new Shop();
        for (Step step : steps) {
            shop.happens(step);
            shop.assertBelieved(step);
            shop.assertNothingIsForgotten(step);
        }
        shop.converge();
    }

    /** The model, and the lane that a sync would run. */
    private static final class Shop {
        private final ProductId product;
        private final long figure;
        /** The number in the store. */
        private long shelf = 20;

        private final List<OrderSnapshot.Line> untold = new ArrayList<>();
        /** What the store took as accepted and has not done yet; null when nothing. */
        private DueFigure accepted;

        private String acceptedKey;
        private int keys;
        private Instant now = NOON;

        Shop() {
            ledger.clear();
            product = ledger.opened(STORE, "a", "APPLE", shelf);
            figure = ledger.figureId(STORE, "a");
        }

        void happens(Step step) {
            now = now.plusSeconds(1);
            switch (step.kind()) {
                case SALE -> sale(step.amount());
                case ORDER_PULL -> pullOrders();
                case ADJUSTMENT -> ledger.set(product, step.amount() * 3L);
                case PUSH -> push((due, key) -> outcome(due, key, Kind.ACKNOWLEDGED));
                case PUSH_REFUSED -> push((due, key) -> notDone(due, key, Kind.REFUSED));
                case PUSH_RETRYING -> push((due, key) -> notDone(due, key, Kind.RETRYING));
                case PUSH_NOT_SENT -> push((due, key) -> notDone(due, key, Kind.NOT_SENT));
                case PUSH_ACCEPTED -> push(this::accept);
                case ARRIVED_UNKNOWN -> push((due, key) -> outcome(due, key, Kind.UNKNOWN));
                case LOST_UNKNOWN -> push((due, key) -> notDone(due, key, Kind.UNKNOWN));
                case CRASH_AFTER_ARRIVAL -> push((due, key) -> arrives(due));
                case CRASH_BEFORE_ARRIVAL -> push((due, key) -> {});
                case CONFIRMATION -> confirm();
                case SETTLING -> settle();
                case READING -> ledger.book.read(STORE, now, List.of(new Reading(figure, shelf)));
                case LISTING_PULL -> ledger.pull(STORE, now, ListingsLedger.active("a", "APPLE", shelf));
                case LATER -> now = now.plus(Duration.ofMinutes(1));
                case BY_HAND -> ledger.book.retry(STORE, Set.of(figure), "tester");
            }
        }

        private void sale(int units) {
            if (units > 0) {
                shelf -= units;
                untold.add(ledger.line("a", "APPLE", SHELF, ListingsLedger.ordered(units)));
            }
        }

        private void pullOrders() {
            untold.forEach(line -> ledger.order(STORE, now, line));
            untold.clear();
        }

        private void push(Exchange exchange) {
            ledger.book.due(STORE, now, 1).forEach(due -> {
                String key = "key-" + keys++;
                ledger.sending(STORE, key, due);
                exchange.with(due, key);
            });
        }

        /** Compare-and-set: false when the store shows something else than the push was sent from. */
        private boolean arrives(DueFigure due) {
            if (due.belief() == null || due.belief() != shelf) {
                return false;
            }
            shelf = due.wanted();
            return true;
        }

        private void outcome(DueFigure due, String key, Kind kind) {
            if (arrives(due)) {
                ledger.book.sent(STORE, key, List.of(PushRecord.Outcome.of(due.id(), kind, "")), now);
                return;
            }
            Long told = keys % 2 == 0 ? (Long) shelf : null;
            ledger.book.sent(
                    STORE, key, List.of(new PushRecord.Outcome(due.id(), Kind.STALE, "", told, null, null)), now);
            pullReadAndDecide();
        }

        private void notDone(DueFigure due, String key, Kind kind) {
            ledger.book.sent(
                    STORE,
                    key,
                    List.of(new PushRecord.Outcome(due.id(), kind, "", null, null, now.plusSeconds(30))),
                    now);
        }

        private void accept(DueFigure due, String key) {
            accepted = due;
            acceptedKey = key;
            ledger.book.sent(
                    STORE, key, List.of(new PushRecord.Outcome(due.id(), Kind.ACCEPTED, "", null, "t", null)), now);
        }

        /** The store does now what it accepted, if it still can, and says so. */
        private void confirm() {
            if (accepted != null) {
                Kind kind = arrives(accepted) ? Kind.ACKNOWLEDGED : Kind.REFUSED;
                ledger.book.sent(STORE, acceptedKey, List.of(PushRecord.Outcome.of(figure, kind, "")), now);
                accepted = null;
            }
        }

        private void settle() {
            confirm();
            if (!ledger.book.unsettled(STORE, 10).isEmpty()) {
                pullReadAndDecide();
            }
        }

        /** A mismatch, and an unknown outcome, are news: orders, then a reading, then a decision. */
        private void pullReadAndDecide() {
            pullOrders();
            ledger.book.read(STORE, now, List.of(new Reading(figure, shelf)));
            ledger.book.believe(STORE, List.of(new Reading(figure, shelf)), "reading");
        }

        /** Once the untold orders are told, one of the candidates is the number. */
        void assertBelieved(Step step) {
            long told = shelf
                    + untold.stream().mapToLong(line -> line.counts().ordered()).sum();
            Map<String, Long> candidates = ledger.candidates(figure);
            boolean outstanding = ledger.figure(STORE, "a").outcome() == ListingView.Outcome.UNKNOWN
                    || ledger.figure(STORE, "a").outcome() == ListingView.Outcome.ACCEPTED;
            if (outstanding) {
                assertThat(candidates.values())
                        .as("after %s, candidates of %d", step, told)
                        .contains(told);
            } else {
                assertThat(candidates).as("after %s", step).containsEntry("belief", told);
                assertThat(candidates.get("sent_belief")).as("after %s", step).isNull();
            }
        }

        /** Only a figure at rest may be forgotten, and then the store shows what it should. */
        void assertNothingIsForgotten(Step step) {
            var count = ledger.book.dueCount(STORE, now);
            if (count.ready() + count.waiting() + count.unknown() + count.parked() == 0 && untold.isEmpty()) {
                assertThat(shelf).as("after %s", step).isEqualTo(wanted());
            }
        }

        private long wanted() {
            Stock stock = ledger.inventory.stock(product);
            return stock.forSale();
        }

        void converge() {
            pullOrders();
            settle();
            ledger.book.retry(STORE, Set.of(figure), "tester");
            now = now.plus(Duration.ofHours(1));
            push((due, key) -> outcome(due, key, Kind.ACKNOWLEDGED));

            assertThat(shelf).isEqualTo(wanted());
            assertThat(ledger.figure(STORE, "a").belief()).isEqualTo(shelf);
            assertThat(ledger.book.due(STORE, now, 10)).isEmpty();
            assertThat(ledger.figure(STORE, "a").due()).isFalse();
        }
    }

    private interface Exchange {
        void with(DueFigure due, String key);
    }
}
