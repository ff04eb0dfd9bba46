package org.evenkeel.ledger.impl.listings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.evenkeel.ledger.impl.listings.ListingsLedger.NOON;
import static org.evenkeel.ledger.impl.listings.ListingsLedger.OTHER;
import static org.evenkeel.ledger.impl.listings.ListingsLedger.SHELF;
import static org.evenkeel.ledger.impl.listings.ListingsLedger.STORE;
import static org.evenkeel.ledger.impl.listings.ListingsLedger.active;
import static org.evenkeel.ledger.impl.listings.ListingsLedger.scope;
import static org.evenkeel.ledger.impl.listings.ListingsLedger.seen;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.evenkeel.database.testing.TestVendor;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.DueFigure;
import org.evenkeel.ledger.EffectiveRule;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.LedgerListener.Change;
import org.evenkeel.ledger.ListingBook.Reading;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.ListingRule;
import org.evenkeel.ledger.ListingView;
import org.evenkeel.ledger.ListingView.State;
import org.evenkeel.ledger.LocationId;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.PushRecord;
import org.evenkeel.ledger.PushRecord.Kind;
import org.evenkeel.ledger.RuleBook;
import org.evenkeel.ledger.RuleChange;
import org.evenkeel.ledger.RulePreview;
import org.evenkeel.ledger.RuleQuery;
import org.evenkeel.ledger.RuleRow;
import org.evenkeel.ledger.RuleScope;
import org.evenkeel.ledger.SeenListing;
import org.evenkeel.ledger.StoreId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What rules do to figures, each by its name. One suite for both databases. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RuleBookContract {
    private static final PageRequest FIRST = new PageRequest(0, 100);

    private final TestVendor vendor;
    private ListingsLedger ledger;
    private RuleBook rules;

    RuleBookContract(TestVendor vendor) {
        this.vendor = vendor;
    }

    @BeforeAll
    void open() {
        ledger = new ListingsLedger(vendor.open());
    }

    @BeforeEach
    void empty() {
        ledger.clear();
        rules = ledger.rules;
    }

    @AfterAll
    void close() {
        if (ledger != null) {
            ledger.close();
        }
    }

    // --- words -------------------------------------------------------------------------------------------------------

    private static ListingRule buffer(long units) {
        return new ListingRule(units, 10_000, 0, Long.MAX_VALUE, 0, false, false);
    }

    private static ListingRule share(int basisPoints) {
        return new ListingRule(0, basisPoints, 0, Long.MAX_VALUE, 0, false, false);
    }

    private static ListingRule minMax(long min, long max) {
        return new ListingRule(0, 10_000, min, max, 0, false, false);
    }

    private static ListingRule closeAt(long units) {
        return new ListingRule(0, 10_000, 0, Long.MAX_VALUE, units, false, false);
    }

    private static ListingRule withoutStock(long min) {
        return new ListingRule(0, 10_000, min, Long.MAX_VALUE, 0, false, true);
    }

    private static ListingRule paused() {
        return new ListingRule(0, 10_000, 0, Long.MAX_VALUE, 0, true, false);
    }

    /** Both stores sell apples and pears, 50 each, and are level. */
    private void twoStores() {
        ledger.store(STORE).store(OTHER);
        ledger.pull(STORE, active("a", "APPLE", 50), active("p", "PEAR", 50));
        ledger.pull(OTHER, active("x", "APPLE", 50), active("y", "PEAR", 50));
        ledger.book.open(STORE, Set.of(), "tester");
        ledger.pushAll(STORE);
        ledger.pushAll(OTHER);
    }

    private Map<String, Long> wanted(StoreId store) {
        Map<String, Long> wanted = new TreeMap<>();
        ledger.due(store).forEach(due -> wanted.put(due.key().listing(), due.wanted()));
        return wanted;
    }

    // --- figures -----------------------------------------------------------------------------------------------------

    @Test
    void eachFieldOfTheRuleMakesTheFigure() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        assertFigure(buffer(8), 42);
        assertFigure(share(2_500), 12);
        assertFigure(minMax(0, 20), 20);
        assertFigure(minMax(60, 70), 60);
        assertFigure(closeAt(50), 0);
        assertFigure(closeAt(49), 50);
        ledger.set(apple, 0);
        assertFigure(minMax(3, 9), 0);
        assertFigure(withoutStock(3), 3);
    }

    private void assertFigure(ListingRule rule, long wanted) {
        ledger.rule(scope(STORE, "a"), rule);
        assertThat(ledger.figure(STORE, "a").wanted()).as(rule.toString()).isEqualTo(wanted);
        ledger.pushAll(STORE);
        assertThat(ledger.figure(STORE, "a")).satisfies(figure -> {
            assertThat(figure.belief()).as(rule.toString()).isEqualTo(wanted);
            assertThat(figure.due()).isFalse();
        });
    }

    @Test
    void theLargestNumbersOverflowNothing() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        long largest = ListingRule.LARGEST;
        ledger.set(apple, 1_000_000_000_000L);
        assertFigure(share(9_999), 999_900_000_000L);
        assertFigure(buffer(largest), 0);
        assertFigure(minMax(largest, Long.MAX_VALUE), largest);
        assertFigure(closeAt(largest), 0);
        ledger.registry.describe(STORE, "Berlin", true);
        ledger.sell(STORE, "a", 1000);
        ledger.rule(scope(STORE, "a"), minMax(largest, Long.MAX_VALUE));
        assertThat(ledger.figure(STORE, "a").wanted()).as("on hand").isEqualTo(largest + 1000);
    }

    @Test
    void theStoresOwnCapComesBehindTheRule() {
        ledger.opened(STORE, "a", "APPLE", 50);
        ledger.rule(scope(STORE, "a"), minMax(90, 100));
        DueFigure due = ledger.due(STORE, "a").orElseThrow();
        assertThat(due.wanted()).isEqualTo(90);
        // The store takes no more than 50, which it shows already: nothing is sent, until the rule changes again.
        ledger.book.acknowledge(
                STORE, List.of(new PushRecord.Item(due.id(), 50, due.productVersion(), due.ruleVersion())));
        assertThat(ledger.due(STORE)).isEmpty();
        ledger.rule(scope(STORE, "a"), minMax(0, 20));
        assertThat(wanted(STORE)).containsOnly(entry("a", 20L));
    }

    @Test
    void theWholeRuleOfTheNearestScopeCounts() {
        twoStores();
        ledger.rule(RuleScope.DEFAULT, buffer(1));
        ledger.rule(scope(STORE), share(5_000));
        ledger.rule(scope(STORE, "p"), minMax(0, 7));

        assertThat(wanted(STORE)).as("no scope adds to another").containsOnly(entry("a", 25L), entry("p", 7L));
        assertThat(wanted(OTHER)).containsOnly(entry("x", 49L), entry("y", 49L));
        assertRule(STORE, "p", minMax(0, 7), scope(STORE, "p"));
        assertRule(STORE, "a", share(5_000), scope(STORE));
        assertRule(OTHER, "x", buffer(1), RuleScope.DEFAULT);
        assertThat(rules.effective(STORE)).isEqualTo(new EffectiveRule(share(5_000), scope(STORE)));

        ledger.rule(scope(STORE, "p"), null);
        assertThat(wanted(STORE)).containsOnly(entry("a", 25L), entry("p", 25L));
        ledger.rule(scope(STORE), null);
        assertThat(wanted(STORE)).containsOnly(entry("a", 49L), entry("p", 49L));
        ledger.rule(RuleScope.DEFAULT, null);
        assertThat(wanted(STORE)).isEmpty();
        assertRule(STORE, "p", ListingRule.ONE_TO_ONE, RuleScope.DEFAULT);
        assertThat(rules.rules(RuleQuery.all(FIRST)).items()).isEmpty();
    }

    private void assertRule(StoreId store, String listing, ListingRule rule, RuleScope scope) {
        EffectiveRule expected = new EffectiveRule(rule, scope);
        assertThat(rules.effective(new ListingKey(store, listing, ""))).hasValue(expected);
        assertThat(ledger.listing(store, listing).rule()).isEqualTo(expected);
    }

    @Test
    void pausedSendsNothingAndSaysWhose() {
        twoStores();
        ledger.rule(scope(STORE), paused());
        ledger.set(ledger.productOf("APPLE"), 3);

        assertThat(ledger.due(STORE)).isEmpty();
        assertThat(ledger.due(OTHER)).hasSize(1);
        assertThat(ledger.figure(STORE, "a")).satisfies(figure -> {
            assertThat(figure.wanted()).isNull();
            assertThat(figure.notSent()).isEqualTo("Paused by the rule of store berlin.");
        });
        ledger.sell(STORE, "a", 1);
        assertThat(ledger.figure(STORE, "a").belief())
                .as("its own orders count on")
                .isEqualTo(49);

        ledger.rule(scope(STORE, "a"), ListingRule.ONE_TO_ONE);
        assertThat(wanted(STORE)).containsOnly(entry("a", 2L));
        assertThat(ledger.figure(STORE, "a").notSent()).isEmpty();
        assertThat(ledger.figure(STORE, "p").notSent()).isNotEmpty();
    }

    @Test
    void aFigureUnderARuleIsNotAdopted() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        ledger.set(apple, 40);
        ledger.push(STORE, "a", Kind.ACKNOWLEDGED);
        ledger.rule(scope(STORE), buffer(2));
        ledger.pushAll(STORE);
        long figure = ledger.figureId(STORE, "a");
        ledger.book.read(STORE, NOON.plus(Duration.ofMinutes(1)), List.of(new Reading(figure, 30)));

        assertThatThrownBy(() -> ledger.book.adopt(STORE, figure, "tester"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("one to one")
                .hasMessageContaining("the rule of store berlin");
        assertThat(ledger.inStock(apple)).isEqualTo(40);

        ledger.rule(scope(STORE, "a"), ListingRule.ONE_TO_ONE);
        ledger.book.adopt(STORE, figure, "tester");
        assertThat(ledger.inStock(apple)).isEqualTo(32);
    }

    @Test
    void whereListingsShareACounterTheRuleOfThePushedOneCounts() {
        ledger.store(STORE)
                .pull(
                        STORE,
                        seen("a", "APPLE", State.ACTIVE, "shared", SHELF, 50),
                        seen("b", "APPLE", State.ACTIVE, "shared", SHELF, 50));
        ledger.book.open(STORE, Set.of(), "tester");
        ledger.pushAll(STORE);
        ledger.rule(scope(STORE, "b"), buffer(9));
        assertThat(ledger.due(STORE)).isEmpty();
        ledger.rule(scope(STORE, "a"), buffer(1));
        assertThat(wanted(STORE)).containsOnly(entry("a", 49L));

        ledger.pull(STORE, NOON.plusSeconds(60), seen("a", "APPLE", State.DRAFT, "shared", SHELF, 50));
        assertThat(wanted(STORE)).as("the next one takes over with its rule").containsOnly(entry("b", 41L));
    }

    @Test
    void theRuleOfAListingThatIsGoneCountsWhenItComesBack() {
        ledger.opened(STORE, "a", "APPLE", 50);
        ledger.rule(scope(STORE, "a"), buffer(4));
        ledger.pushAll(STORE);
        ledger.book.record(STORE, "complete", NOON.plusSeconds(1), List.of());
        ledger.book.endPull(STORE, "complete", 10_000);
        assertThat(ledger.listing(STORE, "a").state()).isEqualTo(State.GONE);
        assertThat(rules.rule(scope(STORE, "a"))).isPresent();

        ledger.pull(STORE, NOON.plusSeconds(2), active("a", "APPLE", 46));
        assertThat(ledger.figure(STORE, "a").wanted()).isEqualTo(46);
        assertThat(wanted(STORE)).isEmpty();
    }

    // --- what a change concerns --------------------------------------------------------------------------------------

    @Test
    void aChangeMakesExactlyTheFiguresDueThatItConcerns() {
        twoStores();
        ledger.rule(scope(STORE, "a"), buffer(1));
        assertMarked(Set.of("a"), Set.of());
        ledger.rule(scope(STORE), buffer(2));
        assertMarked(Set.of("p"), Set.of());
        ledger.rule(RuleScope.DEFAULT, buffer(3));
        assertMarked(Set.of(), Set.of("x", "y"));
        ledger.apply(
                RuleChange.remove(scope(STORE)),
                RuleChange.set(scope(STORE, "p"), buffer(2)),
                RuleChange.set(scope(OTHER), buffer(3)));
        assertMarked(Set.of(), Set.of());
        ledger.rule(scope(STORE, "a"), null);
        assertMarked(Set.of("a"), Set.of());
    }

    private void assertMarked(Set<String> ofStore, Set<String> ofOther) {
        assertThat(ledger.marked(STORE)).isEqualTo(ofStore);
        assertThat(ledger.marked(OTHER)).isEqualTo(ofOther);
        ledger.pushAll(STORE);
        ledger.pushAll(OTHER);
    }

    @Test
    void aChangeToWhatAlreadyIsChangesNothing() {
        twoStores();
        assertThat(ledger.rule(scope(STORE, "a"), buffer(1)).changed()).isEqualTo(1);
        ledger.pushAll(STORE);
        RuleRow before = rules.rule(scope(STORE, "a")).orElseThrow();
        ledger.changes.clear();

        assertThat(ledger.rule(scope(STORE, "a"), buffer(1)).changed()).isZero();
        assertThat(ledger.rule(scope(STORE, "p"), null).changed()).isZero();
        assertThat(ledger.rule(RuleScope.DEFAULT, null).changed()).isZero();
        assertThat(rules.rule(scope(STORE, "a"))).hasValue(before);
        assertThat(ledger.marked(STORE)).isEmpty();
        assertThat(ledger.changes).isEmpty();
    }

    @Test
    void aChangeWakesTheStoresConcernedAndNoOthers() {
        twoStores();
        ledger.changes.clear();
        ledger.rule(scope(STORE, "a"), buffer(1));
        assertThat(ledger.changes).singleElement().satisfies(change -> {
            assertThat(change.kinds()).containsExactly(Change.Kind.RULES);
            assertThat(change.stores()).containsExactly(STORE);
            assertThat(change.products()).containsExactly(ledger.productOf("APPLE"));
        });
        ledger.changes.clear();
        // Told of each change, whether a figure is due by then: the last must find all of them so.
        List<Set<String>> marked = new ArrayList<>();
        ledger.listener = change -> {
            assertThat(change.stores()).containsExactly(OTHER);
            marked.add(ledger.marked(OTHER));
        };
        ledger.rule(scope(OTHER), buffer(1));
        assertThat(marked).last().isEqualTo(Set.of("x", "y"));
    }

    @Test
    void aMappingConcernsFiguresWithARuleOfTheirOwnToo() {
        twoStores();
        ledger.rule(scope(STORE, "a"), buffer(1));
        ledger.rule(scope(STORE), buffer(2));
        ledger.pushAll(STORE);
        LocationId attic = ledger.catalogue.createLocation("Attic", "tester").id();
        ledger.catalogue.mapStoreLocation(STORE, SHELF, Set.of(ledger.defaultLocation(), attic), "tester");
        assertThat(ledger.marked(STORE)).containsExactly("a", "p");
    }

    @Test
    void aRuleChangedWhileAPushIsUnderWayLeavesItDue() {
        twoStores();
        ledger.set(ledger.productOf("APPLE"), 40);
        for (RuleScope scope : List.of(scope(STORE, "a"), scope(STORE), RuleScope.DEFAULT)) {
            ledger.apply(RuleChange.remove(scope(STORE, "a")), RuleChange.remove(scope(STORE)));
            DueFigure due = ledger.due(STORE, "a").orElseThrow();
            ledger.rule(scope, buffer(5));
            ledger.sending(STORE, "k" + scope, due);
            ledger.sent(STORE, "k" + scope, due, Kind.ACKNOWLEDGED);
            assertThat(wanted(STORE))
                    .as("%s, changed before it was sent", scope)
                    .containsEntry("a", 35L);

            due = ledger.due(STORE, "a").orElseThrow();
            ledger.sending(STORE, "l" + scope, due);
            ledger.rule(scope, buffer(6));
            ledger.sent(STORE, "l" + scope, due, Kind.ACKNOWLEDGED);
            assertThat(wanted(STORE)).as("%s, changed while under way", scope).containsEntry("a", 34L);
        }
    }

    @Test
    void aListingThatMovesToAnotherProductBetweenLookAndPushStaysDue() {
        twoStores();
        ledger.set(ledger.productOf("APPLE"), 40);
        DueFigure due = ledger.due(STORE, "a").orElseThrow();
        ledger.pull(STORE, NOON.plusSeconds(60), active("a", "PEAR", 50));
        ledger.sending(STORE, "k", due);
        ledger.sent(STORE, "k", due, Kind.ACKNOWLEDGED);
        assertThat(wanted(STORE)).as("40 apples are no 50 pears").containsOnly(entry("a", 50L));
    }

    @Test
    void aWholeStoreIsMarkedInPartsAndACrashBetweenThemForgetsNone() {
        int listings = 2 * Marking.AT_ONCE + 7;
        ledger.store(STORE);
        for (int from = 0; from < listings; from += 250) {
            List<SeenListing> page = new ArrayList<>();
            for (int n = from; n < Math.min(listings, from + 250); n++) {
                page.add(active("l%04d".formatted(n), "SKU-" + n, 50));
            }
            ledger.pull(STORE, page.toArray(SeenListing[]::new));
        }
        ledger.book.open(STORE, Set.of(), "tester");
        ledger.pushAll(STORE);

        ledger.listener = change -> {
            throw new IllegalStateException("crash");
        };
        assertThatThrownBy(() -> ledger.rule(RuleScope.DEFAULT, buffer(5))).hasMessage("crash");
        ledger.listener = ledger.changes::add;
        assertThat(ledger.marked(STORE)).isEmpty();
        ledger.markedUpTo(STORE, ledger.figureId(STORE, "l0006"));
        ledger.restart();
        rules = ledger.rules;

        Map<String, Long> pushed = ledger.pushAll(STORE);
        assertThat(pushed.keySet()).as("it goes on where it was").hasSize(listings - 7);
        assertThat(pushed.values()).containsOnly(45L);
        assertThat(ledger.marked(STORE)).isEmpty();
        ledger.rule(RuleScope.DEFAULT, buffer(6));
        assertThat(ledger.marked(STORE))
                .as("without a crash, when the call returns")
                .hasSize(listings);
    }

    // --- calls -------------------------------------------------------------------------------------------------------

    @Test
    void theSameKeyAndChangesChangeNothingAgain() {
        twoStores();
        IdempotencyKey key = new IdempotencyKey("user:anna", "rules-1");
        List<RuleChange> changes =
                List.of(RuleChange.set(scope(STORE), buffer(1)), RuleChange.set(scope(STORE, "a"), buffer(2)));
        assertThat(rules.apply(changes, "user:anna", key)).isEqualTo(new RuleBook.Applied(2, false));
        ledger.rule(scope(STORE), buffer(9));
        assertThat(rules.apply(List.of(changes.get(1), changes.get(0)), "user:anna", key))
                .isEqualTo(new RuleBook.Applied(0, true));
        assertThat(rules.effective(STORE).rule()).isEqualTo(buffer(9));
        assertThatThrownBy(() -> rules.apply(changes.subList(0, 1), "user:anna", key))
                .isInstanceOfSatisfying(
                        ConflictException.class,
                        e -> assertThat(e.reason()).isEqualTo(ConflictException.Reason.KEY_REUSED));
    }

    @Test
    void whatCannotBeMeantIsRefusedWholeAndByName() {
        twoStores();
        assertRefused("no listing", NotFoundException.class, scope(STORE, "a"), scope(STORE, "nowhere"));
        assertRefused("no store nowhere", NotFoundException.class, scope(STORE, "a"), scope(new StoreId("nowhere")));
        assertRefused("twice", InvalidInputException.class, scope(STORE, "a"), scope(STORE, "a"));
        assertThatThrownBy(() -> ledger.apply()).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> minMax(3, 2))
                .isInstanceOfSatisfying(
                        InvalidInputException.class, e -> assertThat(e.field()).isEqualTo("max"));
        assertThatThrownBy(() -> buffer(ListingRule.LARGEST + 1))
                .isInstanceOfSatisfying(
                        InvalidInputException.class, e -> assertThat(e.field()).isEqualTo("buffer"));
        assertThat(rules.rules(RuleQuery.all(FIRST)).total()).isZero();
        assertThat(ledger.marked(STORE)).isEmpty();
    }

    private void assertRefused(String words, Class<?> how, RuleScope... scopes) {
        RuleChange[] changes = new RuleChange[scopes.length];
        for (int i = 0; i < scopes.length; i++) {
            changes[i] = RuleChange.set(scopes[i], buffer(1));
        }
        assertThatThrownBy(() -> ledger.apply(changes))
                .isInstanceOf(how)
                .hasMessageContaining(words.replace("no listing", "There is no listing nowhere"));
    }

    @Test
    void rulesAreFoundByKindStoreAndText() {
        twoStores();
        ledger.apply(
                RuleChange.set(RuleScope.DEFAULT, buffer(1)),
                RuleChange.set(scope(STORE), buffer(2)),
                RuleChange.set(scope(STORE, "p"), buffer(3)),
                RuleChange.set(scope(STORE, "a"), buffer(4)),
                RuleChange.set(scope(OTHER, "x"), buffer(5)));
        assertThat(found(null, null, "")).containsExactly(1L, 2L, 4L, 3L, 5L);
        assertThat(found(RuleQuery.Kind.LISTING, null, "")).containsExactly(4L, 3L, 5L);
        assertThat(found(null, STORE, "")).containsExactly(2L, 4L, 3L);
        assertThat(found(null, null, "appl")).containsExactly(4L, 5L);
        assertThat(found(null, null, "%")).isEmpty();
        assertThat(rules.rules(new RuleQuery(null, null, "", new PageRequest(1, 2))))
                .satisfies(page -> {
                    assertThat(page.total()).isEqualTo(5);
                    assertThat(page.items()).extracting(RuleRow::sku).containsExactly(null, "APPLE");
                    assertThat(page.items().get(1).title()).isEqualTo("Title of a");
                    assertThat(page.items().get(1).changedBy()).isEqualTo("tester");
                });
    }

    private List<Long> found(RuleQuery.Kind kind, StoreId store, String text) {
        return rules.rules(new RuleQuery(kind, store, text, FIRST)).items().stream()
                .map(row -> row.rule().buffer())
                .toList();
    }

    // --- previews ----------------------------------------------------------------------------------------------------

    @Test
    void aPreviewTellsWhatWouldBecomeOfEachFigure() {
        ledger.store(STORE);
        ledger.pull(
                STORE,
                active("down", "A", 50),
                active("zero", "B", 5),
                active("same", "C", 0),
                active("up", "D", 50),
                active("off", "E", 50),
                active("on", "F", 50),
                seen("draft", "A", State.DRAFT, "c", SHELF, 1));
        ledger.book.open(STORE, Set.of(), "tester");
        ledger.apply(RuleChange.set(scope(STORE, "up"), buffer(20)), RuleChange.set(scope(STORE, "on"), paused()));
        ledger.pushAll(STORE);

        List<RuleChange> changes = List.of(
                RuleChange.set(scope(STORE), buffer(10)),
                RuleChange.remove(scope(STORE, "up")),
                RuleChange.remove(scope(STORE, "on")),
                RuleChange.set(scope(STORE, "off"), paused()));
        RulePreview preview = rules.preview(changes, false, FIRST);
        assertThat(preview.totals()).isEqualTo(new RulePreview.Totals(7, 1, 1, 1, 1, 1, 2));
        Map<String, RulePreview.Row> rows = new HashMap<>();
        preview.rows().items().forEach(row -> rows.put(row.key().listing(), row));
        assertThat(rows.get("up")).satisfies(row -> {
            assertThat(row.now()).isEqualTo(new EffectiveRule(buffer(20), scope(STORE, "up")));
            assertThat(row.then()).isEqualTo(new EffectiveRule(buffer(10), scope(STORE)));
            assertThat(List.of(row.wantedNow(), row.wantedThen(), row.belief())).containsExactly(30L, 40L, 30L);
            assertThat(row.effect()).isEqualTo(RulePreview.Effect.RAISED);
        });
        assertThat(rows.get("zero").effect()).isEqualTo(RulePreview.Effect.ZEROED);
        assertThat(rows.get("draft").wantedThen()).isNull();
        assertThat(rules.preview(changes, true, new PageRequest(1, 3)).rows()).satisfies(page -> {
            assertThat(page.total()).isEqualTo(5);
            assertThat(page.items()).hasSize(3);
        });
        assertThat(rules.rules(RuleQuery.all(FIRST)).total())
                .as("nothing was changed")
                .isEqualTo(2);
        assertThat(ledger.marked(STORE)).isEmpty();
    }

    @Test
    void applyingMakesExactlyWhatThePreviewSaid() {
        ledger.store(STORE).store(OTHER);
        Random random = new Random(20_261);
        List<SeenListing> page = new ArrayList<>();
        for (int n = 0; n < 12; n++) {
            page.add(active("l" + n, "SKU-" + n, random.nextInt(30)));
        }
        ledger.pull(STORE, page.toArray(SeenListing[]::new));
        ledger.pull(OTHER, page.toArray(SeenListing[]::new));
        ledger.book.open(STORE, Set.of(), "tester");
        for (int round = 0; round < 25; round++) {
            ledger.pushAll(STORE);
            ledger.pushAll(OTHER);
            List<RuleChange> changes = randomChanges(random);
            RulePreview preview = rules.preview(changes, false, FIRST);
            ledger.apply(changes.toArray(RuleChange[]::new));

            Map<Long, Long> expected = new TreeMap<>();
            Map<String, Set<String>> concerned = new HashMap<>(
                    Map.of(STORE.value(), new java.util.TreeSet<>(), OTHER.value(), new java.util.TreeSet<>()));
            for (RulePreview.Row row : preview.rows().items()) {
                concerned.get(row.key().store().value()).add(row.key().listing());
                assertThat(row.now()).isNotEqualTo(row.then());
                assertThat(ledger.listing(row.key().store(), row.key().listing()))
                        .satisfies(view -> {
                            assertThat(view.rule()).isEqualTo(row.then());
                            assertThat(view.figures().get(0).wanted()).isEqualTo(row.wantedThen());
                        });
                if (row.wantedThen() != null && !row.wantedThen().equals(row.belief())) {
                    expected.put(row.figure(), row.wantedThen());
                }
            }
            String about = "round " + round + ": " + changes;
            assertThat(ledger.marked(STORE)).as(about).isEqualTo(concerned.get(STORE.value()));
            assertThat(ledger.marked(OTHER)).as(about).isEqualTo(concerned.get(OTHER.value()));
            Map<Long, Long> due = new TreeMap<>();
            List.of(STORE, OTHER)
                    .forEach(store -> ledger.due(store).forEach(each -> due.put(each.id(), each.wanted())));
            assertThat(due).as(about).isEqualTo(expected);
        }
    }

    private static List<RuleChange> randomChanges(Random random) {
        Map<RuleScope, RuleChange> changes = new LinkedHashMap<>();
        int count = 1 + random.nextInt(4);
        while (changes.size() < count) {
            StoreId store = random.nextBoolean() ? STORE : OTHER;
            RuleScope scope = switch (random.nextInt(6)) {
                case 0 -> RuleScope.DEFAULT;
                case 1 -> scope(store);
                default -> scope(store, "l" + random.nextInt(12));
            };
            changes.put(scope, new RuleChange(scope, random.nextInt(3) == 0 ? null : randomRule(random)));
        }
        return List.copyOf(changes.values());
    }

    private static ListingRule randomRule(Random random) {
        long min = random.nextInt(4);
        return new ListingRule(
                random.nextInt(5),
                random.nextBoolean() ? 10_000 : random.nextInt(10_001),
                min,
                random.nextBoolean() ? Long.MAX_VALUE : min + random.nextInt(20),
                random.nextInt(4),
                random.nextInt(8) == 0,
                random.nextBoolean());
    }

    // --- order -------------------------------------------------------------------------------------------------------

    @Test
    void whatMattersFirstIsDueFirst() {
        ledger.store(STORE).store(OTHER);
        List<String> skus = List.of("UP", "UP-FROM-0", "DOWN", "DOWN-BEST", "TO-0", "TO-3", "TO-4");
        List<SeenListing> page = new ArrayList<>();
        skus.forEach(sku -> page.add(active(sku, sku, sku.equals("UP-FROM-0") ? 0 : 50)));
        ledger.pull(STORE, page.toArray(SeenListing[]::new));
        ledger.pull(OTHER, page.toArray(SeenListing[]::new));
        ledger.book.open(STORE, Set.of(), "tester");
        ledger.pushAll(STORE);
        ledger.sell(OTHER, "DOWN-BEST", 10);
        ledger.sell(OTHER, "DOWN", 1);
        ledger.subtract(ledger.productOf("DOWN"), 19);
        ledger.set(ledger.productOf("TO-4"), 4);
        ledger.set(ledger.productOf("TO-3"), 3);
        ledger.set(ledger.productOf("TO-0"), 0);
        ledger.sell(OTHER, "TO-0", 2);
        ledger.set(ledger.productOf("UP"), 90);
        ledger.set(ledger.productOf("UP-FROM-0"), 1);

        assertThat(ledger.due(STORE))
                .extracting(due -> due.key().listing())
                .containsExactly("TO-0", "TO-3", "DOWN-BEST", "DOWN", "TO-4", "UP-FROM-0", "UP");
        assertThat(ledger.book.due(STORE, NOON, 3))
                .as("also when only some are wanted")
                .extracting(due -> due.key().listing())
                .containsExactly("TO-0", "TO-3", "DOWN-BEST");
    }

    @Test
    void unitsOfACancelledOrderCountAsNotSold() {
        ledger.store(STORE).store(OTHER);
        ledger.pull(STORE, active("a", "A", 50), active("b", "B", 50));
        ledger.pull(OTHER, active("a", "A", 50), active("b", "B", 50));
        ledger.book.open(STORE, Set.of(), "tester");
        ledger.pushAll(STORE);
        var line = ledger.line("b", "B", SHELF, ListingsLedger.ordered(20));
        ledger.order(OTHER, "o", NOON, NOON, line);
        ledger.order(
                OTHER,
                "o",
                NOON,
                NOON.plusSeconds(1),
                ledger.counted(line, new org.evenkeel.ledger.LineCounts(20, 19, 0, 0, 0)));
        ledger.sell(OTHER, "a", 4);
        assertThat(ledger.due(STORE)).extracting(due -> due.key().listing()).containsExactly("a", "b");
    }

    @Test
    void manyOfOneKindAreHandedOutOnceEach() {
        int listings = 700;
        ledger.store(STORE);
        List<SeenListing> page = new ArrayList<>();
        for (int n = 0; n < listings; n++) {
            page.add(active("l" + n, "SKU-" + n, 50));
        }
        ledger.pull(STORE, page.toArray(SeenListing[]::new));
        ledger.book.open(STORE, Set.of(), "tester");
        ledger.pushAll(STORE);
        ledger.rule(scope(STORE), buffer(1));
        assertThat(ledger.book.due(STORE, NOON, 1000))
                .extracting(DueFigure::id)
                .hasSize(listings)
                .doesNotHaveDuplicates();
    }

    // --- concurrency -------------------------------------------------------------------------------------------------

    @Test
    void noChangeOfARuleIsLostWhilePushesGo() throws Exception {
        int listings = 8;
        ledger.store(STORE);
        List<SeenListing> page = new ArrayList<>();
        for (int n = 0; n < listings; n++) {
            page.add(active("l" + n, "SKU-" + n, 100));
        }
        ledger.pull(STORE, page.toArray(SeenListing[]::new));
        ledger.book.open(STORE, Set.of(), "tester");
        Map<Long, Long> shelf = new ConcurrentHashMap<>();
        page.forEach(seen -> shelf.put(ledger.figureId(STORE, seen.listing()), 100L));

        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            AtomicBoolean changing = new AtomicBoolean(true);
            Future<?> lane = threads.submit(() -> {
                boolean last = false;
                while (!last) {
                    last = !changing.get();
                    pushAll(shelf);
                }
            });
            Future<?> pulls = threads.submit(() -> {
                while (changing.get()) {
                    ledger.pull(STORE, page.toArray(SeenListing[]::new));
                }
            });
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < 2; writer++) {
                Random random = new Random(writer);
                writers.add(threads.submit(() -> {
                    for (int i = 0; i < 30; i++) {
                        change(random, listings);
                    }
                }));
            }
            writers.add(threads.submit(() -> {
                Random random = new Random(7);
                for (int i = 0; i < 20; i++) {
                    ledger.add(ledger.productOf("SKU-" + random.nextInt(listings)), 1 + random.nextInt(3));
                }
            }));
            for (Future<?> writer : writers) {
                writer.get(120, TimeUnit.SECONDS);
            }
            changing.set(false);
            lane.get(60, TimeUnit.SECONDS);
            pulls.get(60, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
        for (int n = 0; n < listings; n++) {
            ListingView view = ledger.listing(STORE, "l" + n);
            ListingView.Figure figure = view.figures().get(0);
            long forSale = ledger.inventory.stock(ledger.productOf("SKU-" + n)).forSale();
            assertThat(shelf.get(figure.id()))
                    .as("shelf of l" + n + " under " + view.rule())
                    .isEqualTo(view.rule().rule().figure(forSale))
                    .isEqualTo(figure.belief());
        }
    }

    private void change(Random random, int listings) {
        RuleScope scope = switch (random.nextInt(4)) {
            case 0 -> RuleScope.DEFAULT;
            case 1 -> scope(STORE);
            default -> scope(STORE, "l" + random.nextInt(listings));
        };
        ledger.rule(scope, random.nextInt(4) == 0 ? null : buffer(random.nextInt(90)));
    }

    private void pushAll(Map<Long, Long> shelf) {
        while (true) {
            List<DueFigure> due = ledger.book.due(STORE, NOON, 3);
            if (due.isEmpty()) {
                return;
            }
            String key = "batch-" + System.nanoTime();
            ledger.sending(STORE, key, due.toArray(DueFigure[]::new));
            due.forEach(each -> shelf.put(each.id(), each.wanted()));
            due.forEach(each -> ledger.sent(STORE, key, each, Kind.ACKNOWLEDGED));
        }
    }
}
