package org.evenkeel.sync.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.evenkeel.connector.CheckReport;
import org.evenkeel.ledger.LeaseLostException;
import org.evenkeel.ledger.OrderKey;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.StoreId;
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
import org.evenkeel.sync.internal.kept.Wire;
import org.evenkeel.sync.internal.nodes.Requests;

/**
 * The same sync from any node: what needs a store's lane is done here where this node serves the store, and asked of the node
 * that does otherwise. What only reads is answered from what is kept. Thread-safe.
 */
final class NodeSync implements StoreSync {
    private static final String ACTOR = "actor";
    /** So many counters of a hint are told to another node: an answer to a webhook does not wait for more. */
    private static final int MOST_TOLD = 500;

    private final StoreSync local;
    private final Requests requests;

    /** @param local does things with lanes; throws {@link ServedElsewhereException} where another node serves the store */
    NodeSync(StoreSync local, Requests requests) {
        this.local = local;
        this.requests = requests;
        answer();
    }

    /** What other nodes may ask of this one. */
    private void answer() {
        requests.serve(
                "check", (store, said) -> local.check(store, said.get(ACTOR)).thenApply(Wire::of));
        requests.serve(
                "retry-parked",
                (store, said) -> local.retryParked(new OrderKey(store, said.get("order")), said.get(ACTOR)));
        requests.serve("unsubscribe", (store, said) -> local.unsubscribe(store).thenApply(words -> words.orElse("")));
        serve(
                "turn-on",
                (store, said) -> String.valueOf(local.turnOn(
                        store,
                        new TurnOn(
                                Boolean.parseBoolean(said.get("takeOpenOrders")),
                                TurnOn.Opening.valueOf(said.get("opening"))),
                        said.get(ACTOR))));
        serve(
                "refresh",
                (store, said) ->
                        String.valueOf(local.refresh(store, RefreshKind.valueOf(said.get("kind")), said.get(ACTOR))));
        serve("configure", (store, said) -> done(() -> local.configure(store, settings(said), said.get(ACTOR))));
        serve("hold", (store, said) -> done(() -> local.hold(Set.of(store), said.get("reason"), said.get(ACTOR))));
        serve("hint", (store, said) -> done(() -> local.hint(store, Set.copyOf(Wire.lines(said.get("counters"))))));
        serve("resume", (store, said) -> done(() -> local.resume(store, said.get(ACTOR))));
        serve(
                "settle-drift",
                (store, said) -> Wire.of(local.settleDrift(
                        store,
                        Arrays.stream(said.get("figures").split(","))
                                .map(Long::valueOf)
                                .collect(Collectors.toSet()),
                        Drift.valueOf(said.get("decision")),
                        said.get(ACTOR))));
    }

    private void serve(String kind, BiFunction<StoreId, Map<String, String>, String> how) {
        requests.serve(kind, (store, said) -> CompletableFuture.completedFuture(how.apply(store, said)));
    }

    private static String done(Runnable work) {
        work.run();
        return "";
    }

    private static <T> T anywhere(Supplier<T> here, Supplier<T> there) {
        try {
            return here.get();
        } catch (ServedElsewhereException | LeaseLostException elsewhere) {
            return there.get();
        }
    }

    private void anywhere(Runnable here, StoreId store, String kind, Map<String, String> said) {
        anywhere(() -> done(here), () -> requests.askAndWait(store, kind, said));
    }

    // --- what needs a lane -------------------------------------------------------------------------------------------

    @Override
    public CompletionStage<CheckReport> check(StoreId store, String actor) {
        return anywhere(
                () -> local.check(store, actor),
                () -> requests.ask(store, "check", Map.of(ACTOR, actor))
                        .handle((text, failure) -> failure == null ? Wire.report(text) : unanswered(failure)));
    }

    private static CheckReport unanswered(Throwable failure) {
        return new CheckReport(
                "",
                null,
                List.of(),
                List.of(new CheckReport.Finding(
                        CheckReport.Severity.ERROR, failure.getMessage(), "Check again in a moment.")));
    }

    @Override
    public long turnOn(StoreId store, TurnOn choices, String actor) {
        return anywhere(
                () -> local.turnOn(store, choices, actor),
                () -> Long.valueOf(requests.askAndWait(
                        store,
                        "turn-on",
                        Map.of(
                                "takeOpenOrders",
                                String.valueOf(choices.takeOpenOrders()),
                                "opening",
                                choices.opening().name(),
                                ACTOR,
                                actor))));
    }

    @Override
    public long refresh(StoreId store, RefreshKind kind, String actor) {
        return anywhere(
                () -> local.refresh(store, kind, actor),
                () -> Long.valueOf(requests.askAndWait(store, "refresh", Map.of("kind", kind.name(), ACTOR, actor))));
    }

    @Override
    public CompletionStage<String> retryParked(OrderKey order, String actor) {
        return anywhere(
                () -> local.retryParked(order, actor),
                () -> requests.ask(order.store(), "retry-parked", Map.of("order", order.id(), ACTOR, actor)));
    }

