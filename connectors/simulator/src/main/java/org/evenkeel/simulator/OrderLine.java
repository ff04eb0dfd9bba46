package org.evenkeel.simulator;

/** One line of an order, with every way in which its units left it. Read under {@link Shop#read}. */
public final class OrderLine {
    private final long id;
    private final Order order;
    private final Variant variant;
    private final Shelf shelf;
    private final String title;
    private final String sku;
    private int ordered;
    private int putBack;
    private int lost;
    private int fulfilled;
    private int refundedAfterFulfilment;

    OrderLine(long id, Order order, Variant variant, Shelf shelf, String title, String sku, int ordered) {
        this.id = id;
        this.order = order;
        this.variant = variant;
        this.shelf = shelf;
        this.title = title;
        this.sku = sku;
        this.ordered = ordered;
    }

    public long id() {
        return id;
    }

    public Order order() {
        return order;
    }

    /** What was sold; null for a line that the merchant typed by hand. */
    public Variant variant() {
        return variant;
    }

    /** Where the units were taken from; null where nothing is counted (untracked, typed by hand). */
    public Shelf shelf() {
        return shelf;
    }

    public String title() {
        return title;
    }

    /** The SKU at the time of the sale, or null. */
    public String sku() {
        return sku;
    }

    /** Units ever ordered, including those added by edits and those removed since. */
    public int ordered() {
        return ordered;
    }

    /** Units removed before they were shipped and put back on sale. */
    public int putBack() {
        return putBack;
    }

    /** Units removed before they were shipped and not put back. */
    public int lost() {
        return lost;
    }

    /** Units in shipments that were not cancelled, whether or not they came back. */
    public int fulfilled() {
        return fulfilled;
    }

    /** Shipped units that were refunded, whether or not they came back. */
    public int refundedAfterFulfilment() {
        return refundedAfterFulfilment;
    }

    /** Units removed before they were shipped. */
    public int removed() {
        return putBack + lost;
    }

    /** Units that still have to be shipped. */
    public int open() {
        return ordered - removed() - fulfilled;
    }

    /** Units ordered that were neither removed nor refunded. */
    public int current() {
        return ordered - removed() - refundedAfterFulfilment;
    }

    void order(int more) {
        ordered = Math.addExact(ordered, more);
    }

    void remove(int units, boolean restock) {
        requireOpen(units);
        if (restock) {
            putBack += units;
        } else {
            lost += units;
        }
    }

    void fulfil(int units) {
        requireOpen(units);
        fulfilled += units;
    }

    void unfulfil(int units) {
        requireShipped(units);
        fulfilled -= units;
    }

    void requireOpen(int units) {
        require(units <= open(), units, open(), "open");
    }

    void requireShipped(int units) {
        int left = fulfilled - refundedAfterFulfilment;
        require(units <= left, units, left, "shipped and not yet refunded");
    }

    void refundFulfilled(int units) {
        requireShipped(units);
        refundedAfterFulfilment += units;
    }

    private void require(boolean holds, int wanted, int left, String what) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "Line " + id + " of order " + order.name() + " has " + left + " units " + what + ", not " + wanted);
        }
    }
}
