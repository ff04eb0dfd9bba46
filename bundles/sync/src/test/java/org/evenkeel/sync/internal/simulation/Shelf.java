package org.evenkeel.sync.internal.simulation;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.evenkeel.connector.OrderLine;

/**
 * What lies on the shelf and what of it is promised, by somebody who sees every store at once. A product begins with what its
 * first store can sell. From then on it moves by what people count, and by orders: those that a store took since it was turned
 * on, those of the first store also from before (its figure had taken them off already), and what older orders of the other
 * stores gave back since they were turned on.
 */
final class Shelf {
    private final Collection<SimStore> stores;
    private final Function<SimStore, Instant> turnedOn;
    private final Map<String, Long> counted = new LinkedHashMap<>();
    private final Map<String, SimStore> firsts = new HashMap<>();

    /** @param turnedOn when a store was first turned on, by its own clock; null while it was not */
    Shelf(Collection<SimStore> stores, Function<SimStore, Instant> turnedOn) {
        this.stores = stores;
        this.turnedOn = turnedOn;
    }

    /** A store is the first to sell something. */
    void begins(SimStore store, String sku, long figure) {
        counted.put(sku, figure);
        firsts.put(sku, store);
    }

    /** The store that was the first to sell something. */
    SimStore first(String sku) {
        return firsts.get(sku);
    }

    Collection<String> skus() {
        return counted.keySet();
    }

    /** Somebody finds more, or fewer. */
    void found(String sku, long units) {
        counted.merge(sku, units, Long::sum);
    }

    long inStock(String sku) {
        return available(sku) + booked(sku);
    }

    /** What open orders hold. */
    long booked(String sku) {
        long booked = 0;
        for (SimStore store : stores) {
            booked += openUnits(store, sku);
        }
        return booked;
    }

    /** What the open orders of one store hold, as far as they count. */
    long openUnits(SimStore store, String sku) {
        Instant since = turnedOn.apply(store);
        long booked = 0;
        for (SimStore.Order order : store.orders.values()) {
            for (SimStore.Line line : order.lines) {
                if (line.listing.sku.equals(sku) && isNew(order, since)) {
                    booked += line.open();
                }
            }
        }
        return booked;
    }

    long available(String sku) {
        long available = counted.get(sku);
        for (SimStore store : stores) {
            Instant since = turnedOn.apply(store);
            boolean all = firsts.get(sku) == store;
            for (SimStore.Order order : store.orders.values()) {
                for (SimStore.Line line : order.lines) {
                    if (line.listing.sku.equals(sku)) {
                        available += all || isNew(order, since)
                                ? line.cancelled + line.returned - line.ordered
                                : givenBack(line, since);
                    }
                }
            }
        }
        return available;
    }

    static boolean isNew(SimStore.Order order, Instant since) {
        return since != null && !order.placedAt.isBefore(since);
    }

    private static long givenBack(SimStore.Line line, Instant since) {
        return since == null
                ? 0
                : line.details.stream()
                        .filter(detail -> !detail.at().isBefore(since))
                        .filter(detail ->
                                detail.kind() == OrderLine.Kind.CANCELLED || detail.kind() == OrderLine.Kind.RETURNED)
                        .mapToLong(OrderLine.Detail::quantity)
                        .sum();
    }
}
