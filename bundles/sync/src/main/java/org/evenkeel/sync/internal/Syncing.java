package org.evenkeel.sync.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.evenkeel.accounts.AuditLog;
import org.evenkeel.connector.CheckReport;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.OrderKey;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.StoreRegistry;
import org.evenkeel.sync.Drift;
import org.evenkeel.sync.DriftedFigure;
import org.evenkeel.sync.Exchange;
import org.evenkeel.sync.RefreshKind;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.StoreSettings;
import org.evenkeel.sync.StoreStatus;
import org.evenkeel.sync.StoreSync;
import org.evenkeel.sync.TurnOn;
import org.evenkeel.sync.WebhookStatus;
import org.evenkeel.sync.WindowBucket;
import org.evenkeel.sync.internal.kept.SyncRecords;
import org.evenkeel.sync.internal.lane.Lane;
import org.evenkeel.sync.internal.lane.LaneMemory.LaneState;
import org.evenkeel.sync.internal.lane.LaneView;
import org.evenkeel.sync.internal.plans.Readiness;

/** What people can ask of the sync. Thread-safe. */
final class Syncing implements StoreSync {
    private static final int MOST_BUCKETS = 1_000;

    private final InstantSource clock;
    private final StoreRegistry stores;
    private final SyncRecords records;
    private final LaneRegistry lanes;
    private final StatusView view;
    private final Drifts drifts;
    private final WebhookView webhooks;
    private final Supplier<Optional<AuditLog>> audit;

    Syncing(
            InstantSource clock,
            StoreRegistry stores,
            SyncRecords records,
            LaneRegistry lanes,
            StatusView view,
            Drifts drifts,
            WebhookView webhooks,
            Supplier<Optional<AuditLog>> audit) {
        this.clock = clock;
        this.stores = stores;
        this.records = records;
        this.lanes = lanes;
        this.view = view;
        this.drifts = drifts;
        this.webhooks = webhooks;
        this.audit = audit;
    }

    @Override
    public List<StoreStatus> stores() {
        return stores.stores().stream()
                .filter(store -> store.removedAt() == null)
                .sorted(Comparator.comparing(Store::name, String.CASE_INSENSITIVE_ORDER))
                .map(view::status)
                .toList();
    }

    @Override
    public Optional<StoreStatus> store(StoreId store) {
        return stores.find(store).map(view::status);
    }

    @Override
    public CompletionStage<CheckReport> check(StoreId store, String actor) {
        CompletableFuture<CheckReport> report = new CompletableFuture<>();
        lane(store).check(report::complete);
        return report;
    }

    @Override
    public long turnOn(StoreId store, TurnOn choices, String actor) {
        Lane lane = lane(store);
        Store known = present(store);
        Readiness.require(store, lane.view());
        LaneState kept = lane.view().state();
        boolean first = known.firstTurnedOnAt() == null;
        long run = lane.turnOn(
                () -> stores.turnOn(store, Readiness.moment(clock.instant(), kept), choices.takeOpenOrders(), actor),
                first ? choices : kept.choices,
                actor);
        audit(actor, "store.turned-on", store, first ? "first time: " + words(choices) : "");
        return run;
    }

    private static String words(TurnOn choices) {
        return (choices.takeOpenOrders() ? "open orders are booked" : "only orders placed from now on are booked")
                + (choices.opening() == TurnOn.Opening.ADOPT
                        ? ", figures are taken as In Stock"
                        : ", figures wait for a person");
    }

    @Override
    public void turnOff(StoreId store, String actor) {
        if (present(store).syncOn()) {
            stores.turnOff(store, actor);
            audit(actor, "store.turned-off", store, "");
        }
        lanes.here(store).ifPresent(Lane::follow);
    }

    @Override
    public long refresh(StoreId store, RefreshKind kind, String actor) {
        long run = lane(store).refresh(kind, actor);
        audit(
                actor,
                "store.refreshed",
                store,
                kind == RefreshKind.NORMAL ? "" : kind.name().toLowerCase(Locale.ROOT));
        return run;
    }

    @Override
    public StoreSettings settings(StoreId store) {
        return shown(store).state().settings;
    }

    @Override
    public void configure(StoreId store, StoreSettings settings, String actor) {
        Lane lane = lane(store);
        if (!lane.view().state().settings.equals(settings)) {
            lane.configure(settings);
            lanes.withheld(store);
            audit(actor, "store.configured", store, words(settings));
            lanes.changed(store);
        }
    }

    private static String words(StoreSettings settings) {
        List<String> words = new ArrayList<>();
        words.add("drift: " + settings.drift().name().toLowerCase(Locale.ROOT));
        if (settings.shadow()) {
            words.add("in shadow");
        }
        if (settings.interval() != null) {
            words.add("every " + settings.interval().toSeconds() + " s");
        }
        if (settings.guardShare() != null) {
            words.add("guard " + settings.guardShare() + " basis points");
        }
        if (settings.windowAlarm() != null) {
            words.add("window alarm above " + settings.windowAlarm().toSeconds() + " s");
        }
        return String.join(", ", words);
    }

