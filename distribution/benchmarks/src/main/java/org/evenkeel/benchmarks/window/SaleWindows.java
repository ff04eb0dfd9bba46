package org.evenkeel.benchmarks.window;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import org.evenkeel.benchmarks.Lengths;

/**
 * Measures, from outside, how long sold units stay on sale elsewhere. Of each product every store opens with the same figure; from
 * then on a store's figure falls by what it sells itself and by what it is told. A sale's window is open until every other
 * store was told of it and of all sales before it, or shows 0; its length is the time from the sale to the last
 * acknowledged push that this took. A sale that no other store had to be told of has no window. Thread-safe.
 */
final class SaleWindows {
    private final int stores;
    private final List<Product> products = new ArrayList<>();
    private final Lengths lengths = new Lengths();
    private long orders;
    private long unitsRaised;

    private final class Product {
        private final long opening;
        private final long[] sold = new long[stores];
        private final long[] told = new long[stores];
        private final List<Open> open = new ArrayList<>();

        Product(long opening) {
            this.opening = opening;
        }

        long figure(int store) {
            return opening - sold[store] - told[store];
        }

        long soldInAll() {
            return Arrays.stream(sold).sum();
        }
    }

    /** A sale that others do not know of. */
    private final class Open {
        private final Instant at;
        /** What each other store must have been told in all. */
        private final long[] needs;

        private final BitSet behind = new BitSet(stores);
        private Instant lastPush;

        Open(Product product, int store, Instant at) {
            this.at = at;
            needs = new long[stores];
            for (int other = 0; other < stores; other++) {
                needs[other] = product.soldInAll() - product.sold[other];
                behind.set(other, other != store && product.figure(other) > 0);
            }
        }
    }

    SaleWindows(int stores, long[] opening) {
        this.stores = stores;
        Arrays.stream(opening).forEach(units -> products.add(new Product(units)));
    }

    /** A store sold units. */
    synchronized void sold(int store, int product, long units, Instant at) {
        Product it = products.get(product);
        orders++;
        it.sold[store] += units;
        if (it.figure(store) <= 0) {
            it.open.forEach(open -> open.behind.clear(store));
        }
        it.open.add(new Open(it, store, at));
        close(it);
    }

    /** A store acknowledged that its figure fell by so many units. */
    synchronized void told(int store, int product, long units, Instant at) {
        Product it = products.get(product);
        it.told[store] += units;
        unitsRaised += Math.max(0, -units);
        for (Open open : it.open) {
            if (open.behind.get(store) && (it.told[store] >= open.needs[store] || it.figure(store) <= 0)) {
                open.behind.clear(store);
                open.lastPush = at;
            }
        }
        close(it);
    }

    private void close(Product product) {
        for (Iterator<Open> all = product.open.iterator(); all.hasNext(); ) {
            Open open = all.next();
            if (open.behind.isEmpty()) {
                all.remove();
                if (open.lastPush != null) {
                    lengths.add(Duration.between(open.at, open.lastPush));
                }
            }
        }
    }

    /** What a store shows, by all that was told here. */
    synchronized long figure(int store, int product) {
        return products.get(product).figure(store);
    }

    synchronized Lengths lengths() {
        return lengths;
    }

    synchronized long orders() {
        return orders;
    }

    /** Sales that some store has not been told of yet. */
    synchronized int open() {
        return products.stream().mapToInt(product -> product.open.size()).sum();
    }

    /** Units that were sold and that nobody has. */
    synchronized long oversold() {
        return products.stream()
                .mapToLong(product -> Math.max(0, product.soldInAll() - product.opening))
                .sum();
    }

    /** Units by which pushes raised figures, though nothing ever came in. */
    synchronized long unitsRaised() {
        return unitsRaised;
    }
}
