package org.evenkeel.connector.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.evenkeel.connector.Capabilities;
import org.evenkeel.connector.CheckReport;
import org.evenkeel.connector.ConfigurationException;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.FigureReading;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.connector.ListingEntry;
import org.evenkeel.connector.ListingPage;
import org.evenkeel.connector.OrderEntry;
import org.evenkeel.connector.OrderLine;
import org.evenkeel.connector.OrderLookup;
import org.evenkeel.connector.OrderPage;
import org.evenkeel.connector.OrderSnapshot;
import org.evenkeel.connector.PushBatch;
import org.evenkeel.connector.PushOutcome;
import org.evenkeel.connector.RateLimitedException;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.connector.StoreListing;
import org.evenkeel.connector.StoreState;
import org.evenkeel.connector.TransientException;
import org.evenkeel.connector.WebhookReceiver;
import org.evenkeel.connector.WebhookRejectedException;
import org.evenkeel.connector.WebhookRequest;
import org.evenkeel.connector.tck.StoreUnderTest.Trouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every connector keeps, whatever its store. It speaks the SPI and nothing else; what a store cannot do by its
 * declared capabilities is skipped in words.
 */
@Timeout(60)
public abstract class ConnectorContract {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** So many calls end any pull of these tests; more means that it never ends. */
    private static final int LONGEST_PULL = 1_000;

    private final StoreState state = new TestCall.State();
    private StoreUnderTest store;

    /** A fresh, empty store with its connector; not null. */
    protected abstract StoreUnderTest open() throws Exception;

    @BeforeEach
    final void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    // ---- what it says of itself

    @Test
    void capabilitiesStayTheSame() {
        assertThat(connector().capabilities()).isNotNull().isEqualTo(connector().capabilities());
    }

    @Test
    void webhooksAreDeclaredExactlyWhereTheyAreTaken() {
        assertThat(connector() instanceof WebhookReceiver)
                .isEqualTo(connector().capabilities().webhooks());
    }

    @Test
    void noSecretIsInItsDescription() {
        assertThat(connector().toString()).doesNotContain(store.secret());
    }

    // ---- check

    @Test
    void checkOfAGoodStorePassesAndNamesAccountAndLocations() throws ConnectorException {
        CheckReport report = connector().check(call());
        assertThat(report.passed()).as(report.findings().toString()).isTrue();
        assertThat(report.account()).isNotEmpty();
        assertThat(report.locations()).anyMatch(location -> location.writable());
    }

    @Test
    void checkTellsRefusedCredentialsAsAFindingWithAWayOut() throws ConnectorException {
        store.trouble(Trouble.REFUSED_CREDENTIALS, true);
        CheckReport report = connector().check(call());
        assertThat(report.passed()).isFalse();
        assertThat(report.findings())
                .filteredOn(finding -> finding.severity() == CheckReport.Severity.ERROR)
                .isNotEmpty()
                .allSatisfy(finding -> {
                    assertThat(finding.text()).isNotBlank();
                    assertThat(finding.wayOut()).isNotBlank();
                });
        assertThat(report.toString()).doesNotContain(store.secret());
    }

    // ---- listings

    @Test
    void anEmptyStoreHasNoListings() throws ConnectorException {
        assertThat(listings()).isEmpty();
    }

    @Test
    void eachListingComesOnceWithItsFigureAcrossPages() throws ConnectorException {
        int products = 300;
        for (int i = 0; i < products; i++) {
            store.addProduct("Product " + i, "SKU-" + i, i);
        }
        List<StoreListing> listings = listings();
        assertThat(listings).hasSize(products);
        assertThat(listings).extracting(StoreListing::id).doesNotHaveDuplicates();
        for (StoreListing listing : listings) {
            assertThat(listing.state()).isEqualTo(StoreListing.State.ACTIVE);
            assertThat(listing.figures())
                    .extracting(StoreListing.Figure::quantity)
                    .containsExactly(Long.parseLong(listing.sku().substring("SKU-".length())));
        }
    }