    @Override
    public void hold(Set<StoreId> which, String reason, String actor) {
        if (reason.isBlank()) {
            throw new InvalidInputException("reason", "Say why the stores are held: somebody else may have to decide.");
        }
        Set<StoreId> held = which.isEmpty()
                ? stores.stores().stream()
                        .filter(store -> store.removedAt() == null && store.firstTurnedOnAt() != null)
                        .map(Store::id)
                        .collect(Collectors.toSet())
                : which;
        held.forEach(this::present);
        held.forEach(store -> {
            lane(store).hold(reason.strip());
            lanes.withheld(store);
            audit(actor, "store.held", store, reason.strip());
            lanes.changed(store);
        });
    }

    @Override
    public Page<DriftedFigure> drifts(StoreId store, PageRequest page) {
        present(store);
        return drifts.page(store, page);
    }

    @Override
    public List<String> settleDrift(StoreId store, Set<Long> figures, Drift decision, String actor) {
        present(store);
        if (decision == Drift.ALERT) {
            throw new InvalidInputException("decision", "Overwrite what the store shows, or adopt it.");
        }
        List<String> words =
                lane(store).decide(listings -> new Drifts(listings).settle(store, figures, decision, actor));
        audit(
                actor,
                "store.drift-settled",
                store,
                decision.name().toLowerCase(Locale.ROOT) + ", figures " + new TreeSet<>(figures));
        lanes.wake(store);
        lanes.changed(store);
        return words;
    }

    @Override
    public Page<Exchange> exchanges(long run, PageRequest page) {
        return records.exchanges().of(run, page);
    }

    @Override
    public List<WindowBucket> windows(StoreId store, Instant from, Instant to, Duration bucket) {
        if (store != null) {
            present(store);
        }
        if (bucket.isNegative() || bucket.isZero() || !to.isAfter(from)) {
            throw new InvalidInputException(
                    "bucket", "A span of time is longer than nothing, and ends after it begins.");
        }
        long spans = (Duration.between(from, to).toMillis() + bucket.toMillis() - 1) / Math.max(1, bucket.toMillis());
        if (spans > MOST_BUCKETS) {
            throw new InvalidInputException(
                    "bucket", spans + " spans are more than " + MOST_BUCKETS + ": ask for longer spans, or less time.");
        }
        return records.windows().buckets(store, from, (int) spans, bucket);
    }

    @Override
    public void hint(StoreId store) {
        present(store);
        lanes.hint(store);
    }

    @Override
    public void hint(StoreId store, Set<String> counters) {
        present(store);
        lanes.hint(store, counters);
    }

    @Override
    public Optional<Instant> ordersKnownAsOf(StoreId store) {
        return Optional.ofNullable(shown(store).state().ordersKnownAsOf);
    }

    @Override
    public WebhookStatus webhooks(StoreId store) {
        return webhooks.status(present(store), lanes.view(store));
    }

    @Override
    public CompletionStage<Optional<String>> unsubscribe(StoreId store) {
        CompletableFuture<Optional<String>> ended = new CompletableFuture<>();
        lane(store).unsubscribe(words -> ended.complete(Optional.ofNullable(words)));
        return ended;
    }

    @Override
    public CompletionStage<String> retryParked(OrderKey order, String actor) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        lane(order.store()).readOrder(order.id(), answer::complete);
        audit(actor, "order.retried", order.store(), order.id());
        return answer;
    }

    @Override
    public void resume(StoreId store, String actor) {
        lane(store).resume(actor);
        audit(actor, "store.resumed", store, "");
    }

    @Override
    public Page<Run> runs(StoreId store, PageRequest page) {
        if (store != null) {
            present(store);
        }
        return records.runs(store, page);
    }

    @Override
    public Optional<Run> run(long id) {
        return records.run(id);
    }

    /** What is shown of a store's lane, whoever serves it. */
    private LaneView shown(StoreId store) {
        return lanes.view(present(store).id());
    }

    private Lane lane(StoreId store) {
        return lanes.lane(store).orElseThrow(() -> unknown(store));
    }

    private Store present(StoreId store) {
        return stores.find(store).orElseThrow(() -> unknown(store));
    }

    private static NotFoundException unknown(StoreId store) {
        return new NotFoundException("There is no store " + store + ".");
    }

    private static ConflictException conflict(String words) {
        return new ConflictException(ConflictException.Reason.STATE, words);
    }

    private void audit(String actor, String action, StoreId store, String detail) {
        audit.get().ifPresent(log -> log.record(actor, action, store.value(), detail));
    }
}
