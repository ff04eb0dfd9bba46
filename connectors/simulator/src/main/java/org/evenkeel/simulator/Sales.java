package org.evenkeel.simulator;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The life of orders, from checkout to deletion, with what each step does to the shelves. Every method is one step:
 * it happens as a whole or, with an {@link IllegalArgumentException} that says why, not at all. Methods may be
 * called from any thread.
 */
public final class Sales {
    private final Shop shop;
    private final Allocation allocation;
    private final List<Consumer<Order>> listeners = new ArrayList<>();
    private boolean removalsAreRefunds = true;

    Sales(Shop shop) {
        this.shop = shop;
        this.allocation = new Allocation(shop);
    }

    /**
     * Whether units that an edit or a cancellation removes are also written down as a refund without money. True at
     * first; false makes a shop in which only the counts of the line tell.
     */
    public void setRemovalsAreRefunds(boolean written) {
        shop.change(now -> removalsAreRefunds = written);
    }

    /**
     * Tells of every order placed from now on, in the thread that places it and under the shop's lock: be quick, and
     * wait for nothing.
     */
    public void onPlaced(Consumer<Order> listener) {
        shop.change(now -> listeners.add(listener));
    }

    // ---- placing

    /** Places an order as a fact, whatever is in stock: available falls, below zero if it must; committed rises. */
    public Order place(Basket basket) {
        return shop.write(now -> placeNow(basket, now));
    }

    /** A customer at the checkout: as {@link #place}, but refused where stock is short and the shop does not oversell. */
    public Optional<Order> checkout(Basket basket) {
        return shop.write(now -> allocation.covers(basket) ? Optional.of(placeNow(basket, now)) : Optional.empty());
    }

    private Order placeNow(Basket basket, Instant now) {
        if (basket.lines().isEmpty()) {
            throw new IllegalArgumentException("An order needs at least one line");
        }
        Instant placed = basket.placedAt() == null ? now : basket.placedAt().truncatedTo(ChronoUnit.SECONDS);
        Location location = basket.location() == null ? allocation.locationFor(basket.lines()) : basket.location();
        Order order = new Order(shop.nextId(), shop.nextOrderNumber(), location, basket.payment(), now, placed);
        for (Basket.Item item : basket.lines()) {
            addLine(order, item, basket.location() == null ? allocation.locationFor(item, location) : location, now);
        }
        shop.orders().add(order);
        listeners.forEach(listener -> listener.accept(order));
        return order;
    }

    private OrderLine addLine(Order order, Basket.Item item, Location location, Instant now) {
        Variant variant = item.variant();
        if (variant != null && variant.deleted()) {
            throw new IllegalArgumentException(variant + " is no longer sold");
        }
        Shelf shelf = variant != null && variant.tracked() ? shop.stock().stocked(variant, location) : null;
        String title = item.title() == null ? variant.product().title() : item.title();
        String sku = variant == null ? item.sku() : variant.sku();
        OrderLine line = new OrderLine(shop.nextId(), order, variant, shelf, title, sku, item.quantity());
        if (shelf != null) {
            shelf.move(-item.quantity(), item.quantity(), now);
        }
        order.add(line);
        shop.orders().own(line.id(), order);
        return line;
    }

    // ---- money

    /** The payment arrived. */
    public void pay(Order order) {
        change(order, now -> {
            if (order.payment() != Order.Payment.PENDING) {
                throw new IllegalArgumentException("Order " + order.name() + " is " + order.payment());
            }
            order.setPayment(Order.Payment.PAID);
        });
    }

    // ---- shipping

    /** Ships everything that is open, from where it was booked. One shipment for each location. */
    public List<Fulfilment> fulfil(Order order) {
        return fulfil(order, null, open(order));
    }

    /** Ships some units of one line from where they were booked. */
    public Fulfilment fulfil(Order order, OrderLine line, int quantity) {
        return fulfil(order, null, Map.of(line, quantity)).get(0);
    }

    /**
     * Ships units, from {@code location} or, where it is null, from where each line was booked. Units shipped from
     * elsewhere leave the shelf there, and those booked here are for sale again.
     */
    public List<Fulfilment> fulfil(Order order, Location location, Map<OrderLine, Integer> quantities) {
        return shop.write(now -> {
            requireUnits(order, quantities);
            quantities.forEach(OrderLine::requireOpen);
            Map<Location, List<Fulfilment.Line>> shipments = new LinkedHashMap<>();
            quantities.forEach((line, quantity) -> {
                Location from = location != null ? location : bookedAt(line);
                line.fulfil(quantity);
                moveOut(line, from, quantity, now);
                shipments
                        .computeIfAbsent(from, l -> new ArrayList<>())
                        .add(new Fulfilment.Line(shop.nextId(), line, quantity));
            });
            List<Fulfilment> made = new ArrayList<>();
            shipments.forEach((from, lines) -> made.add(ship(order, from, lines, now)));
            closeIfDone(order, now);
            shop.orders().touch(order, now);
            return made;
        });
    }

