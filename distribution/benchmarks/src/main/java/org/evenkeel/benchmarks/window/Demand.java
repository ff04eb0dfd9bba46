package org.evenkeel.benchmarks.window;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What buyers want, where and when; a seed decides everything. Some products are wanted far more than others, and of each there
 * are only six for every ten that are wanted, so that each one sells out in the middle of its demand.
 *
 * @param wishes by time
 * @param opening how many units there are of each product at first; every store shows them
 */
record Demand(List<Wish> wishes, long[] opening) {
    private static final double POPULARITY = 0.7;
    private static final double SHARE_IN_STOCK = 0.6;
    private static final double WANTS_TWO = 0.1;

    /**
     * A buyer who takes a product if the store shows enough of it, and goes away otherwise.
     *
     * @param after since the beginning
     * @param store its number
     * @param product its number
     */
    record Wish(Duration after, int store, int product, int units) {}

    static Demand of(long seed, int stores, int products, int wishes, Duration span) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] upTo = popularity(products);
        long[] wanted = new long[products];
        List<Wish> all = new ArrayList<>();
        for (int i = 0; i < wishes; i++) {
            int product = pick(upTo, random.nextDouble());
            int units = random.nextDouble() < WANTS_TWO ? 2 : 1;
            wanted[product] += units;
            Duration after = Duration.ofNanos((long) (random.nextDouble() * span.toNanos()));
            all.add(new Wish(after, random.nextInt(stores), product, units));
        }
        Collections.sort(all, (one, other) -> one.after().compareTo(other.after()));
        long[] opening = Arrays.stream(wanted)
                .map(units -> Math.max(1, Math.round(units * SHARE_IN_STOCK)))
                .toArray();
        return new Demand(List.copyOf(all), opening);
    }

    /** Shares of the demand, added up from the most wanted product to the least. */
    private static double[] popularity(int products) {
        double[] upTo = new double[products];
        double sum = 0;
        for (int i = 0; i < products; i++) {
            sum += Math.pow(i + 1, -POPULARITY);
            upTo[i] = sum;
        }
        for (int i = 0; i < products; i++) {
            upTo[i] /= sum;
        }
        return upTo;
    }

    private static int pick(double[] upTo, double chance) {
        int found = Arrays.binarySearch(upTo, chance);
        return Math.min(upTo.length - 1, found < 0 ? -found - 1 : found);
    }

    static String sku(int product) {
        return "SKU-" + product;
    }

    static String store(int number) {
        return "store-" + (number + 1);
    }

    /** The number of a store or a product, by its name. */
    static int number(String name) {
        int number = Integer.parseInt(name.substring(name.indexOf('-') + 1));
        return name.startsWith("store-") ? number - 1 : number;
    }
}
