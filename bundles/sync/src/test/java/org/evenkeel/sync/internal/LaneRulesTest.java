package org.evenkeel.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.evenkeel.connector.Capabilities;
import org.evenkeel.connector.CheckReport;
import org.evenkeel.connector.ConfigurationException;
import org.evenkeel.connector.CursorTooOldException;
import org.evenkeel.connector.PushBatch;
import org.evenkeel.connector.RateLimitedException;
import org.evenkeel.connector.TransientException;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.ListingRule;
import org.evenkeel.ledger.ListingView;
import org.evenkeel.ledger.OrderView;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.RuleChange;
import org.evenkeel.ledger.RuleScope;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Drift;
import org.evenkeel.sync.DriftedFigure;
import org.evenkeel.sync.Exchange;
import org.evenkeel.sync.RefreshKind;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.StoreSettings;
import org.evenkeel.sync.TurnOn;
import org.evenkeel.sync.internal.lane.LaneMemory;
import org.evenkeel.sync.internal.lane.LaneMemory.Stop;
import org.evenkeel.sync.internal.testing.FakeStore;
import org.evenkeel.sync.internal.testing.Host;
import org.evenkeel.sync.internal.testing.World;
import org.junit.jupiter.api.Test;

/** One test per rule of the protocol, each named for it, in virtual time. */
class LaneRulesTest {
    private final World world = new World(7);

    private FakeStore store(String id, Capabilities can) {
        return new FakeStore(id, world.time, can);
    }

    private FakeStore shop(Capabilities can, String sku, long figure) {
        FakeStore shop = world.on(store("shop", can).lists(sku, figure));
        world.await(world::quiet, "quiet");
        shop.calls.clear();
        shop.pushes.clear();
        return shop;
    }

    private Run refresh() {
        long run = world.lane("shop").refresh(RefreshKind.NORMAL, "test");
        world.await(() -> world.records.run(run).result() != null, "the refresh");
        return world.records.run(run);
    }

    // --- the fence
    // -----------------------------------------------------------------------------------------------------

    @Test
    void anIncreaseWaitsForTheFence() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        world.time.pass(Duration.ofSeconds(30));

        world.ledger.set("A", 15);
        world.await(() -> shop.shows("A") == 15, "the increase");