    private Fulfilment ship(Order order, Location from, List<Fulfilment.Line> lines, Instant now) {
        String name = order.name() + ".F" + (order.fulfilments().size() + 1);
        Fulfilment fulfilment = new Fulfilment(shop.nextId(), name, order, from, lines, now);
        order.add(fulfilment);
        shop.orders().own(fulfilment.id(), order);
        shop.happened(Happening.Kind.ORDER_SHIPPED, fulfilment);
        return fulfilment;
    }

    private void moveOut(OrderLine line, Location from, int quantity, Instant now) {
        if (line.shelf() == null) {
            return;
        }
        if (line.shelf().location().equals(from)) {
            line.shelf().move(0, -quantity, now);
        } else {
            line.shelf().move(quantity, -quantity, now);
            shop.stock().stocked(line.variant(), from).move(-quantity, 0, now);
        }
    }

    /** Calls a shipment back before it left: its units are open again. */
    public void cancelFulfilment(Fulfilment fulfilment) {
        Order order = fulfilment.order();
        change(order, now -> {
            if (fulfilment.cancelled()) {
                throw new IllegalArgumentException("Shipment " + fulfilment.name() + " is cancelled already");
            }
            fulfilment.lines().forEach(line -> line.line().requireShipped(line.quantity()));
            fulfilment.lines().forEach(line -> {
                line.line().unfulfil(line.quantity());
                moveBack(line.line(), fulfilment.location(), line.quantity(), now);
            });
            fulfilment.cancel(now);
            order.setClosedAt(null);
        });
    }

    private void moveBack(OrderLine line, Location from, int quantity, Instant now) {
        if (line.shelf() == null) {
            return;
        }
        if (line.shelf().location().equals(from)) {
            line.shelf().move(0, quantity, now);
        } else {
            shop.stock().stocked(line.variant(), from).move(quantity, 0, now);
            line.shelf().move(-quantity, quantity, now);
        }
    }

    // ---- taking back

    /** Calls off what is open of an order. Open units go back on sale with {@code restock}, else they are gone. */
    public void cancel(Order order, boolean restock) {
        cancel(order, restock, Order.CancelReason.CUSTOMER);
    }

    public void cancel(Order order, boolean restock, Order.CancelReason reason) {
        change(order, now -> {
            requireNotCancelled(order);
            Map<OrderLine, Integer> units = open(order);
            removeOpen(order, units, restock, now);
            order.setPayment(order.payment() == Order.Payment.PENDING ? Order.Payment.VOIDED : refunded(order));
            order.cancel(reason, now);
            shop.happened(Happening.Kind.ORDER_CANCELLED, order);
        });
    }

    /**
     * Refunds units of lines. {@code CANCEL} takes open units and puts them back on sale; {@code RETURN} takes
     * shipped ones and puts them back at {@code location} (null: where they were booked); {@code NO_RESTOCK} takes
     * open ones first, which are then gone, and shipped ones after them, which stay with the customer.
     */
    public Refund refund(Order order, Map<OrderLine, Integer> quantities, Refund.Restock restock, Location location) {
        return shop.write(now -> {
            requireUnits(order, quantities);
            quantities.forEach((line, quantity) -> requireRefundable(line, quantity, restock));
            List<Refund.Line> lines = new ArrayList<>();
            quantities.forEach((line, quantity) -> lines.add(refundLine(line, quantity, restock, location, now)));
            Refund refund = record(order, lines, now);
            if (order.payment() == Order.Payment.PAID || order.payment() == Order.Payment.PARTIALLY_REFUNDED) {
                order.setPayment(refunded(order));
            }
            closeIfDone(order, now);
            shop.orders().touch(order, now);
            return refund;
        });
    }

    /** Refunds units of one line. */
    public Refund refund(Order order, OrderLine line, int quantity, Refund.Restock restock) {
        return refund(order, Map.of(line, quantity), restock, null);
    }

    private Refund.Line refundLine(OrderLine line, int quantity, Refund.Restock restock, Location at, Instant now) {
        Location back = null;
        switch (restock) {
            case CANCEL -> {
                line.remove(quantity, true);
                moveOpen(line, quantity, true, now);
                back = bookedAt(line);
            }
            case RETURN -> {
                line.refundFulfilled(quantity);
                back = at != null ? at : bookedAt(line);
                if (line.shelf() != null) {
                    shop.stock().stocked(line.variant(), back).move(quantity, 0, now);
                }
            }
            case NO_RESTOCK -> {
                int open = Math.min(quantity, line.open());
                line.remove(open, false);
                moveOpen(line, open, false, now);
                line.refundFulfilled(quantity - open);
            }
        }
        return new Refund.Line(shop.nextId(), line, quantity, restock, back);
    }

