package org.evenkeel.demo;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.evenkeel.connector.CheckReport;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.setup.StoreSetup;
import org.evenkeel.simulator.Shop;
import org.evenkeel.sync.StoreStatus;
import org.evenkeel.sync.StoreSync;
import org.evenkeel.sync.TurnOn;

/** Connects one shop as a person would: save it as a draft, check it, turn it on, wait until it is level. */
final class Connecting {
    private static final String KIND = "org.evenkeel.connector.shopify";
    private static final String ACTOR = "system";
    private final StoreSetup setup;
    private final StoreSync sync;
    private final Shop shop;
    private final URI address;
    private StoreId store;
    private CompletableFuture<CheckReport> check;
    private boolean level;

    Connecting(StoreSetup setup, StoreSync sync, Shop shop, URI address) {
        this.setup = setup;
        this.sync = sync;
        this.shop = shop;
        this.address = address;
    }

    /**
     * Does the next thing, if it can be done now.
     *
     * @return whether nothing is left to do
     */
    boolean advanced() {
        if (!level) {
            if (store == null) {
                setup.kind(KIND).ifPresent(kind -> store = save());
            } else {
                sync.store(store).ifPresent(this::advance);
            }
        }
        return level;
    }

    /** The shops' address and tokens are new at each start; the store keeps its id and history. */
    private StoreId save() {
        String name = name();
        Map<String, List<String>> values = Map.of(
                "shop", List.of(address.toString()),
                ".accessToken", List.of(shop.token()),
                ".clientSecret", List.of(shop.callbacks().secret()));
        Optional<StoreStatus> present = sync.stores().stream()
                .filter(status -> status.store().name().equals(name))
                .findFirst();
        if (present.isEmpty()) {
            return setup.create(KIND, name, values, ACTOR);
        }
        StoreId id = present.get().store().id();
        setup.update(id, name, values, ACTOR);
        return id;
    }

    private void advance(StoreStatus status) {
        if (!status.connected()) {
            return;
        }
        if (status.store().syncOn()) {
            level = status.lastPushAt() != null
                    || status.lastRun() != null && status.due().ready() == 0;
        } else if (check == null) {
            check = sync.check(store, ACTOR).toCompletableFuture();
        } else if (check.isDone()) {
            CheckReport report = check.join();
            check = null;
            if (report.passed()) {
                sync.turnOn(store, TurnOn.DEFAULT, ACTOR);
            }
        }
    }

    private String name() {
        return shop.name().substring(0, 1).toUpperCase(Locale.ROOT)
                + shop.name().substring(1) + " Shop";
    }
}
