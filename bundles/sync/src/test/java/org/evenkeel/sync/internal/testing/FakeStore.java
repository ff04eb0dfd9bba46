package org.evenkeel.sync.internal.testing;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.evenkeel.connector.Call;
import org.evenkeel.connector.Capabilities;
import org.evenkeel.connector.CheckReport;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.FigureReading;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.connector.ListingEntry;
import org.evenkeel.connector.ListingId;
import org.evenkeel.connector.ListingPage;
import org.evenkeel.connector.OrderEntry;
import org.evenkeel.connector.OrderLine;
import org.evenkeel.connector.OrderLookup;
import org.evenkeel.connector.OrderPage;
import org.evenkeel.connector.OrderSnapshot;
import org.evenkeel.connector.PushBatch;
import org.evenkeel.connector.PushOutcome;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.connector.StoreListing;
import org.evenkeel.connector.StoreLocation;
import org.evenkeel.connector.TransientException;
import org.evenkeel.connector.WebhookReceiver;
import org.evenkeel.connector.WebhookRequest;
import org.evenkeel.connector.WebhookSubscriptions;
import org.evenkeel.ledger.StoreId;

/** A store with checkout, its connector included: buying decrements the shelf at once, the order shows up after the lag. */
public final class FakeStore implements StoreConnector, WebhookReceiver, WebhookSubscriptions {
    /** What a call does instead of, or besides, what it should. */
    public interface Fault {
        void strike(Runnable effect) throws ConnectorException;
    }

    public final StoreId id;
    public Capabilities can;
    public int listingsPerPage = 2;
    public int ordersPerPage = 3;
    public boolean tellsActual = true;
    public boolean staleSpoilsBatch;
    /** Pushes take effect when they are asked for. */
    public boolean acceptsOnly;
    /** The shelf counts what lies there: buying does not move it, fulfilling does. */
    public boolean countsOnHand;

    /** Pages of orders come to no end. */
    public boolean endlessOrders;

    public boolean bugInCapabilities;

    public final Set<String> refused = new java.util.TreeSet<>();
    /** SKUs that spoil their whole batch without being named. */
    public final Set<String> poison = new java.util.TreeSet<>();

    /** Faults by operation, used up one by one. */
    public final Map<String, Deque<Fault>> faults = new HashMap<>();

    public final List<String> calls = new ArrayList<>();
    public final List<PushBatch> pushes = new ArrayList<>();
    /** Told of each figure that a push sets: SKU, what it was and what it became. */
    public Watch watch = (sku, was, now) -> {};

    public CheckReport.Severity checkSeverity = CheckReport.Severity.OK;

    private final InstantSource time;
    private final Map<String, Long> shelf = new LinkedHashMap<>();
    private final Map<String, OrderSnapshot> orders = new LinkedHashMap<>();
    private final Map<String, OrderSnapshot> forgotten = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final Map<String, List<PushOutcome>> answers = new HashMap<>();
    private int numbers;

    private record Change(Instant visibleAt, String order) {}

    public interface Watch {
        void pushed(String sku, long was, long now);
    }

    public FakeStore(String id, InstantSource time, Capabilities can) {
        this.id = new StoreId(id);
        this.time = time;
        this.can = can;
    }

    /** A store as modern ones are: batches, conditional sets, idempotency keys. */
    public static Capabilities modern() {
        return Capabilities.modest().withPush(10, true, true, 1_000_000).withReads(10, 10);
    }

    /** A store that only takes absolute numbers, one at a time. */
    public static Capabilities plain() {
        return Capabilities.modest().withReads(10, 10);
    }

    // --- what happens in the store
    // -------------------------------------------------------------------------------------

    public synchronized FakeStore lists(String sku, long figure) {
        shelf.put(sku, figure);
        return this;
    }

    public synchronized void unlist(String sku) {
        shelf.remove(sku);
    }

    public synchronized long shows(String sku) {
        return shelf.get(sku);
    }

    public Set<String> skus() {
        return shelf.keySet();
    }

    public synchronized void edit(String sku, long figure) {
        shelf.put(sku, figure);
    }

    /** A buyer buys. @return the order's id, null when there is not enough */
    public synchronized String buy(String sku, long units) {
        if (shelf.get(sku) < units) {
            return null;
        }
        if (!countsOnHand) {
            shelf.merge(sku, -units, Long::sum);
        }
        String order = "o" + ++numbers;
        keep(order, sku, units, 0, 0, time.instant());
        return order;
    }

    public synchronized void cancel(String order) {
        OrderSnapshot it = orders.get(order);
        OrderLine line = it.lines().get(0);
        long open = line.ordered() - line.fulfilled() - line.cancelled();
        shelf.merge(line.sku(), open, Long::sum);
        keep(order, line.sku(), line.ordered(), line.cancelled() + open, line.fulfilled(), it.placedAt());
    }