    private static void requireRefundable(OrderLine line, int quantity, Refund.Restock restock) {
        int left = switch (restock) {
            case CANCEL -> line.open();
            case RETURN -> line.fulfilled() - line.refundedAfterFulfilment();
            case NO_RESTOCK -> line.current();
        };
        if (quantity > left) {
            throw new IllegalArgumentException("Only " + left + " units of " + line.title() + " in order "
                    + line.order().name() + " can be refunded as " + restock + ", not " + quantity);
        }
    }

    private static Order.Payment refunded(Order order) {
        boolean all = order.lines().stream().allMatch(line -> line.current() == 0);
        return all ? Order.Payment.REFUNDED : Order.Payment.PARTIALLY_REFUNDED;
    }

    // ---- editing

    /** Adds a line to an order that is under way. */
    public OrderLine addLine(Order order, Variant variant, int quantity) {
        return shop.write(now -> {
            requireNotCancelled(order);
            Basket.Item item = new Basket.Item(variant, null, null, quantity);
            OrderLine line = addLine(order, item, allocation.locationFor(item, order.location()), now);
            edited(order, now);
            return line;
        });
    }

    /** Raises or lowers the units of a line that the customer is to get; 0 removes the line. */
    public void setQuantity(Order order, OrderLine line, int current, boolean restock) {
        shop.change(now -> {
            requireNotCancelled(order);
            int change = Math.subtractExact(current, line.current());
            if (current < 0 || -change > line.open()) {
                throw new IllegalArgumentException("Line " + line.title() + " of order " + order.name() + " has "
                        + line.open() + " open units: it cannot be set to " + current);
            }
            if (change > 0) {
                line.order(change);
                if (line.shelf() != null) {
                    line.shelf().move(-change, change, now);
                }
            } else if (change < 0) {
                removeOpen(order, Map.of(line, -change), restock, now);
            }
            edited(order, now);
        });
    }

    private void edited(Order order, Instant now) {
        order.setEdited();
        order.setClosedAt(null);
        shop.orders().touch(order, now);
    }

    /** Deletes an order for good. Open units go back on sale. */
    public void delete(Order order) {
        shop.change(now -> {
            open(order).forEach((line, units) -> {
                line.remove(units, true);
                moveOpen(line, units, true, now);
            });
            shop.orders().remove(order);
        });
    }

    /** Touches an order without changing anything that counts, as a note or a tag would. */
    public void touch(Order order) {
        change(order, now -> {});
    }

    // ---- the parts

    private void removeOpen(Order order, Map<OrderLine, Integer> units, boolean restock, Instant now) {
        List<Refund.Line> lines = new ArrayList<>();
        units.forEach((line, quantity) -> {
            line.remove(quantity, restock);
            moveOpen(line, quantity, restock, now);
            Refund.Restock kind = restock ? Refund.Restock.CANCEL : Refund.Restock.NO_RESTOCK;
            lines.add(new Refund.Line(shop.nextId(), line, quantity, kind, restock ? bookedAt(line) : null));
        });
        if (removalsAreRefunds && !lines.isEmpty()) {
            record(order, lines, now);
        }
    }

    private Refund record(Order order, List<Refund.Line> lines, Instant now) {
        Refund refund = new Refund(shop.nextId(), order, lines, now);
        order.add(refund);
        shop.orders().own(refund.id(), order);
        shop.happened(Happening.Kind.ORDER_REFUNDED, refund);
        return refund;
    }

    private void moveOpen(OrderLine line, int units, boolean restock, Instant now) {
        if (line.shelf() != null && units > 0) {
            line.shelf().move(restock ? units : 0, -units, now);
        }
    }

    private static Map<OrderLine, Integer> open(Order order) {
        Map<OrderLine, Integer> open = new LinkedHashMap<>();
        order.lines().stream().filter(line -> line.open() > 0).forEach(line -> open.put(line, line.open()));
        return open;
    }

    private static Location bookedAt(OrderLine line) {
        return line.shelf() == null ? line.order().location() : line.shelf().location();
    }

    private static void closeIfDone(Order order, Instant now) {
        boolean paid = order.payment() != Order.Payment.PENDING;
        if (paid && order.lines().stream().allMatch(line -> line.open() == 0)) {
            order.setClosedAt(now);
        }
    }

    private static void requireNotCancelled(Order order) {
        if (order.cancelledAt() != null) {
            throw new IllegalArgumentException("Order " + order.name() + " is cancelled");
        }
    }

    private static void requireUnits(Order order, Map<OrderLine, Integer> quantities) {
        if (quantities.isEmpty()) {
            throw new IllegalArgumentException("Order " + order.name() + " has nothing open");
        }
        quantities.forEach((line, quantity) -> {
            if (line.order() != order) {
                throw new IllegalArgumentException("Line " + line.id() + " is not of order " + order.name());
            }
            if (quantity < 1) {
                throw new IllegalArgumentException("At least one unit, not " + quantity);
            }
        });
    }

    private void change(Order order, Shop.Change change) {
        shop.change(now -> {
            if (order.deleted()) {
                throw new IllegalArgumentException("Order " + order.name() + " is deleted");
            }
            change.at(now);
            shop.orders().touch(order, now);
        });
    }
}
