package org.evenkeel.simulator;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where a shop takes goods from when nobody says so. Used under the shop's lock. */
final class Allocation {
    private final Shop shop;

    Allocation(Shop shop) {
        this.shop = shop;
    }

    /** Whether some location has everything of each line, for a shop that does not oversell. */
    boolean covers(Basket basket) {
        Map<Variant, Long> wanted = new LinkedHashMap<>();
        basket.lines().stream()
                .filter(item -> item.variant() != null)
                .forEach(item -> wanted.merge(item.variant(), (long) item.quantity(), Math::addExact));
        return wanted.entrySet().stream()
                .allMatch(entry -> inStock(entry.getKey(), entry.getValue(), basket.location()));
    }

    private boolean inStock(Variant variant, long quantity, Location location) {
        if (!variant.tracked() || variant.sellsWithoutStock()) {
            return true;
        }
        return shop.stock().of(variant).stream()
                .filter(shelf -> location == null || shelf.location().equals(location))
                .anyMatch(shelf -> shelf.active() && shelf.available() >= quantity);
    }

    /** Where an order as a whole goes: the first open location that has everything, else the main one. */
    Location locationFor(List<Basket.Item> items) {
        return shop.catalogue().locations().stream()
                .filter(Location::active)
                .filter(location -> items.stream().allMatch(item -> covers(location, item)))
                .findFirst()
                .orElseGet(shop.catalogue()::mainLocation);
    }

    /** Where one line goes: with the order if that location has it, else where most of it is. */
    Location locationFor(Basket.Item item, Location first) {
        if (item.variant() == null || covers(first, item)) {
            return first;
        }
        return shop.stock().of(item.variant()).stream()
                .filter(Shelf::active)
                .max(Comparator.comparingLong(Shelf::available))
                .map(Shelf::location)
                .orElse(first);
    }

    private boolean covers(Location location, Basket.Item item) {
        if (item.variant() == null || !item.variant().tracked()) {
            return true;
        }
        Shelf shelf = shop.stock().find(item.variant(), location);
        return shelf != null && shelf.active() && shelf.available() >= item.quantity();
    }
}
