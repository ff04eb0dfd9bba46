package org.evenkeel.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.database.testing.TestDatabases;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.WebhookTraffic.Counts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a webhook. */
@Timeout(60)
class IntakeTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
    private static final int LARGEST = 100;

    private static final AtomicInteger TESTS = new AtomicInteger();
    private static TestDatabase database;
    private static Inbox inbox;

    /** Each test has stores of its own in the one database. */
    private final String one = "one-" + TESTS.incrementAndGet();

    private final Receivers receivers = new Receivers();
    private final Counting counting = new Counting();
    private final FakeReceiver store = new FakeReceiver();
    private final StoreConnector connector = store.connector();
    private final ConcurrentLinkedQueue<String> kept = new ConcurrentLinkedQueue<>();
    private final Intake intake = intake(inbox);

    private Intake intake(Inbox keeps) {
        return new Intake(
                receivers,
                new KnownStores(() -> Set.of(one, "away"), InstantSource.fixed(NOW)),
                new Gate(4),
                keeps,
                counting,
                new Intake.Surroundings(
                        InstantSource.fixed(NOW),
                        Post::peer,
                        id -> Optional.empty(),
                        (store, figures) -> kept.add(store)),
                LARGEST);
    }

    IntakeTest() {
        receivers.add(one, connector);
    }

    @BeforeAll
    static void open() {
        database = TestDatabases.derby();
        inbox = new Inbox(database.database(), Duration.ofDays(7), 1000);
    }

    @AfterAll
    static void close() {
        inbox.close();
        database.close();
    }

    private Answer take(String text) {
        return intake.take(new Letter(one, text));
    }

    private Counts counts() {
        return counting.counts(new StoreId(one));
    }

    private int rows() throws Exception {
        try (Connection connection = DriverManager.getConnection(database.url());
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery("select count(*) from webhook_event where store = '" + one + "'")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void whatIsGenuineIsKeptBeforeItIsAnsweredAndThenHintedAt() throws Exception {
        assertThat(take("order e1")).isEqualTo(Answer.TAKEN);

        assertThat(rows()).isEqualTo(1);
        assertThat(kept).containsExactly(one);
        assertThat(counts().taken()).isEqualTo(1);
        assertThat(counts().lastTakenAt()).isEqualTo(NOW);
    }

    @Test
    void aReplayIsAnsweredLikeTheFirstAndDoesNothingMore() throws Exception {
        for (int i = 0; i < 500; i++) {
            assertThat(take("order e1")).isEqualTo(Answer.TAKEN);
        }

        assertThat(rows()).isEqualTo(1);
        assertThat(kept).containsExactly(one);
        assertThat(counts().repeated()).isEqualTo(499);
    }

    @Test
    void withoutAnEventOfTheStoreEqualBodiesAreOne() throws Exception {
        take("order");
        take("order");
        take("order ");
        assertThat(rows()).isEqualTo(2);

        assertThat(take("order " + "x".repeat(LARGEST - 10))).isEqualTo(Answer.TAKEN);
        assertThat(rows()).isEqualTo(3);
    }

    @Test
    void aFloodOfForgeriesWritesNothingAndHintsAtNothing() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            assertThat(take("forged " + i)).isEqualTo(Answer.REJECTED);
        }

        assertThat(rows()).isZero();
        assertThat(kept).isEmpty();
        assertThat(counts().rejected()).isEqualTo(10_000);
        assertThat(counts().lastWords()).contains("signature");
    }

    @Test
    void whatConcernsNothingHereIsTakenAndForgotten() throws Exception {
        assertThat(take("nothing e1")).isEqualTo(Answer.TAKEN);
        assertThat(rows()).isZero();
        assertThat(kept).isEmpty();
    }

    @Test
    void whatAStoreSaysOfItsAccessIsShownAndLookedInto() {
        assertThat(take("access e1")).isEqualTo(Answer.TAKEN);
        assertThat(counts().lastWords()).contains("app was removed");
        assertThat(kept).containsExactly(one);
    }

    @Test
    void whileTheConnectorIsAwayTheStoreIsAskedToSendItAgain() {
        assertThat(intake.take(new Letter("away", "order e1"))).isEqualTo(Answer.AWAY);
        assertThat(Answer.AWAY.status()).isEqualTo(503);
        assertThat(Answer.AWAY.retryAfter()).isPositive();
        receivers.remove(one, connector);
        assertThat(take("order e1")).isEqualTo(Answer.AWAY);
        assertThat(intake.take(new Letter("stranger", "order e1"))).isEqualTo(Answer.NOBODY);
    }

    @Test
    void aStoreWithoutAReceiverTakesNothing() {
        receivers.add("other", (StoreConnector) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {StoreConnector.class}, (proxy, method, args) -> null));
        assertThat(receivers.of("other")).isEmpty();
    }

    @Test
    void anUpdatedConnectorIsNotTakenAwayByItsPredecessorsEnd() {
        receivers.add(one, new FakeReceiver().connector());
        receivers.remove(one, connector);
        assertThat(receivers.of(one)).isPresent();
    }

    @Test
    void whatIsTooLargeIsRefusedByItsClaimAndByItsBody() {
        assertThat(intake.take(new Letter(one, "order e1", LARGEST + 1))).isEqualTo(Answer.TOO_LARGE);
        assertThat(intake.take(new Letter(one, "order " + "x".repeat(LARGEST), -1)))
                .isEqualTo(Answer.TOO_LARGE);
        assertThat(kept).isEmpty();
        assertThat(counts().turnedAway()).isEqualTo(2);
    }

    @Test
    void whoFloodsOneStoreLeavesTheOthersTheirHalf() throws Exception {
        FakeReceiver other = new FakeReceiver();
        receivers.add("two", other.connector());
        store.open = new CountDownLatch(1);
        List<CompletableFuture<Answer>> inside = List.of(
                CompletableFuture.supplyAsync(() -> take("order e1")),
                CompletableFuture.supplyAsync(() -> take("order e2")));
        assertThat(store.came.await(10, TimeUnit.SECONDS)).isTrue();
        Awaitility.await().until(() -> take("order e3").equals(Answer.TOO_MANY_OF_STORE));

        assertThat(intake.take(new Letter("two", "order e1"))).isEqualTo(Answer.TAKEN);
        store.open.countDown();
        for (CompletableFuture<Answer> one : inside) {
            assertThat(one.get(10, TimeUnit.SECONDS)).isEqualTo(Answer.TAKEN);
        }
        assertThat(take("order e4")).isEqualTo(Answer.TAKEN);
    }

    @Test
    void aConnectorThatFailsAsOnlyABugFailsIsAskedAgainLater() {
        assertThat(take("bug")).isEqualTo(Answer.NOT_KEPT);
        assertThat(take("order e1")).isEqualTo(Answer.TAKEN);
    }

    @Test
    void whatCannotBeKeptIsNotTakenFor200() {
        TestDatabase other = TestDatabases.derby();
        Inbox closed = new Inbox(other.database(), Duration.ofDays(7), 1000);
        other.close();

        assertThat(intake(closed).take(new Letter(one, "order e1"))).isEqualTo(Answer.NOT_KEPT);
        assertThat(Answer.NOT_KEPT.status()).isEqualTo(503);
        assertThat(kept).isEmpty();
    }
}