    /** As {@link #cancel}, but the store's clock has not moved since the order was placed. */
    public void cancelWithinTheSameSecond(String order) {
        Instant updatedAt = orders.get(order).updatedAt();
        cancel(order);
        OrderSnapshot it = orders.get(order);
        orders.put(order, new OrderSnapshot(it.id(), it.name(), updatedAt, 0, it.placedAt(), false, null, it.lines()));
    }

    public synchronized void fulfil(String order) {
        OrderSnapshot it = orders.get(order);
        OrderLine line = it.lines().get(0);
        keep(order, line.sku(), line.ordered(), line.cancelled(), line.ordered() - line.cancelled(), it.placedAt());
    }

    /** The store forgets an order without a word; its units are not put back. */
    public void forget(String order) {
        forgotten.put(order, orders.remove(order));
    }

    /** The store shows an order again as it was. */
    public void recall(String order) {
        orders.put(order, forgotten.remove(order));
        changes.add(new Change(time.instant(), order));
    }

    /** Orders of a SKU that {@link #orders} has shown since before a time. */
    public Set<String> visibleBefore(Instant when, String sku) {
        return changes.stream()
                .filter(change -> change.visibleAt().isBefore(when))
                .map(Change::order)
                .filter(order -> orders.get(order).lines().get(0).sku().equals(sku))
                .collect(Collectors.toSet());
    }

    public Set<String> orderIds() {
        return orders.keySet();
    }

    public long unitsSold() {
        return orders.values().stream()
                .mapToLong(order -> order.lines().get(0).ordered())
                .sum();
    }

    /** Units of a SKU that were ordered and neither cancelled nor sent. */
    public long openUnits(String sku) {
        return orders.values().stream()
                .map(order -> order.lines().get(0))
                .filter(line -> line.sku().equals(sku))
                .mapToLong(line -> line.ordered() - line.cancelled() - line.fulfilled())
                .sum();
    }

    private void keep(String order, String sku, long ordered, long cancelled, long fulfilled, Instant placedAt) {
        OrderLine line = new OrderLine(
                order + "-1",
                new ListingId(sku, ""),
                sku,
                sku,
                ordered,
                cancelled,
                0,
                fulfilled,
                0,
                StoreLocation.ONLY,
                List.of());
        Instant now = time.instant();
        orders.put(order, new OrderSnapshot(order, "#" + order, now, 0, placedAt, false, null, List.of(line)));
        changes.add(new Change(now.plus(can.orderLag()), order));
    }

    public synchronized FakeStore fault(String operation, Fault fault) {
        faults.computeIfAbsent(operation, key -> new ArrayDeque<>()).add(fault);
        return this;
    }

    // --- the connector
    // -------------------------------------------------------------------------------------------------

    private synchronized <T> T answer(String operation, Supplier<T> work) throws ConnectorException {
        calls.add(operation);
        Deque<Fault> waiting = faults.get(operation);
        if (waiting == null || waiting.isEmpty()) {
            return work.get();
        }
        List<T> result = new ArrayList<>();
        waiting.poll().strike(() -> result.add(work.get()));
        if (result.isEmpty()) {
            result.add(work.get());
        }
        return result.get(0);
    }

    @Override
    public Capabilities capabilities() {
        if (bugInCapabilities) {
            throw new IllegalStateException("no capabilities");
        }
        return can;
    }

    @Override
    public CheckReport check(Call call) throws ConnectorException {
        return answer(
                "check",
                () -> new CheckReport(
                        id.value() + ".example",
                        time.instant(),
                        List.of(new StoreLocation(StoreLocation.ONLY, "Shop", true)),
                        List.of(new CheckReport.Finding(checkSeverity, "Looked at the token.", ""))));
    }

    @Override
    public ListingPage listings(String cursor, Call call) throws ConnectorException {
        return answer("listings", () -> {
            List<String> all = List.copyOf(shelf.keySet());
            int from = cursor == null ? 0 : Integer.parseInt(cursor);
            int to = Math.min(all.size(), from + listingsPerPage);
            List<ListingEntry> page = all.subList(Math.min(from, to), to).stream()
                    .<ListingEntry>map(this::listing)
                    .toList();
            return new ListingPage(page, to < all.size() ? String.valueOf(to) : null);
        });
    }

    private StoreListing listing(String sku) {
        return new StoreListing(
                new ListingId(sku, ""),
                sku,
                "A " + sku,
                StoreListing.State.ACTIVE,
                "",
                sku,
                List.of(new StoreListing.Figure(StoreLocation.ONLY, shelf.get(sku))));
    }