    @Test
    void aListingWithoutASkuIsThereWithoutOne() throws ConnectorException {
        store.addProduct("Nameless", null, 3);
        assertThat(listings()).singleElement().extracting(StoreListing::sku).isNull();
    }

    @Test
    void aSkuComesAsTheStoreHasIt() throws ConnectorException {
        store.addProduct("Odd", "  ab\u00e9 / 1 ", 3);
        assertThat(listings()).singleElement().extracting(StoreListing::sku).isEqualTo("  ab\u00e9 / 1 ");
    }

    // ---- orders

    @Test
    void anOrderTellsWhatWasBought() throws ConnectorException {
        store.addProduct("Apples", "APPLES", 50);
        StoreListing listing = listings().get(0);
        Instant since = store.now();
        String id = store.order("APPLES", 4);
        OrderSnapshot order = pull(since).orders.get(id);
        assertThat(order.placedAt()).isAfterOrEqualTo(since);
        assertThat(order.origin()).isNull();
        OrderLine line = order.lines().get(0);
        assertThat(line.listing()).isEqualTo(listing.id());
        assertThat(line.sku()).isEqualTo("APPLES");
        assertCounts(line, 4, 0, 0, 0, 0);
    }

    @Test
    void anOrderFollowsItsLife() throws ConnectorException {
        store.addProduct("Apples", "APPLES", 50);
        Pull pull = pull(store.now());
        String id = store.order("APPLES", 5);
        store.advance(10);
        store.fulfil(id, 2);
        pull = pull.again();
        assertCounts(pull.orders.get(id).lines().get(0), 5, 0, 0, 2, 0);
        store.advance(10);
        store.giveBack(id, 1);
        pull = pull.again();
        assertCounts(pull.orders.get(id).lines().get(0), 5, 0, 0, 2, 1);
        store.advance(10);
        store.cancel(id);
        pull = pull.again();
        assertCounts(pull.orders.get(id).lines().get(0), 5, 3, 0, 2, 1);
    }

    @Test
    void ordersBeforeTheStartAreNotTold() throws ConnectorException {
        store.addProduct("Apples", "APPLES", 50);
        store.order("APPLES", 1);
        store.advance(60);
        String later = store.order("APPLES", 1);
        assertThat(pull(store.now()).orders).containsOnlyKeys(later);
    }

    @Test
    void noOrderIsMissedAcrossPages() throws ConnectorException {
        store.addProduct("Apples", "APPLES", 500);
        Instant since = store.now();
        Set<String> placed = new HashSet<>();
        for (int i = 0; i < 120; i++) {
            placed.add(store.order("APPLES", 1));
            store.advance(i % 3 == 0 ? 1 : 0);
        }
        assertThat(pull(since).orders.keySet()).containsExactlyInAnyOrderElementsOf(placed);
    }

