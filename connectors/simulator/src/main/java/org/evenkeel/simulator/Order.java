package org.evenkeel.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * An order of a shop. It holds no buyer: nothing in this program knows a name or an address. Read under
 * {@link Shop#read}; {@link #id()} and {@link #name()} never change.
 */
public final class Order {
    /** What the shop knows about the money. */
    public enum Payment {
        PENDING,
        PAID,
        PARTIALLY_REFUNDED,
        REFUNDED,
        VOIDED
    }

    /** Why an order was called off. */
    public enum CancelReason {
        CUSTOMER,
        DECLINED,
        FRAUD,
        INVENTORY,
        STAFF,
        OTHER
    }

    private final long id;
    private final int number;
    private final Location location;
    private final Instant createdAt;
    private final Instant processedAt;
    private final List<OrderLine> lines = new ArrayList<>(4);
    private final List<Fulfilment> fulfilments = new ArrayList<>(1);
    private final List<Refund> refunds = new ArrayList<>(0);
    private Payment payment;
    private CancelReason cancelReason;
    private Instant cancelledAt;
    private Instant closedAt;
    private Instant updatedAt;
    private boolean edited;
    private boolean deleted;

    Order(long id, int number, Location location, Payment payment, Instant createdAt, Instant processedAt) {
        this.id = id;
        this.number = number;
        this.location = location;
        this.payment = payment;
        this.createdAt = createdAt;
        this.processedAt = processedAt;
        this.updatedAt = createdAt;
    }

    public long id() {
        return id;
    }

    public int number() {
        return number;
    }

    /** The name that the merchant sees, such as {@code #1001}. */
    public String name() {
        return "#" + number;
    }

    /** Where the order was assigned when it was placed. */
    public Location location() {
        return location;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant processedAt() {
        return processedAt;
    }

    /** When the shop last touched the order, in whole seconds. */
    public Instant updatedAt() {
        return updatedAt;
    }

    public Instant cancelledAt() {
        return cancelledAt;
    }

    public CancelReason cancelReason() {
        return cancelReason;
    }

    public Instant closedAt() {
        return closedAt;
    }

    public Payment payment() {
        return payment;
    }

    public boolean edited() {
        return edited;
    }

    public boolean deleted() {
        return deleted;
    }

    public List<OrderLine> lines() {
        return Collections.unmodifiableList(lines);
    }

    /** The line at {@code index}, counted from 0. */
    public OrderLine line(int index) {
        return lines.get(index);
    }

    public List<Fulfilment> fulfilments() {
        return Collections.unmodifiableList(fulfilments);
    }

    public List<Refund> refunds() {
        return Collections.unmodifiableList(refunds);
    }

    OrderLine lineById(long lineId) {
        return lines.stream()
                .filter(line -> line.id() == lineId)
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("Order " + name() + " has no line " + lineId));
    }

    void add(OrderLine line) {
        lines.add(line);
    }

    void add(Fulfilment fulfilment) {
        fulfilments.add(fulfilment);
    }

    void add(Refund refund) {
        refunds.add(refund);
    }

    void setPayment(Payment payment) {
        this.payment = payment;
    }

    void cancel(CancelReason reason, Instant now) {
        cancelReason = reason;
        cancelledAt = now;
        closedAt = now;
    }

    void setClosedAt(Instant closedAt) {
        this.closedAt = closedAt;
    }

    void setEdited() {
        edited = true;
    }

    void setDeleted() {
        deleted = true;
    }

    /** Only the order book calls this: its index hangs on the time. */
    void setUpdatedAt(Instant now) {
        updatedAt = now;
    }

    @Override
    public String toString() {
        return name();
    }
}
