package org.evenkeel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many hands in one shop. */
class ConcurrencyTest {
    private static final int HANDS = 4;
    private static final int ORDERS = 250;

    @Test
    void noSaleIsLostAndTheLastUnitIsSoldOnce() throws Exception {
        Shop shop = Simulator.builder().shop("north", "t").build().shop("north");
        Variant plenty = shop.addProduct("Plenty", "P", 10_000);
        Variant scarce = shop.addProduct("Scarce", "S", 100);

        Callable<Integer> hand = () -> {
            int got = 0;
            for (int i = 0; i < ORDERS; i++) {
                shop.sales().fulfil(shop.order(plenty, 1));
                got += shop.sales().checkout(Basket.of(scarce, 1)).isPresent() ? 1 : 0;
            }
            return got;
        };
        ExecutorService threads = Executors.newFixedThreadPool(HANDS);
        int sold = 0;
        try {
            List<Future<Integer>> hands = new ArrayList<>();
            for (int i = 0; i < HANDS; i++) {
                hands.add(threads.submit(hand));
            }
            for (Future<Integer> each : hands) {
                sold += each.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(sold).isEqualTo(100);
        assertThat(shop.shelf(scarce)).isEqualTo(new Figures(0, 100, 0));
        assertThat(shop.shelf(plenty)).isEqualTo(new Figures(10_000 - HANDS * ORDERS, 0, 0));
        assertThat(shop.orders().size()).isEqualTo(HANDS * ORDERS + 100);
    }
}