    @Test
    void changesComeOldestFirst() throws ConnectorException {
        store.addProduct("Apples", "APPLES", 500);
        Instant since = store.now();
        List<String> placed = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            placed.add(store.order("APPLES", 1));
            store.advance(1);
        }
        assertThat(new ArrayList<>(pull(since).orders.keySet())).isEqualTo(placed);
    }

    @Test
    void aChangeInTheSameSecondAsThePullIsNotMissed() throws ConnectorException {
        store.addProduct("Apples", "APPLES", 500);
        Instant since = store.now();
        String first = store.order("APPLES", 1);
        Pull pull = pull(since);
        String second = store.order("APPLES", 1);
        store.fulfil(first, 1);
        pull = pull.again();
        assertThat(pull.orders).containsKeys(first, second);
        assertThat(pull.orders.get(first).lines().get(0).fulfilled()).isEqualTo(1);
    }

    @Test
    void aCursorMayBeUsedTwice() throws ConnectorException {
        store.addProduct("Apples", "APPLES", 500);
        Pull before = pull(store.now());
        String id = store.order("APPLES", 1);
        assertThat(before.again().orders).containsKey(id);
        assertThat(before.again().orders).containsKey(id);
    }

    @Test
    void aQuietStoreEndsItsPullWithACursorOfBoundedLength() throws ConnectorException {
        Pull pull = pull(store.now());
        for (int i = 0; i < 5; i++) {
            pull = pull.again();
            assertThat(pull.orders).isEmpty();
            assertThat(pull.cursor).hasSizeLessThanOrEqualTo(2_000);
        }
    }

    @Test
    void everyLineOfALongOrderIsTold() throws ConnectorException {
        List<String> skus = IntStream.range(0, 300).mapToObj(i -> "SKU-" + i).toList();
        skus.forEach(sku -> store.addProduct("Product " + sku, sku, 10));
        Instant since = store.now();
        String id = store.order(skus);
        assertThat(pull(since).orders.get(id).lines())
                .extracting(OrderLine::sku)
                .containsExactlyInAnyOrderElementsOf(skus);
    }

    @Test
    void ordersAreReadByIdAndDeletedOnesAreGone() throws ConnectorException {
        store.addProduct("Apples", "APPLES", 50);
        String kept = store.order("APPLES", 2);
        String deleted = store.order("APPLES", 3);
        store.delete(deleted);
        Map<String, OrderLookup> answers = new HashMap<>();
        for (OrderLookup answer : lookUp(List.of(kept, deleted))) {
            assertThat(answers.put(answer.id(), answer)).isNull();
        }
        assertThat(answers.get(kept)).isInstanceOf(OrderLookup.Found.class);
        assertThat(answers.get(deleted)).isInstanceOf(OrderLookup.Gone.class);
    }

    @Test
    void anOrderReadByIdIsTheOneThatWasPulled() throws ConnectorException {
        store.addProduct("Apples", "APPLES", 50);
        Instant since = store.now();
        String id = store.order("APPLES", 5);
        store.fulfil(id, 2);
        OrderSnapshot pulled = pull(since).orders.get(id);
        assertThat(lookUp(List.of(id))).containsExactly(new OrderLookup.Found(pulled));
    }

    // ---- figures

    @Test
    void aPushedFigureIsShownAndReadBack() throws ConnectorException {
        store.addProduct("Apples", "APPLES", 50);
        FigureTarget target = target("APPLES");
        assertThat(push(item("APPLES", 46, 50L))).containsExactly(new PushOutcome.Acknowledged());
        assertThat(store.figure("APPLES")).isEqualTo(46);
        assertThat(connector().readBack(List.of(target), call())).containsExactly(new FigureReading(target, 46));
    }

    @Test
    void zeroIsPushed() throws ConnectorException {
        assumeTrue(connector().capabilities().zeroAllowed(), "Skipped: the store does not take 0.");
        store.addProduct("Apples", "APPLES", 50);
        assertThat(push(item("APPLES", 0, 50L))).containsExactly(new PushOutcome.Acknowledged());
        assertThat(store.figure("APPLES")).isZero();
    }

    @Test
    void withoutAnExpectedFigureAnyIsReplaced() throws ConnectorException {
        store.addProduct("Apples", "APPLES", 50);
        assertThat(push(item("APPLES", 7, null))).containsExactly(new PushOutcome.Acknowledged());
        assertThat(store.figure("APPLES")).isEqualTo(7);
    }

    @Test
    void aStaleItemChangesNothingAndIsTold() throws ConnectorException {
        assumeTrue(connector().capabilities().compareAndSet(), "Skipped: the store sets without a condition.");
        store.addProduct("Apples", "APPLES", 50);
        PushBatch.Item item = item("APPLES", 60, 50L);
        store.order("APPLES", 4);
        assertThat(push(item)).singleElement().isInstanceOf(PushOutcome.Stale.class);
        assertThat(store.figure("APPLES")).isEqualTo(46);
    }

    @Test
    void aStaleItemDoesNotMakeOthersLieAboutTheirOutcome() throws ConnectorException {
        Capabilities can = connector().capabilities();
        assumeTrue(can.compareAndSet() && can.pushBatch() > 1, "Skipped: the store sets one by one or blindly.");
        store.addProduct("Apples", "APPLES", 50);
        store.addProduct("Pears", "PEARS", 50);
        store.addProduct("Plums", "PLUMS", 50);
        List<PushBatch.Item> items = List.of(item("APPLES", 10, 50L), item("PEARS", 11, 49L), item("PLUMS", 12, 50L));
        List<PushOutcome> outcomes = push(items.toArray(PushBatch.Item[]::new));
        assertThat(outcomes).hasSize(3);
        assertThat(outcomes.get(1)).isInstanceOf(PushOutcome.Stale.class);
        assertToldTruly(outcomes.get(0), "APPLES", 10, 50);
        assertToldTruly(outcomes.get(2), "PLUMS", 12, 50);
    }

    @Test
    void aWholeBatchIsPushed() throws ConnectorException {
        int size = Math.min(connector().capabilities().pushBatch(), 300);
        for (int i = 0; i < size; i++) {
            store.addProduct("Product " + i, "SKU-" + i, 5);
        }
        List<PushBatch.Item> items = listings().stream()
                .map(listing -> new PushBatch.Item(target(listing), listing.sku(), 9, 5L))
                .toList();
        assertThat(push(items.toArray(PushBatch.Item[]::new)))
                .hasSize(size)
                .containsOnly(new PushOutcome.Acknowledged());
        assertThat(store.figure("SKU-" + (size - 1))).isEqualTo(9);
    }

    @Test
    void aRepeatedBatchTakesEffectOnce() throws ConnectorException {
        assumeTrue(connector().capabilities().idempotencyKeys(), "Skipped: the store has no idempotency keys.");
        store.addProduct("Apples", "APPLES", 50);
        PushBatch batch = new PushBatch(key(), List.of(item("APPLES", 60, null)));
        assertThat(connector().push(batch, call())).containsExactly(new PushOutcome.Acknowledged());
        store.order("APPLES", 4);
        assertThat(connector().push(batch, call())).containsExactly(new PushOutcome.Acknowledged());
        assertThat(store.figure("APPLES")).isEqualTo(56);
    }

    @Test
    void whatTheStoreDoesNotHaveIsMissingInAReadBack() throws ConnectorException {
        store.addProduct("Apples", "APPLES", 50);
        FigureTarget target = target("APPLES");
        FigureTarget elsewhere = new FigureTarget(target.listing(), target.counter() + "9", target.location());
        assertThat(connector().readBack(List.of(elsewhere, target), call()))
                .containsExactly(new FigureReading(target, 50));
    }

    // ---- trouble

    @Test
    void aRateLimitIsToldWithTheWait() {
        store.trouble(Trouble.RATE_LIMIT, true);
        assertThatThrownBy(() -> connector().listings(null, call()))
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        e -> assertThat(e.retryAfter()).isBetween(Duration.ZERO, Duration.ofHours(1)));
    }

    @Test
    void aRateLimitedPushChangedNothing() throws ConnectorException {
        store.addProduct("Apples", "APPLES", 50);
        PushBatch.Item item = item("APPLES", 60, 50L);
        store.trouble(Trouble.RATE_LIMIT, true);
        assertThatThrownBy(() -> push(item)).isInstanceOf(RateLimitedException.class);
        assertThat(store.figure("APPLES")).isEqualTo(50);
    }

    @Test
    void passingFaultsOfReadingAreTransient() {
        for (Trouble trouble : List.of(Trouble.SERVER_ERROR, Trouble.DROP_BEFORE, Trouble.CUT_OFF)) {
            store.trouble(trouble, true);
            assertThatThrownBy(() -> connector().orders(null, store.now(), call()))
                    .as("orders, %s", trouble)
                    .isInstanceOf(TransientException.class);
            assertThatThrownBy(() -> connector().listings(null, call()))
                    .as("listings, %s", trouble)
                    .isInstanceOf(TransientException.class);
            store.calm();
        }
    }

    @Test
    void refusedCredentialsStopEverythingButTheCheck() {
        store.trouble(Trouble.REFUSED_CREDENTIALS, true);
        Throwable refusal = catchThrowable(() -> connector().orders(null, store.now(), call()));
        assertThat(refusal).isInstanceOf(ConfigurationException.class);
        assertThat(refusal.toString()).doesNotContain(store.secret());
        assertThatThrownBy(() -> connector().listings(null, call())).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void aPushOfUnknownEndIsToldAsUnknown() throws ConnectorException {
        store.addProduct("Apples", "APPLES", 50);
        for (Trouble trouble : List.of(Trouble.DROP_AFTER, Trouble.CUT_OFF, Trouble.DROP_BEFORE)) {
            PushBatch.Item item = item("APPLES", 60, null);
            store.trouble(trouble, true);
            assertThat(push(item)).as("%s", trouble).singleElement().isInstanceOf(PushOutcome.Unknown.class);
            store.calm();
        }
    }

    @Test
    void aPushOfUnknownEndMayBeRepeatedUnderItsKey() throws ConnectorException {
        assumeTrue(connector().capabilities().idempotencyKeys(), "Skipped: the store has no idempotency keys.");
        store.addProduct("Apples", "APPLES", 50);
        PushBatch batch = new PushBatch(key(), List.of(item("APPLES", 60, 50L)));
        store.trouble(Trouble.DROP_AFTER, false);
        assertThat(connector().push(batch, call())).singleElement().isInstanceOf(PushOutcome.Unknown.class);
        store.calm();
        store.order("APPLES", 4);
        assertThat(connector().push(batch, call())).containsExactly(new PushOutcome.Acknowledged());
        assertThat(store.figure("APPLES")).isEqualTo(56);
    }

    @Test
    void aSilentStoreIsGivenUpAtTheDeadline() throws ConnectorException {
        store.addProduct("Apples", "APPLES", 50);
        PushBatch batch = new PushBatch(key(), List.of(item("APPLES", 60, 50L)));
        store.trouble(Trouble.SILENCE, true);
        assertThatThrownBy(() -> connector().orders(null, store.now(), call(Duration.ofMillis(300))))
                .isInstanceOf(TransientException.class);
        assertThat(connector().push(batch, call(Duration.ofMillis(300))))
                .singleElement()
                .isInstanceOf(PushOutcome.Unknown.class);
    }

    @Test
    void anInterruptedCallReturnsSoon() throws Exception {
        store.trouble(Trouble.SILENCE, true);
        CountDownLatch started = new CountDownLatch(1);
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Instant now = store.now();
        Thread lane = new Thread(() -> {
            started.countDown();
            end.complete(catchThrowable(() -> connector().orders(null, now, call())));
        });
        lane.start();
        assertThat(started.await(5, TimeUnit.SECONDS)).isTrue();
        lane.interrupt();
        assertThat(end.get(10, TimeUnit.SECONDS)).isInstanceOf(TransientException.class);
    }

    @Test
    void anUnsignedWebhookIsRejected() {
        assumeTrue(connector() instanceof WebhookReceiver, "Skipped: the store sends no webhooks.");
        WebhookRequest forged = new WebhookRequest(Map.of(), "{\"id\": 1}".getBytes());
        assertThatThrownBy(() -> ((WebhookReceiver) connector()).receive(forged))
                .isInstanceOf(WebhookRejectedException.class);
    }

    // ---- the tools of these tests

    private StoreConnector connector() {
        return store.connector();
    }

    private TestCall call() {
        return call(PATIENCE);
    }

    private TestCall call(Duration patience) {
        return new TestCall(patience, state);
    }

    private List<StoreListing> listings() throws ConnectorException {
        List<StoreListing> all = new ArrayList<>();
        String cursor = null;
        for (int calls = 0; calls < LONGEST_PULL; calls++) {
            ListingPage page = patiently(cursor, at -> connector().listings(at, call()));
            for (ListingEntry entry : page.entries()) {
                assertThat(entry).isInstanceOf(StoreListing.class);
                all.add((StoreListing) entry);
            }
            if (page.next() == null) {
                return all;
            }
            cursor = page.next();
        }
        throw new AssertionError("The pull of listings does not end.");
    }

    private List<OrderLookup> lookUp(List<String> ids) throws ConnectorException {
        return patiently(ids, some -> connector().ordersById(some, call()));
    }

    private Pull pull(Instant since) throws ConnectorException {
        return new Pull(null, since);
    }

    /** One pull of orders to its end; of an order that comes twice the latest state counts. */
    private final class Pull {
        private final Map<String, OrderSnapshot> orders = new LinkedHashMap<>();
        private final Instant since;
        private String cursor;

        Pull(String from, Instant since) throws ConnectorException {
            this.cursor = from;
            this.since = since;
            for (int calls = 0; calls < LONGEST_PULL; calls++) {
                OrderPage page = patiently(cursor, at -> connector().orders(at, since, call()));
                page.entries().forEach(this::add);
                cursor = page.cursor();
                if (!page.more()) {
                    return;
                }
            }
            throw new AssertionError("The pull of orders does not end.");
        }

        Pull again() throws ConnectorException {
            return new Pull(cursor, since);
        }

        private void add(OrderEntry entry) {
            assertThat(entry).isInstanceOf(OrderSnapshot.class);
            OrderSnapshot order = (OrderSnapshot) entry;
            OrderSnapshot known = orders.get(order.id());
            if (known == null || !order.updatedAt().isBefore(known.updatedAt())) {
                orders.put(order.id(), order);
            }
        }
    }

    /** A call of a connector. */
    private interface Asking<Q, A> {
        A ask(Q question) throws ConnectorException;
    }

    /** Waits as a host does when the store asks for patience. */
    private static <Q, A> A patiently(Q question, Asking<Q, A> asking) throws ConnectorException {
        for (int tries = 0; tries < 50; tries++) {
            try {
                return asking.ask(question);
            } catch (RateLimitedException e) {
                pause(e.retryAfter());
            }
        }
        throw new AssertionError("The store never lets this call pass.");
    }

    private static void pause(Duration time) {
        CompletableFuture<Void> never = new CompletableFuture<>();
        never.completeOnTimeout(null, time.toMillis() + 1, TimeUnit.MILLISECONDS);
        never.join();
    }

    private FigureTarget target(String sku) throws ConnectorException {
        return listings().stream()
                .filter(listing -> sku.equals(listing.sku()))
                .map(ConnectorContract::target)
                .findFirst()
                .orElseThrow();
    }

    private static FigureTarget target(StoreListing listing) {
        return new FigureTarget(
                listing.id(), listing.counter(), listing.figures().get(0).location());
    }

    private PushBatch.Item item(String sku, long figure, Long expected) throws ConnectorException {
        return new PushBatch.Item(
                target(sku), sku, figure, connector().capabilities().compareAndSet() ? expected : null);
    }

    private List<PushOutcome> push(PushBatch.Item... items) throws ConnectorException {
        return connector().push(new PushBatch(key(), List.of(items)), call());
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private void assertToldTruly(PushOutcome outcome, String sku, long pushed, long before) {
        if (outcome instanceof PushOutcome.Acknowledged) {
            assertThat(store.figure(sku)).isEqualTo(pushed);
        } else {
            assertThat(outcome).isInstanceOf(PushOutcome.NotSent.class);
            assertThat(store.figure(sku)).isEqualTo(before);
        }
    }

    private static void assertCounts(
            OrderLine line, long ordered, long cancelled, long lost, long fulfilled, long returned) {
        assertThat(List.of(line.ordered(), line.cancelled(), line.lost(), line.fulfilled(), line.returned()))
                .as("ordered, cancelled, lost, fulfilled, returned")
                .containsExactly(ordered, cancelled, lost, fulfilled, returned);
    }
}