    @Override
    public OrderPage orders(String cursor, Instant since, Call call) throws ConnectorException {
        return answer("orders", () -> {
            Instant now = time.instant();
            List<Change> visible = changes.stream()
                    .filter(change -> !change.visibleAt().isAfter(now))
                    .toList();
            int from = cursor == null ? 0 : Integer.parseInt(cursor);
            int to = Math.min(visible.size(), from + ordersPerPage);
            // Inclusive at its border: the last one comes again.
            List<OrderEntry> page = visible.subList(Math.max(0, Math.min(from, to) - 1), to).stream()
                    .map(Change::order)
                    .distinct()
                    .filter(orders::containsKey)
                    .<OrderEntry>map(orders::get)
                    .toList();
            return new OrderPage(page, String.valueOf(to), endlessOrders || to < visible.size());
        });
    }

    @Override
    public List<OrderLookup> ordersById(List<String> ids, Call call) throws ConnectorException {
        return answer(
                "ordersById",
                () -> ids.stream()
                        .<OrderLookup>map(order -> orders.containsKey(order)
                                ? new OrderLookup.Found(orders.get(order))
                                : new OrderLookup.Gone(order))
                        .toList());
    }

    @Override
    public List<PushOutcome> push(PushBatch batch, Call call) throws ConnectorException {
        pushes.add(batch);
        if (batch.items().stream().anyMatch(item -> poison.contains(item.sku()))) {
            calls.add("push");
            throw new TransientException("500 Internal Server Error");
        }
        return answer("push", () -> {
            if (can.idempotencyKeys() && answers.containsKey(batch.key())) {
                return answers.get(batch.key());
            }
            boolean spoilt = staleSpoilsBatch && batch.items().stream().anyMatch(this::stale);
            List<PushOutcome> outcomes =
                    batch.items().stream().map(item -> push(item, spoilt)).toList();
            answers.put(batch.key(), outcomes);
            return outcomes;
        });
    }

    private boolean stale(PushBatch.Item item) {
        return can.compareAndSet()
                && item.expected() != null
                && !item.expected().equals(shelf.get(item.sku()));
    }

    private PushOutcome push(PushBatch.Item item, boolean spoilt) {
        if (refused.contains(item.sku())) {
            return new PushOutcome.Refused("BAD", "This item cannot be changed.");
        }
        if (stale(item)) {
            return new PushOutcome.Stale(tellsActual ? shelf.get(item.sku()) : null);
        }
        if (spoilt) {
            return new PushOutcome.NotSent("Another item was stale.");
        }
        if (acceptsOnly) {
            return new PushOutcome.Accepted(item.sku() + "=" + item.figure());
        }
        set(item.sku(), item.figure());
        return new PushOutcome.Acknowledged();
    }

    private void set(String sku, long figure) {
        watch.pushed(sku, shelf.get(sku), figure);
        shelf.put(sku, figure);
    }

    @Override
    public List<PushOutcome> confirm(List<String> tokens, Call call) throws ConnectorException {
        return answer("confirm", () -> {
            tokens.forEach(token -> set(
                    token.substring(0, token.indexOf('=')), Long.parseLong(token.substring(token.indexOf('=') + 1))));
            return tokens.stream()
                    .<PushOutcome>map(token -> new PushOutcome.Acknowledged())
                    .toList();
        });
    }

    @Override
    public List<FigureReading> readBack(List<FigureTarget> targets, Call call) throws ConnectorException {
        return answer(
                "readBack",
                () -> targets.stream()
                        .filter(target -> shelf.containsKey(target.counter()))
                        .map(target -> new FigureReading(target, shelf.get(target.counter())))
                        .toList());
    }

    // --- webhooks

    /** Where the store calls back; null for nowhere. */
    public URI callsBackAt;

    @Override
    public Webhook receive(WebhookRequest request) {
        return Webhook.nothing("");
    }

    @Override
    public List<Subscription> subscriptions(Call call) {
        return callsBackAt == null
                ? List.of()
                : List.of(new Subscription("1", "orders", callsBackAt.toString(), true, null));
    }

    @Override
    public Report subscribe(URI address, Call call) throws ConnectorException {
        return answer("subscribe", () -> {
            callsBackAt = address;
            List<Done> done =
                    refused.contains("orders") ? List.of(new Done(Step.REFUSED, "orders", "not for you")) : List.of();
            return new Report(subscriptions(call), done);
        });
    }

    @Override
    public Report unsubscribe(URI address, Call call) throws ConnectorException {
        return answer("unsubscribe", () -> {
            callsBackAt = null;
            return new Report(List.of(), List.of());
        });
    }

    /** Longer than any lag: after it, everything shows. */
    public static final Duration LONG = Duration.ofMinutes(30);
}
