package org.evenkeel.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All orders of a shop, by id and by the time of their last change, and which of them its search already finds.
 * Read under {@link Shop#read}.
 */
public final class OrderBook {
    /** The order in which a shop lists changes: by time, then by id, as the clock has whole seconds. */
    public static final Comparator<Order> BY_UPDATE =
            Comparator.comparing(Order::updatedAt).thenComparingLong(Order::id);

    private final Shop shop;
    private final NavigableMap<Long, Order> byId = new TreeMap<>();
    private final NavigableSet<Order> byUpdate = new TreeSet<>(BY_UPDATE);
    private final Map<Long, Order> owners = new HashMap<>();
    private final Map<Order, Instant> hiddenUntil = new HashMap<>();
    private Duration lag = Duration.ZERO;
    private boolean holding;

    OrderBook(Shop shop) {
        this.shop = shop;
    }

    /** From now on a new order is found by search only after this time of the shop's clock. */
    public void setLag(Duration lag) {
        if (lag.isNegative()) {
            throw new IllegalArgumentException("An order cannot show up before it is placed: " + lag);
        }
        shop.change(now -> this.lag = lag);
    }

    /** From now on new orders are not found by search until {@link #release()}. */
    public void hold() {
        shop.change(now -> holding = true);
    }

    /** Lets every held and late order be found, with the time stamps it has had all along. */
    public void release() {
        shop.change(now -> {
            holding = false;
            hiddenUntil.clear();
        });
    }

    /** Whether search finds the order by now; it can be read by id from the start. */
    public boolean listed(Order order) {
        if (hiddenUntil.isEmpty()) {
            return true;
        }
        Instant until = hiddenUntil.get(order);
        if (until == null) {
            return true;
        }
        if (until.isAfter(shop.clock().instant())) {
            return false;
        }
        hiddenUntil.remove(order);
        return true;
    }

    /** The order of that id, or null. */
    public Order find(long id) {
        return byId.get(id);
    }

    /** The order that has a line, shipment or refund of that id; null where none has. */
    public Order ownerOf(long partId) {
        return owners.get(partId);
    }

    public Collection<Order> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    public NavigableMap<Long, Order> byId() {
        return Collections.unmodifiableNavigableMap(byId);
    }

    /** All orders, the one that was changed longest ago first. */
    public NavigableSet<Order> byUpdate() {
        return Collections.unmodifiableNavigableSet(byUpdate);
    }

    /** The orders changed at {@code from} or later, the one that was changed longest ago first. */
    public NavigableSet<Order> changedSince(Instant from) {
        // The set compares orders only: a probe with the smallest id stands for the time itself.
        Order probe = new Order(Long.MIN_VALUE, 0, null, Order.Payment.PAID, from, from);
        return Collections.unmodifiableNavigableSet(byUpdate.tailSet(probe, true));
    }

    public int size() {
        return byId.size();
    }

    void add(Order order) {
        byId.put(order.id(), order);
        byUpdate.add(order);
        shop.happened(Happening.Kind.ORDER_PLACED, order);
        if (holding) {
            hiddenUntil.put(order, Instant.MAX);
        } else if (!lag.isZero()) {
            hiddenUntil.put(order, shop.clock().instant().plus(lag));
        }
    }

    void own(long partId, Order order) {
        owners.put(partId, order);
    }

    void touch(Order order, Instant now) {
        byUpdate.remove(order);
        order.setUpdatedAt(now);
        shop.happened(Happening.Kind.ORDER_CHANGED, order);
        if (byId.containsKey(order.id())) {
            byUpdate.add(order);
        }
    }

    void remove(Order order) {
        byId.remove(order.id());
        byUpdate.remove(order);
        hiddenUntil.remove(order);
        order.lines().forEach(line -> owners.remove(line.id()));
        order.fulfilments().forEach(fulfilment -> owners.remove(fulfilment.id()));
        order.refunds().forEach(refund -> owners.remove(refund.id()));
        order.setDeleted();
        shop.happened(Happening.Kind.ORDER_DELETED, order);
    }
}
