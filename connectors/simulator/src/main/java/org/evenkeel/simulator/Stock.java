package org.evenkeel.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The shelves of a shop. Every change keeps on hand = available + committed + unavailable. Methods may be called
 * from any thread.
 */
public final class Stock {
    private final Shop shop;
    private final Map<Variant, Map<Location, Shelf>> shelves = new LinkedHashMap<>();
    private final Map<Long, Shelf> byId = new LinkedHashMap<>();
    private final List<AppListener> listeners = new ArrayList<>();

    /** Told that an app set a figure. */
    @FunctionalInterface
    public interface AppListener {
        /** @param delta by how much the available figure moved, never 0 */
        void moved(Variant variant, Location location, long delta);
    }

    Stock(Shop shop) {
        this.shop = shop;
    }

    /** The figures of a variant at a location; all zero where it is not stocked. */
    public Figures figures(Variant variant, Location location) {
        return shop.read(() -> {
            Shelf shelf = find(variant, location);
            return shelf == null ? Figures.NONE : shelf.figures();
        });
    }

    /** A person in the shop's admin types a new available figure. Stocks the item there if it was not. */
    public void setAvailable(Variant variant, Location location, long available) {
        shop.change(now -> {
            Shelf shelf = stocked(variant, location);
            shelf.move(Math.subtractExact(available, shelf.available()), 0, now);
        });
    }

    /** A person in the shop's admin adds or takes away units, for example goods that arrived. */
    public void adjustAvailable(Variant variant, Location location, long by) {
        shop.change(now -> stocked(variant, location).move(by, 0, now));
    }

    /** A person counts the shelf: available moves by the difference. */
    public void setOnHand(Variant variant, Location location, long onHand) {
        shop.change(now -> {
            Shelf shelf = stocked(variant, location);
            shelf.move(Math.subtractExact(onHand, shelf.figures().onHand()), 0, now);
        });
    }

    /** Takes units off sale (or, with a negative number, puts them back); on hand stays. */
    public void holdBack(Variant variant, Location location, Shelf.HeldBack why, long units) {
        shop.change(now -> stocked(variant, location).holdBack(why, units, now));
    }

    /** Starts keeping an item at a location, with what was there before. */
    public Shelf activate(Variant variant, Location location) {
        return shop.write(now -> {
            Shelf shelf = stocked(variant, location);
            shelf.setActive(true, now);
            return shelf;
        });
    }

    /** Stops keeping an item at a location; the figures stay, hidden, until it is activated again. */
    public void deactivate(Variant variant, Location location) {
        shop.change(now -> stocked(variant, location).setActive(false, now));
    }

    /** The shelf of a variant at a location, or null where it was never stocked. Read under {@link Shop#read}. */
    public Shelf find(Variant variant, Location location) {
        return shelves.getOrDefault(variant, Map.of()).get(location);
    }

    /** The shelf of that id, or null. */
    public Shelf find(long id) {
        return byId.get(id);
    }

    /** The shelves of a variant, in the order in which it was stocked. Read under {@link Shop#read}. */
    public Collection<Shelf> of(Variant variant) {
        return Collections.unmodifiableCollection(
                shelves.getOrDefault(variant, Map.of()).values());
    }

    /** Sets the available figure on behalf of an app and says by how much it moved. */
    public long setByApp(Shelf shelf, long available) {
        return shop.write(now -> {
            long delta = Math.subtractExact(available, shelf.available());
            if (delta != 0) {
                shelf.move(delta, 0, now);
                listeners.forEach(listener -> listener.moved(shelf.variant(), shelf.location(), delta));
            }
            return delta;
        });
    }

    /**
     * Tells of every figure that an app moves from now on, in the thread that answers the app and under the shop's lock: be
     * quick, and wait for nothing.
     */
    public void onMovedByApp(AppListener listener) {
        shop.change(now -> listeners.add(listener));
    }

    Shelf stocked(Variant variant, Location location) {
        return shelves.computeIfAbsent(variant, v -> new LinkedHashMap<>(2))
                .computeIfAbsent(location, l -> newShelf(variant, location, shop.now()));
    }

    private Shelf newShelf(Variant variant, Location location, Instant now) {
        Shelf shelf = new Shelf(
                shop.nextId(), variant, location, now, moved -> shop.happened(Happening.Kind.SHELF_MOVED, moved));
        byId.put(shelf.id(), shelf);
        return shelf;
    }

    void forget(Variant variant) {
        Map<Location, Shelf> gone = shelves.remove(variant);
        if (gone != null) {
            gone.values().forEach(shelf -> byId.remove(shelf.id()));
        }
    }
}