    @Override
    public CompletionStage<Optional<String>> unsubscribe(StoreId store) {
        return anywhere(
                () -> local.unsubscribe(store),
                () -> requests.ask(store, "unsubscribe", Map.of())
                        .thenApply(words -> Optional.of(words).filter(text -> !text.isEmpty())));
    }

    @Override
    public void configure(StoreId store, StoreSettings settings, String actor) {
        Map<String, String> said = said(settings);
        said.put(ACTOR, actor);
        anywhere(() -> local.configure(store, settings, actor), store, "configure", said);
    }

    private static Map<String, String> said(StoreSettings settings) {
        Map<String, String> said = new HashMap<>();
        said.put("drift", settings.drift().name());
        said.put("shadow", String.valueOf(settings.shadow()));
        Optional.ofNullable(settings.interval()).ifPresent(time -> said.put("interval", time.toString()));
        Optional.ofNullable(settings.guardShare()).ifPresent(share -> said.put("guardShare", share.toString()));
        Optional.ofNullable(settings.windowAlarm()).ifPresent(time -> said.put("windowAlarm", time.toString()));
        return said;
    }

    private static StoreSettings settings(Map<String, String> said) {
        return new StoreSettings(
                Optional.ofNullable(said.get("interval")).map(Duration::parse).orElse(null),
                Drift.valueOf(said.get("drift")),
                Boolean.parseBoolean(said.get("shadow")),
                Optional.ofNullable(said.get("guardShare"))
                        .map(Integer::valueOf)
                        .orElse(null),
                Optional.ofNullable(said.get("windowAlarm"))
                        .map(Duration::parse)
                        .orElse(null));
    }

    /** All of them by their lanes, wherever those are; what one refuses keeps no other from being held. */
    @Override
    public void hold(Set<StoreId> stores, String reason, String actor) {
        Set<StoreId> which = stores.isEmpty() ? turnedOn() : stores;
        which.forEach(local::settings);
        RuntimeException refusal = null;
        for (StoreId store : which) {
            try {
                holdOne(store, reason, actor);
            } catch (RuntimeException e) {
                refusal = refusal == null ? e : refusal;
            }
        }
        if (refusal != null) {
            throw refusal;
        }
    }

    private void holdOne(StoreId store, String reason, String actor) {
        anywhere(() -> local.hold(Set.of(store), reason, actor), store, "hold", Map.of("reason", reason, ACTOR, actor));
    }

    private Set<StoreId> turnedOn() {
        return local.stores().stream()
                .map(StoreStatus::store)
                .filter(store -> store.firstTurnedOnAt() != null)
                .map(store -> store.id())
                .collect(Collectors.toSet());
    }

    @Override
    public List<String> settleDrift(StoreId store, Set<Long> figures, Drift decision, String actor) {
        return anywhere(
                () -> local.settleDrift(store, figures, decision, actor),
                () -> Wire.lines(requests.askAndWait(
                        store,
                        "settle-drift",
                        Map.of(
                                "figures",
                                figures.stream().map(String::valueOf).collect(Collectors.joining(",")),
                                "decision",
                                decision.name(),
                                ACTOR,
                                actor))));
    }

    @Override
    public void resume(StoreId store, String actor) {
        anywhere(() -> local.resume(store, actor), store, "resume", Map.of(ACTOR, actor));
    }

    // --- what any node knows, or reaches by a signal -----------------------------------------------------------------

    @Override
    public List<StoreStatus> stores() {
        return local.stores();
    }

    @Override
    public Optional<StoreStatus> store(StoreId store) {
        return local.store(store);
    }

    @Override
    public void turnOff(StoreId store, String actor) {
        local.turnOff(store, actor);
    }

    @Override
    public void hint(StoreId store) {
        local.hint(store);
    }

    /** Nobody waits for an answer: what another node does not take up in time is read by the next full run. */
    @Override
    public void hint(StoreId store, Set<String> counters) {
        try {
            local.hint(store, counters);
        } catch (ServedElsewhereException elsewhere) {
            local.hint(store);
            List<String> some = counters.stream().limit(MOST_TOLD).toList();
            requests.ask(store, "hint", Map.of("counters", Wire.of(some)));
        }
    }

    @Override
    public Optional<Instant> ordersKnownAsOf(StoreId store) {
        return local.ordersKnownAsOf(store);
    }

    @Override
    public WebhookStatus webhooks(StoreId store) {
        return local.webhooks(store);
    }

    @Override
    public StoreSettings settings(StoreId store) {
        return local.settings(store);
    }

    @Override
    public Page<DriftedFigure> drifts(StoreId store, PageRequest page) {
        return local.drifts(store, page);
    }

    @Override
    public Page<Run> runs(StoreId store, PageRequest page) {
        return local.runs(store, page);
    }

    @Override
    public Optional<Run> run(long id) {
        return local.run(id);
    }

    @Override
    public Page<Exchange> exchanges(long run, PageRequest page) {
        return local.exchanges(run, page);
    }

    @Override
    public List<WindowBucket> windows(StoreId store, Instant from, Instant to, Duration bucket) {
        return local.windows(store, from, to, bucket);
    }
}
