package org.evenkeel.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.evenkeel.connector.ConfigurationException;
import org.evenkeel.connector.RateLimitedException;
import org.evenkeel.connector.TransientException;
import org.evenkeel.ledger.Store;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.WebhookStatus;
import org.evenkeel.sync.internal.lane.Callbacks;
import org.evenkeel.sync.internal.testing.FakeStore;
import org.evenkeel.sync.internal.testing.World;
import org.junit.jupiter.api.Test;

/** Stores are told where to call back, and what fails in that holds up nothing. */
class SubscriptionsTest {
    private static final URI HERE = URI.create("https://stock.example.org/webhooks/shop");
    private static final URI THERE = URI.create("https://other.example.org/webhooks/shop");

    private final World world = new World(11);
    private final FakeStore shop = new FakeStore("shop", world.time, FakeStore.modern()).lists("A", 10);

    @Test
    void turningOnTellsTheStoreWhereToCallBackAfterEverythingElse() {
        world.callbacks = store -> Optional.of(HERE);
        world.on(shop);

        assertThat(shop.callsBackAt).isEqualTo(HERE);
        assertThat(shop.calls.get(shop.calls.size() - 1)).isEqualTo("subscribe");
        assertThat(status().state()).isEqualTo(WebhookStatus.State.ON);
        assertThat(status().words()).contains(HERE.toString());
    }

    @Test
    void withoutAPublicAddressNothingIsAskedAndTheStatusSaysWhy() {
        world.on(shop);
        world.time.pass(Duration.ofDays(2));

        assertThat(shop.calls).doesNotContain("subscribe");
        assertThat(status().state()).isEqualTo(WebhookStatus.State.OFF);
        assertThat(status().words()).contains("Nothing here takes webhooks").contains("polled");
    }

    @Test
    void onceADayItIsSeenToAgain() {
        world.callbacks = store -> Optional.of(HERE);
        world.on(shop);
        shop.callsBackAt = null;
        world.time.pass(Duration.ofHours(23));
        assertThat(shop.callsBackAt).isNull();
        world.time.pass(Duration.ofHours(2));

        assertThat(shop.callsBackAt).isEqualTo(HERE);
    }

    @Test
    void troubleIsSaidAndHoldsUpNothing() {
        world.callbacks = store -> Optional.of(HERE);
        shop.fault("subscribe", effect -> {
            throw new ConfigurationException("No client secret is set.");
        });
        world.on(shop);

        assertThat(world.records.last().result()).isEqualTo(Run.Result.DONE);
        assertThat(world.lane("shop").view().state().stop).isNull();
        assertThat(status().state()).isEqualTo(WebhookStatus.State.TROUBLE);
        assertThat(status().words()).contains("No client secret is set.").contains("polled");

        world.time.pass(Duration.ofMinutes(75));
        assertThat(status().state()).isEqualTo(WebhookStatus.State.ON);
    }

    @Test
    void aBugInItQuarantinesNothing() {
        world.callbacks = store -> Optional.of(HERE);
        shop.fault("subscribe", effect -> {
            throw new IllegalStateException("a bug");
        });
        world.on(shop);

        assertThat(world.lane("shop").view().state().stop).isNull();
        assertThat(status().state()).isEqualTo(WebhookStatus.State.TROUBLE);
    }

    @Test
    void aTopicThatTheStoreRefusesIsNamed() {
        world.callbacks = store -> Optional.of(HERE);
        shop.refused.add("orders");
        world.on(shop);

        assertThat(status().state()).isEqualTo(WebhookStatus.State.TROUBLE);
        assertThat(status().words()).contains("orders").contains("not for you");
        assertThat(status().subscriptions()).hasSize(1);
    }

    @Test
    void aRateLimitIsWaitedForWithoutHoldingUpTheLane() {
        world.callbacks = store -> Optional.of(HERE);
        shop.fault("subscribe", effect -> {
            throw new RateLimitedException("Not so fast.", Duration.ofMinutes(20));
        });
        world.on(shop);
        Instant limited = world.now();
        assertThat(world.lane("shop").view().waiting()).isFalse();
        world.await(() -> shop.callsBackAt != null, "the second try");

        assertThat(Duration.between(limited, world.now())).isBetween(Duration.ofMinutes(20), Duration.ofMinutes(31));
    }

    @Test
    void anAddressThatChangesIsToldAtOnce() {
        AtomicReference<URI> address = new AtomicReference<>(HERE);
        world.callbacks = store -> Optional.of(address.get());
        world.on(shop);
        address.set(THERE);
        world.lane("shop").callbacksChanged();
        Instant changed = world.now();
        world.await(() -> THERE.equals(shop.callsBackAt), "the new address");

        assertThat(Duration.between(changed, world.now())).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void turningOffEndsIt() {
        world.callbacks = store -> Optional.of(HERE);
        world.on(shop);
        world.follow("shop", false);
        world.await(() -> shop.callsBackAt == null, "the end of the subscription");

        assertThat(status().state()).isEqualTo(WebhookStatus.State.OFF);
        world.follow("shop", true);
        world.await(() -> shop.callsBackAt != null, "subscribed again");
    }

    @Test
    void endingItFailsInWords() {
        world.callbacks = store -> Optional.of(HERE);
        world.on(shop);
        AtomicReference<String> ended = new AtomicReference<>("nothing");
        shop.fault("unsubscribe", effect -> {
            throw new TransientException("The line is cut.");
        });
        world.lane("shop").unsubscribe(ended::set);
        world.time.pass(Duration.ofSeconds(5));
        assertThat(ended.get()).contains("The line is cut.");

        world.lane("shop").unsubscribe(ended::set);
        world.time.pass(Duration.ofSeconds(5));
        assertThat(ended.get()).isNull();
    }

    @Test
    void ordersAreKnownAsOfTheBeginOfTheLastPull() {
        world.on(shop);
        Instant before = world.now();
        world.lane("shop").hint();
        world.await(() -> world.lane("shop").view().state().ordersKnownAsOf.isAfter(before), "a pull");
        world.await(world::quiet, "quiet");

        assertThat(world.lane("shop").view().state().ordersKnownAsOf)
                .isBefore(world.lane("shop").view().state().lastPullAt);
    }

    private WebhookStatus status() {
        Store store = world.services.stores().find(shop.id).orElseThrow();
        Callbacks callbacks = world.callbacks;
        return new WebhookView(callbacks).status(store, world.lane("shop").view());
    }
}
