package org.evenkeel.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.evenkeel.connector.RateLimitedException;
import org.evenkeel.sync.RefreshKind;
import org.evenkeel.sync.internal.testing.FakeStore;
import org.evenkeel.sync.internal.testing.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders go before listings: while these are pulled, and while the store lets only what is urgent pass. */
class YieldingTest {
    private static final int LISTINGS = 20;

    private final World world = new World(5);
    private final FakeStore shop = new FakeStore("shop", world.time, FakeStore.modern());
    private final FakeStore other = new FakeStore("other", world.time, FakeStore.modern());

    @BeforeEach
    void twoStoresThatAreLevel() {
        for (int i = 0; i < LISTINGS; i++) {
            shop.lists("A" + i, 10);
        }
        other.lists("A0", 10);
        shop.listingsPerPage = 1;
        world.on(shop);
        world.on(other);
        world.await(world::quiet, "both are level");
        shop.calls.clear();
    }

    private long pages() {
        return shop.calls.stream().filter("listings"::equals).count();
    }

    private Duration untilTheOtherShows(long figure) {
        Instant before = world.now();
        world.await(() -> other.shows("A0") == figure, "the sale reaches the other store");
        return Duration.between(before, world.now());
    }

    @Test
    void aHintIsFollowedInTheMiddleOfALongListingPull() {
        world.lane("shop").refresh(RefreshKind.NORMAL, "test");
        world.await(() -> pages() > 5, "the pull is under way");
        shop.buy("A0", 3);
        world.lane("shop").hint();

        assertThat(untilTheOtherShows(7)).isLessThan(Duration.ofSeconds(2));
        assertThat(pages()).as("the pull goes on meanwhile").isLessThan(LISTINGS);
        world.await(world::quiet, "quiet");
        assertThat(pages()).isEqualTo(LISTINGS);
    }

    @Test
    void ordersGoWhileTheStoreKeepsListingsWaiting() {
        Instant refreshed = world.now();
        shop.fault("listings", effect -> {
            throw new RateLimitedException("half is kept for orders", Duration.ofSeconds(60), true);
        });
        world.lane("shop").refresh(RefreshKind.NORMAL, "test");
        world.await(() -> world.lane("shop").view().waiting(), "it waits");
        shop.buy("A0", 3);
        world.lane("shop").hint();

        assertThat(untilTheOtherShows(7)).isLessThan(Duration.ofSeconds(2));
        assertThat(pages()).isEqualTo(1);
        world.await(() -> pages() > 1, "the listings have their turn");
        assertThat(Duration.between(refreshed, world.now())).isGreaterThan(Duration.ofSeconds(60));
    }

    @Test
    void whereEverythingHasToWaitOrdersWaitToo() {
        shop.fault("listings", effect -> {
            throw new RateLimitedException("not so fast", Duration.ofSeconds(60));
        });
        world.lane("shop").refresh(RefreshKind.NORMAL, "test");
        world.await(() -> world.lane("shop").view().waiting(), "it waits");
        shop.buy("A0", 3);
        world.lane("shop").hint();

        assertThat(untilTheOtherShows(7)).isGreaterThan(Duration.ofSeconds(50));
    }
}