        assertThat(shop.calls).startsWith("orders", "push");
    }

    @Test
    void aPullThatBeganBeforeTheChangeCommittedIsNoFence() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        refresh();
        world.await(world::quiet, "quiet");
        shop.calls.clear();
        // The last pull ended a moment ago, but it began before this:
        world.ledger.set("A", 15);
        world.await(() -> shop.shows("A") == 15, "the increase");

        assertThat(shop.calls).startsWith("orders", "push");
    }

    @Test
    void anUnseenSaleIsPulledBeforeAnIncreaseAndNeverRelisted() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        shop.buy("A", 3);
        world.ledger.set("A", 20);
        world.await(world::quiet, "quiet");

        assertThat(shop.shows("A")).isEqualTo(17);
        assertThat(shop.pushes)
                .allSatisfy(push -> assertThat(push.items().get(0).figure()).isEqualTo(17));
    }

    @Test
    void aDecreaseGoesAtOnceWithCompareAndSet() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        world.time.pass(Duration.ofSeconds(30));

        world.ledger.set("A", 8);
        world.await(() -> shop.shows("A") == 8, "the decrease");

        assertThat(shop.calls).startsWith("push");
        assertThat(shop.pushes.get(0).items().get(0).expected()).isEqualTo(10);
    }

    @Test
    void aDecreaseLeavesWithinASecondOfTheCommit() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        Instant committed = world.now();
        world.ledger.set("A", 8);
        world.await(() -> shop.shows("A") == 8, "the decrease");

        assertThat(Duration.between(committed, world.now())).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void withoutCompareAndSetADecreaseIsTheMin() {
        FakeStore shop = shop(FakeStore.plain(), "A", 10);
        world.time.pass(Duration.ofSeconds(30));
        List<Long> set = new ArrayList<>();
        shop.watch = (sku, was, now) -> set.add(now);

        shop.buy("A", 4);
        world.ledger.set("A", 8);
        world.await(() -> world.ledger.product("A").booked() == 4, "the sale is found");
        world.await(world::quiet, "quiet");

        // The store showed 6 when it was read just before: 8 would have listed two sold units again.
        assertThat(shop.shows("A")).isEqualTo(4);
        assertThat(set).containsOnly(4L);
        assertThat(shop.calls).startsWith("readBack", "orders");
    }

    @Test
    void withoutCompareAndSetADecreaseGoesBehindAReadingAlone() {
        FakeStore shop = shop(FakeStore.plain(), "A", 10);
        world.time.pass(Duration.ofSeconds(30));
        world.ledger.set("A", 8);
        world.await(() -> shop.shows("A") == 8, "the decrease");

        assertThat(shop.calls).startsWith("readBack", "push").doesNotContain("orders");
    }

    @Test
    void wherePullsAreDearIncreasesWaitForTheSchedule() {
        FakeStore shop = shop(FakeStore.plain().withOrders(Duration.ZERO, Capabilities.PullCost.DEAR, false), "A", 10);
        world.time.pass(Duration.ofSeconds(30));
        world.ledger.set("A", 15);
        world.time.pass(Duration.ofSeconds(30));
        assertThat(shop.calls).doesNotContain("orders", "push");

        world.await(() -> shop.shows("A") == 15, "the scheduled run sends it");
    }

    @Test
    void theFenceIsRenewedBetweenBatches() {
        FakeStore shop = shop(Capabilities.modest().withPush(1, true, true, 1000), "A", 10);
        for (int i = 0; i < 4; i++) {
            shop.lists("N" + i, 0);
        }
        refresh();
        for (int i = 0; i < 4; i++) {
            shop.fault("push", effect -> effect.run());
        }
        shop.calls.clear();
        // Each push is acknowledged only after longer than the fence holds.
        for (int i = 0; i < 4; i++) {
            shop.faults.get("push").clear();
        }
        for (int i = 0; i < 4; i++) {
            shop.fault("push", effect -> {
                throw new RateLimitedException("slow down", Duration.ofSeconds(11));
            });
        }
        for (int i = 0; i < 4; i++) {
            world.ledger.set("N" + i, 5);
        }
        world.await(() -> shop.shows("N3") == 5 && world.quiet(), "all are sent");

        int lastPull = -1;
        for (int i = 0; i < shop.calls.size(); i++) {
            if (shop.calls.get(i).equals("orders")) {
                lastPull = i;
            }
        }
        assertThat(shop.calls.stream().filter("orders"::equals).count()).isGreaterThan(3);
        assertThat(shop.calls.get(lastPull + 1)).isEqualTo("push");
    }

    // --- outcomes
    // ------------------------------------------------------------------------------------------------------

    @Test
    void anUnknownOutcomeIsReadBackNotRepeated() {
        FakeStore shop =
                shop(Capabilities.modest().withPush(10, true, false, 1000).withReads(10, 10), "A", 10);
        shop.fault("push", effect -> {
            effect.run();
            throw new Host.Hangs();
        });
        world.ledger.set("A", 8);
        world.await(() -> shop.pushes.size() == 1, "the push");
        world.await(world::quiet, "quiet");

        assertThat(shop.pushes).hasSize(1);
        assertThat(shop.calls).containsSubsequence("push", "orders", "readBack", "orders");
        assertThat(world.ledger.belief(shop.id, "A")).isEqualTo(8);
    }

    @Test
    void anUnknownOutcomeThatDidNotArriveGoesAgainUnderANewKey() {
        FakeStore shop =
                shop(Capabilities.modest().withPush(10, true, false, 1000).withReads(10, 10), "A", 10);
        shop.fault("push", effect -> {
            throw new Host.Hangs();
        });
        world.ledger.set("A", 8);
        world.await(() -> shop.shows("A") == 8 && world.quiet(), "it arrives");

        assertThat(shop.pushes).hasSize(2);
        assertThat(shop.pushes.get(0).key()).isNotEqualTo(shop.pushes.get(1).key());
    }

    @Test
    void anIdenticalBatchIsRepeatedUnderItsKeyWhereTheStoreHasKeys() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        shop.fault("push", effect -> {
            effect.run();
            throw new Host.Hangs();
        });
        world.ledger.set("A", 8);
        world.await(() -> shop.pushes.size() == 2 && world.quiet(), "it is repeated");

        assertThat(shop.pushes.get(1)).isEqualTo(shop.pushes.get(0));
        assertThat(shop.calls).doesNotContain("readBack");
        assertThat(world.ledger.belief(shop.id, "A")).isEqualTo(8);
    }

    @Test
    void aRaiseIsNotRepeatedOnceItsFenceIsOld() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        shop.fault("push", effect -> {
            throw new Host.Hangs();
        });
        world.ledger.set("A", 15);
        world.await(() -> shop.shows("A") == 15 && world.quiet(), "it arrives");

        assertThat(shop.pushes).hasSize(2);
        assertThat(shop.pushes.get(1).key()).isNotEqualTo(shop.pushes.get(0).key());
        assertThat(shop.calls).containsSubsequence("push", "orders", "readBack", "push");
    }

    @Test
    void aSaleWhileTheOutcomeWasUnknownIsNotListedAgain() {
        FakeStore shop = shop(FakeStore.plain(), "A", 10);
        shop.fault("push", effect -> {
            effect.run();
            shop.buy("A", 2);
            throw new Host.Hangs();
        });
        world.ledger.set("A", 8);
        world.await(() -> shop.pushes.size() >= 1 && world.ledger.product("A").booked() == 2, "the sale");
        world.await(world::quiet, "quiet");

        assertThat(shop.shows("A")).isEqualTo(6);
    }

    @Test
    void whereOrdersComeLateAReadingLikeTheOldBeliefIsNoProofThatAPushDidNotArrive() {
        for (boolean conditions : List.of(true, false)) {
            World world = new World(7);
            Duration lag = Duration.ofMinutes(2);
            FakeStore shop = world.on(new FakeStore(
                            "shop",
                            world.time,
                            Capabilities.modest()
                                    .withPush(10, conditions, false, 1000)
                                    .withReads(10, 10)
                                    .withOrders(lag, Capabilities.PullCost.CHEAP, true))
                    .lists("A", 5));
            world.await(world::quiet, "quiet");
            world.await(() -> world.ledger.product("A").inStock() == 5, "opened");
            List<Long> raised = new ArrayList<>();
            shop.watch = (sku, was, now) -> {
                if (now > was) {
                    raised.add(now);
                }
            };
            // It takes effect, and its answer is lost; then exactly what it added is sold, which shows up late.
            shop.fault("push", effect -> {
                effect.run();
                shop.buy("A", 2);
                throw new Host.Hangs();
            });
            world.ledger.set("A", 7);
            world.await(() -> world.ledger.product("A").booked() == 2, "the sale");
            world.await(
                    () -> world.quiet()
                            && Long.valueOf(5).equals(world.ledger.belief(shop.id, "A"))
                            && world.ledger.outcome(shop.id, "A") != ListingView.Outcome.UNKNOWN,
                    "settled");

            assertThat(raised).as("conditions: " + conditions).containsExactly(7L);
            assertThat(shop.shows("A")).isEqualTo(5);
        }
    }

    @Test
    void whereOrdersComeLateAPushThatDidNotArriveGoesAgainAfterTheLag() {
        Duration lag = Duration.ofMinutes(2);
        FakeStore shop = shop(FakeStore.plain().withOrders(lag, Capabilities.PullCost.CHEAP, true), "A", 5);
        world.await(() -> world.ledger.product("A").inStock() == 5, "opened");
        shop.fault("push", effect -> {
            throw new Host.Hangs();
        });
        Instant changed = world.now();
        world.ledger.set("A", 7);
        world.await(() -> shop.shows("A") == 7 && world.quiet(), "it arrives");

        assertThat(shop.pushes).hasSize(2);
        assertThat(Duration.between(changed, world.now())).isBetween(lag, lag.plusMinutes(4));
    }

    @Test
    void aStaleItemLeavesTheBatch() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        shop.lists("B", 10).lists("C", 10);
        shop.staleSpoilsBatch = true;
        refresh();
        world.await(world::quiet, "quiet");
        shop.pushes.clear();
        // In one moment, so that all three share a batch; of B the ledger has not heard.
        world.ledger.set("A", 5);
        world.ledger.set("B", 5);
        world.ledger.set("C", 5);
        shop.buy("B", 1);
        world.await(() -> shop.shows("B") == 4 && world.quiet(), "all are level");

        assertThat(shop.pushes.get(0).items()).hasSize(3);
        assertThat(shop.shows("A")).isEqualTo(5);
        assertThat(shop.shows("C")).isEqualTo(5);
        assertThat(shop.pushes.stream()
                        .flatMap(push -> push.items().stream())
                        .filter(item -> item.sku().equals("B"))
                        .map(PushBatch.Item::figure))
                .containsExactly(5L, 4L);
    }

    @Test
    void aRefusedItemNeverHoldsUpItsBatch() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        shop.lists("B", 10);
        refresh();
        world.await(world::quiet, "quiet");
        shop.refused.add("B");
        world.ledger.set("A", 5);
        world.ledger.set("B", 5);
        world.await(() -> shop.shows("A") == 5 && world.quiet(), "the other one goes");

        assertThat(world.ledger.outcome(shop.id, "B")).isEqualTo(ListingView.Outcome.PARKED);
        assertThat(world.ledger.message(shop.id, "B")).contains("This item cannot be changed.");
        assertThat(world.records.runs)
                .anySatisfy(run -> assertThat(run.result()).isEqualTo(Run.Result.WITH_ERRORS));
    }

    @Test
    void aPoisonItemIsIsolated() {
        FakeStore shop = shop(FakeStore.modern(), "A", 0);
        for (int i = 0; i < 8; i++) {
            shop.lists("N" + i, 10);
        }
        refresh();
        world.await(world::quiet, "quiet");
        shop.poison.add("N5");
        shop.pushes.clear();
        for (int i = 0; i < 8; i++) {
            world.ledger.set("N" + i, 5);
        }
        world.await(
                () -> shop.skus().stream()
                        .filter(sku -> !sku.equals("A") && !sku.equals("N5"))
                        .allMatch(sku -> shop.shows(sku) == 5),
                "all but the poison are sent");

        assertThat(world.ledger.outcome(shop.id, "N5")).isEqualTo(ListingView.Outcome.RETRYING);
        assertThat(shop.pushes.size()).isLessThan(20);
        shop.poison.clear();
        world.await(() -> shop.shows("N5") == 5, "it goes by time once it is mended");
    }

    @Test
    void anAcceptedPushIsAskedForLater() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        shop.acceptsOnly = true;
        world.ledger.set("A", 8);
        world.await(() -> shop.calls.contains("confirm"), "it is asked for");
        world.await(() -> shop.shows("A") == 8 && world.quiet(), "it is confirmed");

        assertThat(shop.pushes).hasSize(1);
        assertThat(world.ledger.belief(shop.id, "A")).isEqualTo(8);
    }

    @Test
    void aFigureAboveTheStoresCapIsCutAndCountsAsLevel() {
        FakeStore shop =
                shop(Capabilities.modest().withPush(10, true, true, 999).withReads(10, 10), "A", 10);
        world.ledger.set("A", 5000);
        world.await(() -> shop.shows("A") == 999, "the cap");
        world.time.pass(Duration.ofMinutes(30));

        assertThat(shop.pushes).hasSize(1);
    }

    @Test
    void aStoreThatCountsOnHandIsSentItsOpenOrdersBesides() {
        FakeStore shop = shop(FakeStore.modern().withFigures(Capabilities.Meaning.ON_HAND, false), "A", 10);
        shop.countsOnHand = true;
        shop.buy("A", 3);
        refresh();
        world.ledger.set("A", 20);
        world.await(world::quiet, "quiet");

        // 17 can be sold, 3 are still on the shelf for the open order.
        assertThat(shop.shows("A")).isEqualTo(20);
    }

    // --- drift
    // ---------------------------------------------------------------------------------------------------------

    @Test
    void lowerThanBelievedIsPresumedAnUnseenSale() {
        Duration lag = Duration.ofMinutes(2);
        FakeStore shop = shop(FakeStore.modern().withOrders(lag, Capabilities.PullCost.CHEAP, false), "A", 10);
        world.ledger.set("A", 9);
        world.await(() -> shop.shows("A") == 9 && world.quiet(), "acknowledged once");
        List<Long> raised = new ArrayList<>();
        shop.watch = (sku, was, now) -> {
            if (now > was) {
                raised.add(now);
            }
        };
        shop.buy("A", 2);
        refresh();
        assertThat(shop.shows("A")).isEqualTo(7);
        assertThat(world.ledger.belief(shop.id, "A")).isEqualTo(9);

        world.await(() -> world.ledger.product("A").booked() == 2, "the order shows up");
        world.await(world::quiet, "quiet");
        assertThat(shop.shows("A")).isEqualTo(7);
        assertThat(raised).isEmpty();
    }

    @Test
    void aManualEditIsOverwrittenAfterTwoReadings() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        world.ledger.set("A", 9);
        world.await(() -> shop.shows("A") == 9 && world.quiet(), "acknowledged once");
        shop.calls.clear();
        shop.edit("A", 4);
        Run run = refresh();

        assertThat(shop.shows("A")).isEqualTo(9);
        assertThat(shop.calls).containsSubsequence("listings", "orders", "readBack", "orders", "push");
        assertThat(run.counts().pushed()).isEqualTo(1);
    }

    @Test
    void whereOrdersComeLateTheSecondReadingIsApartByTheLag() {
        Duration lag = Duration.ofMinutes(2);
        FakeStore shop = shop(FakeStore.modern().withOrders(lag, Capabilities.PullCost.CHEAP, false), "A", 10);
        world.ledger.set("A", 9);
        world.await(() -> shop.shows("A") == 9 && world.quiet(), "acknowledged once");
        shop.edit("A", 4);
        Instant edited = world.now();
        refresh();
        assertThat(shop.shows("A")).isEqualTo(4);

        world.await(() -> shop.shows("A") == 9, "it is put right");
        assertThat(Duration.between(edited, world.now())).isBetween(lag, lag.plusMinutes(1));
    }

    @Test
    void higherThanBelievedIsPutRightAsADecrease() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        world.ledger.set("A", 9);
        world.await(() -> shop.shows("A") == 9 && world.quiet(), "acknowledged once");
        shop.pushes.clear();
        shop.edit("A", 30);
        refresh();

        assertThat(shop.shows("A")).isEqualTo(9);
        assertThat(shop.pushes.get(0).items().get(0).expected()).isEqualTo(30);
    }

    @Test
    void aHardRefreshReadsEveryListingBack() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        shop.lists("B", 3).lists("C", 4);
        long run = world.lane("shop").refresh(RefreshKind.HARD, "test");
        world.await(() -> world.records.run(run).result() != null, "the hard refresh");

        assertThat(world.records.run(run).trigger()).isEqualTo(Run.Trigger.HARD_REFRESH);
        assertThat(shop.calls).containsSubsequence("listings", "readBack", "listings", "readBack");
    }

    // --- orders
    // --------------------------------------------------------------------------------------------------------

    @Test
    void ordersPlacedBeforeTurningOnAreNotBooked() {
        FakeStore shop = store("shop", FakeStore.modern()).lists("A", 10);
        world.add(shop);
        shop.buy("A", 3);
        world.time.pass(Duration.ofMinutes(1));
        world.turnOn(shop, TurnOn.DEFAULT);

        assertThat(world.ledger.product("A").booked()).isZero();
        assertThat(world.ledger.product("A").inStock()).isEqualTo(7);
        assertThat(shop.shows("A")).isEqualTo(7);
    }

    @Test
    void anOpenOrderThatTheStoreForgotIsReadAgainAndCountsAsDeleted() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        String order = shop.buy("A", 3);
        refresh();
        assertThat(world.ledger.product("A").booked()).isEqualTo(3);
        shop.forget(order);

        assertThat(world.time.until(() -> world.ledger.product("A").booked() == 0, Duration.ofDays(3)))
                .isTrue();
        assertThat(world.ledger.order(shop.id, order).state()).isEqualTo(OrderView.State.DELETED);
        assertThat(shop.calls).contains("ordersById");
    }

    @Test
    void anOrderThatTheStoreForgotForAWhileIsBookedAgainThoughItsVersionIsOld() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        String order = shop.buy("A", 3);
        refresh();
        shop.forget(order);
        assertThat(world.time.until(() -> world.ledger.product("A").booked() == 0, Duration.ofDays(3)))
                .isTrue();
        world.await(world::quiet, "quiet");

        shop.recall(order);
        refresh();

        assertThat(world.ledger.product("A").booked()).isEqualTo(3);
        assertThat(world.ledger.order(shop.id, order).state()).isEqualTo(OrderView.State.OPEN);
    }

    @Test
    void anOrderWithAnEqualVersionThatDiffersIsReadAgainByItsId() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        String order = shop.buy("A", 3);
        refresh();
        shop.calls.clear();
        // Within the same whole second of the store's clock.
        shop.cancelWithinTheSameSecond(order);
        refresh();

        assertThat(shop.calls).contains("ordersById");
        assertThat(world.ledger.product("A").booked()).isZero();
    }

    @Test
    void anOrderToBeReadAgainIsNotForgottenWhenTheRunIsGivenUp() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        String order = shop.buy("A", 3);
        refresh();
        shop.cancelWithinTheSameSecond(order);
        shop.buy("A", 2);
        for (int i = 0; i < 6; i++) {
            shop.fault("ordersById", effect -> {
                throw new TransientException("502");
            });
        }
        assertThat(refresh().result()).isEqualTo(Run.Result.FAILED);
        refresh();

        assertThat(world.ledger.product("A").booked()).as("the 2 alone").isEqualTo(2);
    }

    @Test
    void aCursorThatIsTooOldIsReportedAndOpenOrdersAreReadAgain() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        shop.buy("A", 3);
        refresh();
        shop.calls.clear();
        Instant earliest = world.now();
        shop.fault("orders", effect -> {
            throw new CursorTooOldException("60 days only", earliest);
        });
        Run run = refresh();

        assertThat(run.errors()).anySatisfy(error -> assertThat(error).contains("60 days only"));
        assertThat(shop.calls).contains("ordersById");
        assertThat(run.result()).isEqualTo(Run.Result.WITH_ERRORS);
    }

    @Test
    void aStoreWhoseCursorsAreAlwaysTooOldStopsItsLane() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        for (int i = 0; i < 50; i++) {
            shop.fault("orders", effect -> {
                throw new CursorTooOldException("60 days only", world.now());
            });
        }
        refresh();

        assertThat(world.lane("shop").view().state().stop).isEqualTo(Stop.BUG);
        assertThat(shop.calls.stream().filter("orders"::equals).count()).isLessThan(10);
    }

    @Test
    void aPullThatComesToNoEndIsNoFence() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        shop.endlessOrders = true;
        world.ledger.set("A", 20);
        world.await(() -> world.lane("shop").view().state().stop == Stop.BUG, "the lane stops");

        assertThat(shop.pushes).isEmpty();
        assertThat(world.records.last().errors())
                .anySatisfy(error -> assertThat(error).contains("do not come to an end"));
    }

    // --- the guard
    // -----------------------------------------------------------------------------------------------------

    @Test
    void aTruncatedListingPullMarksNothingAsGone() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        shop.lists("B", 3).lists("C", 4);
        refresh();
        shop.unlist("A");
        shop.unlist("B");
        Run run = refresh();

        assertThat(run.errors()).anySatisfy(error -> assertThat(error).contains("2 are missing at once"));
    }

    @Test
    void aPlanThatEmptiesAStoreWaitsForAPerson() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        for (int i = 0; i < 20; i++) {
            shop.lists("N" + i, 10);
        }
        refresh();
        world.await(world::quiet, "quiet");
        // All in one moment.
        for (int i = 0; i < 20; i++) {
            world.ledger.set("N" + i, 0);
        }
        world.ledger.set("A", 5);
        world.await(() -> shop.shows("A") == 5, "the rest goes");
        world.time.pass(Duration.ofMinutes(20));

        assertThat(shop.shows("N7")).isEqualTo(10);
        assertThat(world.lane("shop").view().words()).contains("20 of 21 listings would fall to 0");

        world.lane("shop").resume("test");
        world.await(() -> shop.shows("N7") == 0 && shop.shows("N19") == 0, "a person lets it go");
    }

    @Test
    void whatTheGuardHoldsBackHidesNothingElse() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        shop.listingsPerPage = 100;
        // More than one look at what is due takes.
        for (int i = 0; i < 300; i++) {
            shop.lists("N" + i, 10);
        }
        shop.lists("Z", 10);
        refresh();
        world.await(world::quiet, "quiet");
        for (int i = 0; i < 300; i++) {
            world.ledger.set("N" + i, 0);
        }
        world.ledger.set("Z", 5);

        assertThat(world.time.until(() -> shop.shows("Z") == 5, Duration.ofMinutes(30)))
                .isTrue();
        assertThat(shop.shows("N7")).isEqualTo(10);
    }

    // --- failures
    // ------------------------------------------------------------------------------------------------------

    @Test
    void aRateLimitWaits() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        shop.fault("push", effect -> {
            throw new RateLimitedException("bucket empty", Duration.ofSeconds(40));
        });
        Instant before = world.now();
        world.ledger.set("A", 8);
        world.await(() -> world.lane("shop").view().waiting(), "it waits");
        assertThat(world.lane("shop").view().words()).contains("bucket empty");
        world.await(() -> shop.shows("A") == 8, "then it goes");

        assertThat(Duration.between(before, world.now())).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(43));
        assertThat(shop.pushes).hasSize(2);
    }

    @Test
    void aPassingFaultIsTriedAgainWithinTheRun() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        for (int i = 0; i < 3; i++) {
            shop.fault("listings", effect -> {
                throw new TransientException("502");
            });
        }
        Run run = refresh();
        assertThat(run.result()).isEqualTo(Run.Result.WITH_ERRORS);
        assertThat(run.errors()).contains("502 (3×)");
    }

    @Test
    void aStoreThatStaysAwayFailsTheRunAndIsTriedAgainWithBackoff() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        for (int i = 0; i < 12; i++) {
            shop.fault("orders", effect -> {
                throw new TransientException("503");
            });
        }
        long run = world.lane("shop").refresh(RefreshKind.NORMAL, "test");
        world.await(() -> world.records.run(run).result() != null, "the run ends");
        assertThat(world.records.run(run).result()).isEqualTo(Run.Result.FAILED);
        assertThat(world.lane("shop").view().words()).isEqualTo("503");

        world.await(() -> world.records.last().result() == Run.Result.DONE, "it comes back by itself");
        assertThat(world.records.runs)
                .anySatisfy(again -> assertThat(again.trigger()).isEqualTo(Run.Trigger.RETRY));
        assertThat(world.lane("shop").view().words()).isEmpty();
    }

    @Test
    void aWrongConfigurationStopsTheLaneUntilSomebodyActs() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        shop.fault("orders", effect -> {
            throw new ConfigurationException("The token was revoked.");
        });
        Run run = refresh();
        assertThat(run.result()).isEqualTo(Run.Result.FAILED);
        assertThat(world.lane("shop").view().state().stop).isEqualTo(Stop.CONFIGURATION);
        assertThat(world.lane("shop").view().words()).isEqualTo("The token was revoked.");
        shop.calls.clear();
        world.ledger.set("A", 5);
        world.time.pass(Duration.ofHours(1));
        assertThat(shop.calls).isEmpty();

        assertThat(refresh().result()).isEqualTo(Run.Result.DONE);
        assertThat(shop.shows("A")).isEqualTo(5);
    }

    @Test
    void aBugQuarantinesTheLaneUntilTheConnectorIsUpdated() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        shop.fault("orders", effect -> {
            throw new IllegalStateException("null pointer or so");
        });
        refresh();
        assertThat(world.lane("shop").view().state().stop).isEqualTo(Stop.BUG);

        world.lane("shop").detach(shop);
        world.lane("shop").attach(shop, null);
        world.await(() -> world.records.last().result() == Run.Result.DONE, "the update mends it");
        assertThat(world.lane("shop").view().state().stop).isNull();
    }

    @Test
    void aConnectorThatDidNotTellItsCapabilitiesIsAskedAgainOnResume() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        world.lane("shop").detach(shop);
        shop.bugInCapabilities = true;
        world.lane("shop").attach(shop, null);
        world.await(() -> world.lane("shop").view().state().stop == Stop.BUG, "the lane stops");

        shop.bugInCapabilities = false;
        shop.buy("A", 3);
        world.lane("shop").resume("test");
        world.await(() -> world.ledger.product("A").booked() == 3 && world.quiet(), "it goes on");
    }

    @Test
    void aLedgerThatFailsEndsTheRunAndLosesNothing() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        shop.buy("A", 4);
        world.ledger.before = () -> {
            world.ledger.before = () -> {};
            throw new IllegalStateException("The database is away.");
        };
        Run run = refresh();
        assertThat(run.result()).isEqualTo(Run.Result.FAILED);
        world.await(() -> world.ledger.product("A").booked() == 4 && world.quiet(), "the next run books it");
        assertThat(shop.shows("A")).isEqualTo(6);
    }

    // --- coming and going
    // ----------------------------------------------------------------------------------------------

    @Test
    void aConnectorThatVanishesMidRunLosesNothing() {
        FakeStore shop = shop(FakeStore.modern(), "A", 50);
        for (int i = 0; i < 10; i++) {
            shop.buy("A", 1);
        }
        long run = world.lane("shop").refresh(RefreshKind.NORMAL, "test");
        world.await(() -> world.ledger.product("A").booked() == 3, "a page is applied");
        world.lane("shop").detach(shop);
        assertThat(world.records.run(run).result()).isEqualTo(Run.Result.INTERRUPTED);
        world.time.pass(Duration.ofMinutes(30));
        assertThat(world.ledger.product("A").booked()).isEqualTo(3);

        world.lane("shop").attach(shop, null);
        world.await(() -> world.ledger.product("A").booked() == 10 && world.quiet(), "it goes on from its cursor");
        assertThat(shop.shows("A")).isEqualTo(40);
    }

    @Test
    void aConnectorThatIsBackRunsAtOnceRatherThanBySchedule() {
        FakeStore shop = shop(FakeStore.modern(), "A", 50);
        world.lane("shop").detach(shop);
        shop.buy("A", 2);
        world.lane("shop").attach(shop, null);
        Instant back = world.now();
        world.await(() -> world.ledger.product("A").booked() == 2, "the order is booked");

        assertThat(Duration.between(back, world.now())).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aConnectorThatVanishesDuringAPushLeavesAnUnknownOutcome() {
        FakeStore shop =
                shop(Capabilities.modest().withPush(10, true, false, 1000).withReads(10, 10), "A", 10);
        shop.watch = (sku, was, now) -> world.lane("shop").detach(shop);
        world.ledger.set("A", 8);
        world.await(() -> shop.shows("A") == 8, "it was set, and nobody heard");
        world.time.pass(Duration.ofSeconds(5));
        assertThat(world.ledger.outcome(shop.id, "A")).isEqualTo(ListingView.Outcome.UNKNOWN);
        shop.watch = (sku, was, now) -> {};

        world.lane("shop").attach(shop, null);
        world.await(world::quiet, "quiet");
        assertThat(shop.pushes).hasSize(1);
        assertThat(world.ledger.belief(shop.id, "A")).isEqualTo(8);
    }

    @Test
    void turningOffEndsARunAtItsNextStepAndTurningOnResumesAtTheCursor() {
        FakeStore shop = shop(FakeStore.modern(), "A", 50);
        for (int i = 0; i < 10; i++) {
            shop.buy("A", 1);
        }
        long run = world.lane("shop").refresh(RefreshKind.NORMAL, "test");
        world.await(() -> world.ledger.product("A").booked() == 3, "a page is applied");
        world.follow("shop", false);
        world.await(() -> world.records.run(run).result() != null, "it ends");
        assertThat(world.records.run(run).result()).isEqualTo(Run.Result.INTERRUPTED);
        assertThatThrownBy(() -> world.lane("shop").refresh(RefreshKind.NORMAL, "test"))
                .isInstanceOf(ConflictException.class);

        world.turnOn(shop, TurnOn.DEFAULT);
        world.await(world::quiet, "quiet");
        assertThat(world.ledger.product("A").booked()).isEqualTo(10);
    }

    // --- when
    // ----------------------------------------------------------------------------------------------------------

    @Test
    void theScheduleConvergesEvenIfEveryWakeUpWasLost() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        world.time.pass(Duration.ofSeconds(1));
        world.ledger.listener = change -> {};
        world.ledger.set("A", 15);
        Instant changed = world.now();
        world.await(() -> shop.shows("A") == 15, "the schedule sends it");

        assertThat(Duration.between(changed, world.now())).isLessThan(Duration.ofMinutes(10));
        assertThat(world.records.last().trigger()).isEqualTo(Run.Trigger.SCHEDULE);
    }

    @Test
    void aWakeUpWaitsForNoStepAndIsNotLost() throws InterruptedException {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        world.time.pass(Duration.ofSeconds(1));
        world.ledger.listener = change -> {};
        world.ledger.set("A", 8);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        world.lane("shop").check(report -> {
            inside.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Thread step = new Thread(() -> world.time.pass(Duration.ofSeconds(5)));
        step.start();
        inside.await();
        Thread waking = new Thread(() -> world.lane("shop").wake());
        waking.start();
        waking.join(5_000);
        boolean waited = waking.isAlive();
        goOn.countDown();
        step.join();
        waking.join();

        assertThat(waited).as("a thread of all lanes waited for this one").isFalse();
        assertThat(world.time.until(() -> shop.shows("A") == 8, Duration.ofMinutes(1)))
                .as("the schedule is minutes away")
                .isTrue();
    }

    @Test
    void aHintPullsTheOrdersAtOnceAndReadsNoListings() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        FakeStore other = world.on(store("other", FakeStore.modern()).lists("A", 10));
        world.await(world::quiet, "both are level");
        shop.calls.clear();
        shop.buy("A", 3);
        world.lane("shop").hint();
        world.lane("shop").hint();
        Instant hinted = world.now();
        world.await(() -> other.shows("A") == 7, "the sale reaches the other store");

        assertThat(Duration.between(hinted, world.now())).isLessThan(Duration.ofSeconds(1));
        assertThat(shop.calls).contains("orders").doesNotContain("listings");
        assertThat(world.records.runs.stream().filter(run -> run.trigger() == Run.Trigger.WEBHOOK))
                .hasSize(1);
    }

    @Test
    void theScheduleIsJitteredAndNeverLaterThanTheInterval() {
        shop(FakeStore.modern(), "A", 10);
        world.time.pass(Duration.ofHours(3));
        List<Run> runs = world.records.runs.stream()
                .filter(run -> run.trigger() == Run.Trigger.SCHEDULE)
                .toList();
        List<Duration> gaps = new ArrayList<>();
        for (int i = 1; i < runs.size(); i++) {
            gaps.add(Duration.between(runs.get(i - 1).endedAt(), runs.get(i).startedAt()));
        }
        assertThat(gaps)
                .hasSizeGreaterThan(10)
                .allSatisfy(gap -> assertThat(gap).isBetween(Duration.ofSeconds(432), Duration.ofSeconds(514)))
                .doesNotHaveDuplicates();
    }

    @Test
    void aRefreshJoinsARunUnderWay() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        long first = world.lane("shop").refresh(RefreshKind.NORMAL, "one");
        world.await(() -> shop.calls.contains("listings"), "it is under way");
        long second = world.lane("shop").refresh(RefreshKind.NORMAL, "two");

        assertThat(second).isEqualTo(first);
        world.await(() -> world.records.run(first).result() != null, "it ends");
        assertThat(world.lane("shop").refresh(RefreshKind.NORMAL, "three")).isNotEqualTo(first);
    }

    @Test
    void aRefreshThatJoinsARunStillSeesAnOrderPlacedBeforeIt() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        FakeStore other = world.on(store("other", FakeStore.modern()).lists("A", 10));
        world.await(world::quiet, "both are level");
        shop.calls.clear();
        world.lane("shop").refresh(RefreshKind.NORMAL, "one");
        world.await(
                () -> shop.calls.contains("listings")
                        && shop.calls.lastIndexOf("orders") > shop.calls.lastIndexOf("listings"),
                "its orders are pulled for the last time");
        shop.buy("A", 3);
        Instant asked = world.now();
        world.lane("shop").refresh(RefreshKind.NORMAL, "two");
        world.await(() -> other.shows("A") == 7, "the sale reaches the other store");

        assertThat(Duration.between(asked, world.now())).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void aLongListingPullYieldsToADecrease() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        for (int i = 0; i < 40; i++) {
            shop.lists("N" + i, 1);
        }
        shop.calls.clear();
        world.lane("shop").refresh(RefreshKind.NORMAL, "test");
        world.await(() -> shop.calls.stream().filter("listings"::equals).count() == 3, "some pages are read");
        world.ledger.set("A", 8);
        world.await(() -> shop.shows("A") == 8, "the decrease");

        assertThat(shop.calls.stream().filter("listings"::equals).count()).isLessThan(15);
    }

    @Test
    void aRunWithNothingToDoIsNotMadeForAWakeUp() {
        shop(FakeStore.modern(), "A", 10);
        int runs = world.records.runs.size();
        world.lane("shop").wake();
        world.time.pass(Duration.ofMinutes(1));

        assertThat(world.records.runs).hasSize(runs);
    }

    @Test
    void aCheckRunsBetweenTwoStepsAndAFailureToAskIsAFinding() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        AtomicReference<CheckReport> told = new AtomicReference<>();
        world.lane("shop").check(told::set);
        world.await(() -> told.get() != null, "the report");
        assertThat(told.get().passed()).isTrue();
        assertThat(world.lane("shop").view().state().check).isEqualTo(told.get());

        told.set(null);
        shop.fault("check", effect -> {
            throw new TransientException("No route to host.");
        });
        world.lane("shop").check(told::set);
        world.await(() -> told.get() != null, "the report");
        assertThat(told.get().passed()).isFalse();
        assertThat(told.get().findings().get(0).text()).isEqualTo("No route to host.");
    }

    @Test
    void aDraftThatIsOffCanBeCheckedAndDoesNothingElse() {
        FakeStore shop = world.add(store("shop", FakeStore.modern()).lists("A", 10));
        AtomicReference<CheckReport> told = new AtomicReference<>();
        world.lane("shop").check(told::set);
        world.await(() -> told.get() != null, "the report");
        world.time.pass(Duration.ofHours(1));

        assertThat(shop.calls).containsExactly("check");
    }

    @Test
    void aSaleJustAfterTheFirstReadingIsNotTakenForStock() {
        FakeStore shop = store("shop", FakeStore.modern()).lists("A", 10);
        shop.fault("listings", effect -> {
            effect.run();
            shop.buy("A", 3);
        });
        world.on(shop);
        world.await(world::quiet, "quiet");

        assertThat(world.ledger.product("A").inStock()).isEqualTo(10);
        assertThat(world.ledger.product("A").booked()).isEqualTo(3);
        assertThat(shop.shows("A")).isEqualTo(7);
    }

    @Test
    void aSaleJustBeforeTheFirstReadingIsNotTakenOffTwice() {
        FakeStore shop = store("shop", FakeStore.modern()).lists("A", 10);
        shop.fault("listings", effect -> {
            shop.buy("A", 3);
            effect.run();
        });
        world.on(shop);
        world.await(world::quiet, "quiet");

        assertThat(world.ledger.product("A").inStock()).isEqualTo(10);
        assertThat(world.ledger.product("A").booked()).isEqualTo(3);
        assertThat(shop.shows("A")).isEqualTo(7);
    }

    @Test
    void whatWasSoldAndIsToldLateIsNotMissingFromOpeningStock() {
        Duration lag = Duration.ofMinutes(20);
        FakeStore shop = lateWithASale(lag);
        Instant began = world.now();
        world.on(shop);
        world.await(() -> world.ledger.product("B").inStock() == 5, "what nobody bought is opened");
        assertThat(Duration.between(began, world.now()))
                .as("orders placed before the reading are told by then")
                .isBetween(lag, lag.plusMinutes(1));

        world.time.pass(Duration.ofHours(2));
        assertThat(world.ledger.product("A").inStock()).isEqualTo(10);
        assertThat(world.ledger.product("A").booked()).isEqualTo(3);
        assertThat(shop.shows("A")).isEqualTo(7);
        assertThat(shop.pushes).isEmpty();
    }

    @Test
    void aShortLagIsWaitedOutByTheRunItself() {
        FakeStore shop = lateWithASale(Duration.ofSeconds(5));
        world.on(shop);
        world.await(world::quiet, "quiet");

        assertThat(world.ledger.product("A").inStock()).isEqualTo(10);
        assertThat(world.ledger.product("A").booked()).isEqualTo(3);
        assertThat(world.ledger.product("B").inStock()).isEqualTo(5);
    }

    /** Three of A are sold right before the first reading, and told after the lag. */
    private FakeStore lateWithASale(Duration lag) {
        FakeStore shop = store("shop", FakeStore.modern().withOrders(lag, Capabilities.PullCost.CHEAP, false))
                .lists("A", 10)
                .lists("B", 5);
        shop.fault("listings", effect -> {
            shop.buy("A", 3);
            effect.run();
        });
        return shop;
    }

    @Test
    void productsWaitForAPersonWhereThatWasChosen() {
        FakeStore shop = world.add(store("shop", FakeStore.modern()).lists("A", 10));
        world.turnOn(shop, new TurnOn(false, TurnOn.Opening.REVIEW));
        world.time.pass(Duration.ofMinutes(30));

        assertThat(world.ledger.product("A").inStock()).isZero();
        assertThat(shop.shows("A")).isEqualTo(10);
    }

    // --- drift that is not overwritten -------------------------------------------------------------------------------

    private FakeStore shopWith(Drift drift) {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        configure(new StoreSettings(null, drift, false, null, null));
        shop.pushes.clear();
        return shop;
    }

    private List<DriftedFigure> drifts() {
        return new Drifts(world.services.listings())
                .page(new StoreId("shop"), new PageRequest(0, 10))
                .items();
    }

    private List<String> settle(Drift decision) {
        Set<Long> all = drifts().stream().map(DriftedFigure::figure).collect(Collectors.toSet());
        List<String> words =
                new Drifts(world.services.listings()).settle(new StoreId("shop"), all, decision, "user:test");
        world.lane("shop").wake();
        return words;
    }

    @Test
    void driftThatIsAdoptedBecomesAnAdjustmentAfterTwoReadings() {
        FakeStore shop = shopWith(Drift.ADOPT);
        shop.edit("A", 14);
        refresh();
        world.await(world::quiet, "quiet");

        assertThat(world.ledger.product("A").inStock()).isEqualTo(14);
        assertThat(shop.shows("A")).isEqualTo(14);
        assertThat(shop.pushes).isEmpty();
        assertThat(shop.calls).containsSubsequence("listings", "orders", "readBack", "orders");
    }

    @Test
    void anUnseenSaleIsNotAdopted() {
        Duration lag = Duration.ofMinutes(2);
        FakeStore shop = shop(FakeStore.modern().withOrders(lag, Capabilities.PullCost.CHEAP, false), "A", 10);
        world.await(() -> world.ledger.product("A").inStock() == 10, "opened behind the lag");
        configure(new StoreSettings(null, Drift.ADOPT, false, null, null));
        shop.buy("A", 2);
        refresh();
        world.await(() -> world.ledger.product("A").booked() == 2, "the order shows up");
        world.await(world::quiet, "quiet");
        refresh();

        assertThat(world.ledger.product("A").inStock()).isEqualTo(10);
        assertThat(shop.shows("A")).isEqualTo(8);
    }

    @Test
    void driftThatCannotBeAdoptedIsAnAlertInWords() {
        FakeStore shop = shopWith(Drift.ADOPT);
        ListingRule buffer = new ListingRule(3, 10_000, 0, Long.MAX_VALUE, 0, false, false);
        world.ledger
                .rules()
                .apply(
                        List.of(RuleChange.set(new RuleScope.OfStore(shop.id), buffer)),
                        "user:test",
                        new IdempotencyKey("user:test", "buffer"));
        world.await(() -> shop.shows("A") == 7 && world.quiet(), "the buffer");
        shop.pushes.clear();
        shop.edit("A", 14);
        Run run = refresh();

        assertThat(run.result()).isEqualTo(Run.Result.WITH_ERRORS);
        assertThat(run.errors()).anySatisfy(words -> assertThat(words).contains("shows 14 instead of 7"));
        assertThat(drifts()).hasSize(1);
        assertThat(shop.pushes).isEmpty();
    }

    @Test
    void driftThatIsAnAlertStaysUntilAPersonOverwritesIt() {
        FakeStore shop = shopWith(Drift.ALERT);
        shop.edit("A", 14);
        refresh();
        // Even a decrease, even after a restart, is not sent over it.
        world.ledger.set("A", 3);
        world.time.pass(Duration.ofMinutes(1));
        world.crash();
        world.time.pass(Duration.ofMinutes(30));

        assertThat(shop.shows("A")).isEqualTo(14);
        assertThat(shop.pushes).isEmpty();
        assertThat(drifts()).singleElement().satisfies(drift -> {
            assertThat(drift.sku()).isEqualTo("A");
            assertThat(drift.believed()).isEqualTo(10);
            assertThat(drift.shown()).isEqualTo(14);
        });

        assertThat(settle(Drift.OVERWRITE)).isEmpty();
        world.await(() -> shop.shows("A") == 3, "the ledger's figure is sent over it");
        assertThat(drifts()).isEmpty();
    }

    @Test
    void driftThatIsAnAlertIsAdoptedWhenAPersonSaysSo() {
        FakeStore shop = shopWith(Drift.ALERT);
        shop.edit("A", 14);
        refresh();
        assertThat(drifts()).hasSize(1);

        assertThat(settle(Drift.ADOPT)).isEmpty();
        world.await(world::quiet, "quiet");
        assertThat(world.ledger.product("A").inStock()).isEqualTo(14);
        assertThat(shop.shows("A")).isEqualTo(14);
        assertThat(drifts()).isEmpty();
    }

    // --- waits -------------------------------------------------------------------------------------------------------

    @Test
    void aRestartDoesNotShortenWhatTheStoreAskedFor() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        shop.fault("push", effect -> {
            throw new RateLimitedException("slow down", Duration.ofMinutes(10));
        });
        world.ledger.set("A", 5);
        world.await(() -> world.lane("shop").view().waiting(), "it is to wait");
        Instant end = world.now().plus(Duration.ofMinutes(10));
        shop.calls.clear();
        world.crash();
        world.time.pass(Duration.ofMinutes(9).plusSeconds(50));

        assertThat(shop.calls).isEmpty();
        assertThat(world.lane("shop").view().words()).contains("slow down");
        world.await(() -> !shop.calls.isEmpty(), "it goes on");
        assertThat(world.now()).isAfterOrEqualTo(end.minusSeconds(1));
        world.await(() -> shop.shows("A") == 5, "it is sent");
        assertThat(world.lane("shop").view().state().waiting).isNull();
    }

    @Test
    void aRestartDoesNotShortenAGrowingWait() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        for (int i = 0; i < 10; i++) {
            shop.fault("orders", effect -> {
                throw new TransientException("503");
            });
        }
        world.time.pass(Duration.ofSeconds(30));
        world.ledger.set("A", 15);
        world.await(() -> shop.calls.stream().filter("orders"::equals).count() == 4, "it fails again and again");
        world.time.pass(Duration.ofSeconds(1));
        LaneMemory.Waiting waiting = world.lane("shop").view().state().waiting;
        assertThat(waiting.failures()).isEqualTo(4);
        shop.calls.clear();
        world.crash();
        world.await(() -> !shop.calls.isEmpty(), "it goes on");

        assertThat(world.now()).isAfterOrEqualTo(waiting.until());
    }

    // --- settings per store ------------------------------------------------------------------------------------------

    private void configure(StoreSettings settings) {
        world.lane("shop").configure(settings);
    }

    @Test
    void aStoresOwnIntervalTakesEffectAtOnceAndIsJittered() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        Instant asked = world.now();
        configure(new StoreSettings(Duration.ofMinutes(2), Drift.OVERWRITE, false, null, null));
        world.await(() -> shop.calls.contains("listings"), "the scheduled run");
        Duration first = Duration.between(asked, world.now());
        world.await(world::quiet, "quiet");
        shop.calls.clear();
        Instant ended = world.now();
        world.await(() -> shop.calls.contains("listings"), "the next one");

        assertThat(first).isBetween(Duration.ofSeconds(96), Duration.ofSeconds(116));
        assertThat(Duration.between(ended, world.now())).isBetween(Duration.ofSeconds(96), Duration.ofSeconds(116));
    }

    @Test
    void aStoresOwnGuardShareDecidesWhatMayFallToZero() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        for (int i = 0; i < 29; i++) {
            shop.lists("N" + i, 10);
        }
        refresh();
        configure(new StoreSettings(null, Drift.OVERWRITE, false, 10_000, null));
        for (int i = 0; i < 29; i++) {
            world.ledger.set("N" + i, 0);
        }
        world.await(() -> shop.shows("N28") == 0 && world.quiet(), "all of it goes");
    }

    // --- what runs exchange ------------------------------------------------------------------------------------------

    private List<Exchange> exchanges(String operation) {
        return world.records.runs.stream()
                .flatMap(run -> world.records.exchanges(run.id()).stream())
                .filter(exchange -> exchange.operation().equals(operation))
                .toList();
    }

    @Test
    void aRunTellsWhatItPulledSentAndGotBack() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        shop.lists("B", 10);
        shop.buy("A", 3);
        shop.refused.add("B");
        refresh();
        world.ledger.set("A", 20);
        world.ledger.set("B", 4);
        world.await(() -> shop.shows("A") == 17 && world.quiet(), "it is sent");

        assertThat(exchanges("orders"))
                .anySatisfy(pull -> assertThat(pull.lines())
                        .extracting(Exchange.Line::subject)
                        .containsExactly("o1"));
        assertThat(exchanges("push").stream().flatMap(push -> push.lines().stream()))
                .contains(
                        new Exchange.Line("A", 17L, 7L, "acknowledged"),
                        new Exchange.Line("B", 4L, 10L, "refused: BAD This item cannot be changed."));
        assertThat(exchanges("push"))
                .allSatisfy(push -> assertThat(push.outcome()).isEqualTo(Exchange.Outcome.ANSWERED))
                .allSatisfy(push -> assertThat(push.duration()).isPositive());
    }

    @Test
    void aCallThatFailsIsToldInTheStoresWordsWithoutItsSecrets() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        shop.fault("push", effect -> {
            throw new TransientException("502, token=shpat_0123456789abcdef of ann@example.org");
        });
        world.ledger.set("A", 5);
        world.await(() -> shop.shows("A") == 5 && world.quiet(), "it is sent again");

        Exchange failed = exchanges("push").get(0);
        assertThat(failed.outcome()).isEqualTo(Exchange.Outcome.FAILED);
        assertThat(failed.summary()).contains("502").doesNotContain("shpat_").doesNotContain("ann@");
        assertThat(failed.lines()).containsExactly(new Exchange.Line("A", 5L, 10L, ""));
    }

    // --- shadow, dry runs, held stores -------------------------------------------------------------------------------

    private static final StoreSettings SHADOW = new StoreSettings(null, Drift.OVERWRITE, true, null, null);

    private List<Exchange.Line> withheld() {
        return exchanges("push").stream()
                .filter(push -> push.outcome() == Exchange.Outcome.WITHHELD)
                .flatMap(push -> push.lines().stream())
                .toList();
    }

    @Test
    void inShadowAllIsPulledComputedAndToldAndNothingIsSent() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        shop.lists("B", 10);
        refresh();
        configure(SHADOW);
        shop.calls.clear();
        world.ledger.set("A", 4);
        world.ledger.set("B", 20);
        world.await(() -> withheld().size() == 2, "it is told");
        shop.buy("B", 1);
        Run run = refresh();

        assertThat(shop.calls).contains("orders", "listings").doesNotContain("push", "confirm");
        assertThat(world.ledger.product("B").booked()).isEqualTo(1);
        assertThat(withheld().get(0)).isEqualTo(new Exchange.Line("A", 4L, 10L, "down: at once"));
        assertThat(withheld().get(1).words()).startsWith("up: behind the order pull of ");
        assertThat(run.counts().withheld()).isEqualTo(2);
        assertThat(run.counts().pushed()).isZero();

        configure(StoreSettings.DEFAULT);
        world.await(() -> shop.shows("A") == 4 && shop.shows("B") == 19, "it is sent once the shadow is lifted");
    }

    @Test
    void aStoreTurnedToShadowMidRunSendsNothingMore() {
        FakeStore shop = shop(Capabilities.modest().withPush(1, true, true, 1000), "A", 10);
        for (int i = 0; i < 5; i++) {
            shop.lists("N" + i, 10);
        }
        refresh();
        world.await(world::quiet, "quiet");
        shop.pushes.clear();
        for (int i = 0; i < 5; i++) {
            world.ledger.set("N" + i, 5);
        }
        world.await(() -> shop.pushes.size() == 1, "the first of them goes");
        configure(SHADOW);
        world.time.pass(Duration.ofMinutes(30));

        assertThat(shop.pushes).hasSize(1);
    }

    @Test
    void aDryRunPullsAllAndSendsNothingAndTheNextRunDoes() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        world.lane("shop").hold("A test.");
        world.ledger.set("A", 4);
        world.time.pass(Duration.ofSeconds(5));
        shop.calls.clear();
        world.lane("shop").release();
        long dry = world.lane("shop").refresh(RefreshKind.DRY, "test");
        long wet = world.lane("shop").refresh(RefreshKind.NORMAL, "test");
        assertThat(wet).isNotEqualTo(dry);
        world.await(() -> world.records.run(dry).result() != null, "the dry run");

        assertThat(shop.calls).contains("orders", "listings").doesNotContain("push");
        assertThat(world.records.run(dry).trigger()).isEqualTo(Run.Trigger.DRY_RUN);
        assertThat(world.records.run(dry).counts().withheld()).isEqualTo(1);
        assertThat(withheld()).containsExactly(new Exchange.Line("A", 4L, 10L, "down: at once"));
        world.await(() -> shop.shows("A") == 4, "it goes right behind it");
    }

    @Test
    void aHeldStoreIsPulledAndNothingIsPushedUntilItIsReleased() {
        FakeStore shop = shop(FakeStore.modern(), "A", 10);
        world.lane("shop").hold("The database was restored.");
        world.lane("shop").hold("Another reason.");
        shop.buy("A", 2);
        shop.lists("B", 7);
        world.ledger.set("A", 5);
        world.time.pass(Duration.ofMinutes(30));

        assertThat(world.lane("shop").view().state().heldReason).isEqualTo("The database was restored.");
        assertThat(shop.calls).contains("orders", "listings").doesNotContain("push", "confirm");
        assertThat(world.ledger.product("A").booked()).isEqualTo(2);

        world.lane("shop").release();
        world.await(() -> shop.shows("A") == 3, "what the ledger wants is sent");
    }
}
