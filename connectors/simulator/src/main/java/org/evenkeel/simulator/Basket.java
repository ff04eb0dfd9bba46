package org.evenkeel.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What somebody is about to order. Immutable: every method returns a new basket.
 *
 * @param lines what and how many; at least one when the order is placed
 * @param location where it is taken from; null lets the shop choose
 * @param payment whether it is paid already
 * @param placedAt the time of the order; null is the shop's clock
 */
public record Basket(List<Item> lines, Location location, Order.Payment payment, Instant placedAt) {
    /**
     * One line.
     *
     * @param variant what is bought; null for a line typed by hand
     * @param title how the line is called; null takes the product's title
     * @param sku the SKU of a line typed by hand; null otherwise
     * @param quantity in whole units, at least 1
     */
    public record Item(Variant variant, String title, String sku, int quantity) {
        public Item {
            if (quantity < 1) {
                throw new IllegalArgumentException("A line has at least one unit, not " + quantity);
            }
            if (variant == null && title == null) {
                throw new IllegalArgumentException("A line without a variant needs a title");
            }
        }
    }

    public Basket {
        lines = List.copyOf(lines);
        Objects.requireNonNull(payment, "payment");
    }

    /** An empty, paid basket. */
    public static Basket empty() {
        return new Basket(List.of(), null, Order.Payment.PAID, null);
    }

    /** A paid basket with one line. */
    public static Basket of(Variant variant, int quantity) {
        return empty().and(variant, quantity);
    }

    public Basket and(Variant variant, int quantity) {
        return with(new Item(Objects.requireNonNull(variant, "variant"), null, null, quantity));
    }

    /** A line that the merchant typed by hand: no variant, no stock. */
    public Basket andCustom(String title, String sku, int quantity) {
        return with(new Item(null, title, sku, quantity));
    }

    public Basket at(Location place) {
        return new Basket(lines, place, payment, placedAt);
    }

    public Basket unpaid() {
        return new Basket(lines, location, Order.Payment.PENDING, placedAt);
    }

    public Basket placedAt(Instant when) {
        return new Basket(lines, location, payment, when);
    }

    private Basket with(Item item) {
        List<Item> more = new ArrayList<>(lines);
        more.add(item);
        return new Basket(more, location, payment, placedAt);
    }
}
