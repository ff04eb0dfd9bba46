package org.evenkeel.connector.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.evenkeel.connector.Capabilities;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.RateLimitedException;
import org.evenkeel.connector.StoreState;
import org.evenkeel.connector.TransientException;
import org.evenkeel.connector.WebhookReceiver;
import org.evenkeel.connector.WebhookReceiver.Hint;
import org.evenkeel.connector.WebhookReceiver.Webhook;
import org.evenkeel.connector.WebhookRejectedException;
import org.evenkeel.connector.WebhookRequest;
import org.evenkeel.connector.WebhookSubscriptions;
import org.evenkeel.connector.WebhookSubscriptions.Report;
import org.evenkeel.connector.WebhookSubscriptions.Step;
import org.evenkeel.connector.tck.StoreUnderTest.Trouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every connector that takes webhooks keeps. The part about subscriptions is skipped, in words, where the store cannot
 * be told by its API where to call back.
 */
@Timeout(60)
public abstract class WebhookContract {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final URI HERE = URI.create("https://stock.example.org/webhooks/store-1");
    private static final URI MOVED = URI.create("https://warehouse.example.org/evenkeel/webhooks/store-1");

    private final StoreState state = new TestCall.State();
    private WebhookStoreUnderTest store;

    /** A fresh, empty store with its connector; not null. */
    protected abstract WebhookStoreUnderTest open() throws Exception;

    @BeforeEach
    final void openStore() throws Exception {
        store = open();
        store.addProduct("Apple", "APPLE-1", 50);
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    // ---- what comes in

    @Test
    void webhooksAreDeclared() {
        Capabilities can = store.connector().capabilities();
        assertThat(can.webhooks()).isTrue();
    }

    @Test
    void aGenuineWebhookHintsAtItsOrder() throws WebhookRejectedException {
        String order = store.order("APPLE-1", 2);
        assertThat(receiver().receive(store.webhook(order)).hints()).contains(new Hint.Orders(order));
    }

    @Test
    void whatIsUnsignedOrTamperedWithIsRejectedWithoutASecretInTheWords() {
        WebhookRequest genuine = store.webhook(store.order("APPLE-1", 2));
        WebhookRequest unsigned = new WebhookRequest(Map.of(), genuine.body());
        for (WebhookRequest forged : new WebhookRequest[] {unsigned, store.tampered(genuine)}) {
            WebhookRejectedException refusal = catchThrowableOfType(
                    WebhookRejectedException.class, () -> receiver().receive(forged));
            assertThat(refusal).isNotNull();
            assertThat(refusal.getMessage()).isNotBlank().doesNotContain(store.secret());
        }
    }

    @Test
    void anEventIsTheSameHoweverOftenItIsDelivered() throws WebhookRejectedException {
        WebhookRequest first = store.webhook(store.order("APPLE-1", 2));
        Webhook once = receiver().receive(first);
        Webhook again = receiver().receive(store.again(first));
        Webhook another = receiver().receive(store.webhook(store.order("APPLE-1", 1)));

        assertThat(again).isEqualTo(once);
        assertThat(another.hints()).isNotEqualTo(once.hints());
        if (!once.event().isEmpty()) {
            assertThat(another.event()).isNotEqualTo(once.event());
        }
    }

    @Test
    @Timeout(5)
    void theStoreIsNotAskedWhileAWebhookIsTaken() throws WebhookRejectedException {
        WebhookRequest webhook = store.webhook(store.order("APPLE-1", 2));
        store.trouble(Trouble.SILENCE, true);
        for (int i = 0; i < 1_000; i++) {
            assertThat(receiver().receive(webhook).hints()).isNotEmpty();
        }
    }

    // ---- where the store is told to call

    @Test
    void subscribingMakesWhatIsMissingAndThenNothing() throws ConnectorException {
        Report first = subscriptions().subscribe(HERE, call());
        assertThat(first.refused()).isEmpty();
        assertThat(first.done()).isNotEmpty().allMatch(done -> done.step() == Step.CREATED);
        assertThat(store.callsBackAt()).hasSameSizeAs(first.present()).containsOnly(HERE.toString());
        assertThat(subscriptions().subscriptions(call())).hasSameSizeAs(first.present());

        Report second = subscriptions().subscribe(HERE, call());
        assertThat(second.done()).isEmpty();
        assertThat(second.present()).hasSameSizeAs(first.present());
    }

    @Test
    void whatTheStoreGaveUpIsMadeAgain() throws ConnectorException {
        Report first = subscriptions().subscribe(HERE, call());
        store.forgetOneSubscription();
        Report mended = subscriptions().subscribe(HERE, call());

        assertThat(mended.done()).hasSize(1);
        assertThat(mended.present()).hasSameSizeAs(first.present()).allMatch(one -> one.active());
        assertThat(store.callsBackAt()).hasSameSizeAs(first.present());
    }

    @Test
    void whatPointsToAnEarlierAddressIsMoved() throws ConnectorException {
        Report first = subscriptions().subscribe(HERE, call());
        Report moved = subscriptions().subscribe(MOVED, call());

        assertThat(moved.present()).hasSameSizeAs(first.present());
        assertThat(store.callsBackAt()).hasSameSizeAs(first.present()).containsOnly(MOVED.toString());
    }

    @Test
    void othersSubscriptionsAreLeftAlone() throws ConnectorException {
        String other = "https://reports.example.org/shop";
        store.subscribeSomebodyElse(other);
        subscriptions().subscribe(HERE, call());
        assertThat(store.callsBackAt()).contains(other);
        subscriptions().unsubscribe(HERE, call());

        assertThat(store.callsBackAt()).containsExactly(other);
        assertThat(subscriptions().subscriptions(call())).hasSize(1);
    }

    @Test
    void unsubscribingEndsOursWhereverTheyPointAndIsIdempotent() throws ConnectorException {
        subscriptions().subscribe(MOVED, call());
        Report ended = subscriptions().unsubscribe(HERE, call());
        assertThat(ended.present()).isEmpty();
        assertThat(ended.done()).isNotEmpty().allMatch(done -> done.step() == Step.REMOVED);
        assertThat(store.callsBackAt()).isEmpty();

        assertThat(subscriptions().unsubscribe(HERE, call()).done()).isEmpty();
    }

    @Test
    void troubleOnTheWayIsTypedAndTheNextCallFinishes() throws ConnectorException {
        for (Trouble trouble : new Trouble[] {Trouble.SERVER_ERROR, Trouble.DROP_AFTER, Trouble.CUT_OFF}) {
            store.trouble(trouble, false);
            assertThatThrownBy(() -> subscriptions().subscribe(HERE, call())).isInstanceOf(TransientException.class);
        }
        store.trouble(Trouble.RATE_LIMIT, false);
        assertThatThrownBy(() -> subscriptions().subscribe(HERE, call())).isInstanceOf(RateLimitedException.class);

        Report finished = subscriptions().subscribe(HERE, call());
        assertThat(finished.refused()).isEmpty();
        assertThat(store.callsBackAt()).hasSameSizeAs(finished.present()).containsOnly(HERE.toString());
    }

    private WebhookReceiver receiver() {
        return (WebhookReceiver) store.connector();
    }

    private WebhookSubscriptions subscriptions() {
        assumeTrue(
                store.connector() instanceof WebhookSubscriptions,
                "Skipped: this store cannot be told by its API where to call back.");
        return (WebhookSubscriptions) store.connector();
    }

    private TestCall call() {
        return new TestCall(PATIENCE, state);
    }
}
