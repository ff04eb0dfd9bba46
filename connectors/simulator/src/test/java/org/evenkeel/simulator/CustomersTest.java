package org.evenkeel.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The demo's shops and those who buy in them. */
class CustomersTest {
    private final Simulator simulator = Simulator.builder()
            .shop("north", "t")
            .shop("harbour", "t")
            .shop("market", "t")
            .build();

    @Test
    void theDemoHasTheOdditiesOfRealShops() {
        DemoCatalogue.fill(new ArrayList<>(simulator.shops()), 7);
        Shop north = simulator.shop("north");
        Shop harbour = simulator.shop("harbour");

        assertThat(north.catalogue().variants()).hasSizeBetween(30, 40);
        assertThat(north.catalogue().variants("LANTERN-01")).hasSize(2);
        assertThat(north.catalogue().variants().values()).anyMatch(v -> v.sku() == null);
        assertThat(harbour.catalogue().variant("mug-enamel-w")).isNotNull();
        assertThat(north.catalogue().variant("MUG-ENAMEL-W")).isNotNull();
        assertThat(harbour.shelf(harbour.catalogue().variant("COMPASS")))
                .isEqualTo(north.shelf(north.catalogue().variant("COMPASS")));
        assertThat(simulator.shop("market").catalogue().variants().values()).anyMatch(v -> !v.tracked());
    }

    @Test
    void customersDoAllThatCustomersDo() {
        DemoCatalogue.fill(new ArrayList<>(simulator.shops()), 7);
        simulator.customers().seed(42);
        List<Customers.Visit> visits = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            visits.add(simulator.customers().next());
        }

        Set<String> kinds = visits.stream().map(Customers.Visit::what).collect(Collectors.toSet());
        assertThat(kinds).contains("ordered", "paid", "shipped", "called off", "sent back");
        assertThat(visits.stream().map(Customers.Visit::shop).distinct()).hasSize(3);
        assertThat(simulator.shops())
                .allSatisfy(shop -> assertThat(shop.catalogue().variants().values())
                        .allSatisfy(v -> assertThat(shop.shelf(v).available()).isNotNegative()));
    }

    @Test
    void emptyShopsSellNothing() {
        assertThat(simulator.customers().next().order()).isNull();
    }

    @Test
    void customersComeByThemselvesUntilTheyAreStopped() throws InterruptedException {
        Shop north = simulator.shop("north");
        Variant apple = north.addProduct("Apple", "A", 1_000_000);
        CountDownLatch orders = new CountDownLatch(3);
        for (String name : List.of("harbour", "market")) {
            simulator.shop(name).addProduct("Apple", "A", 1_000_000);
        }
        simulator.shops().forEach(shop -> shop.sales().onPlaced(order -> orders.countDown()));

        simulator.customers().start(1, Duration.ofMillis(5));
        assertThat(orders.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(simulator.customers().running()).isTrue();
        simulator.customers().stop();
        assertThat(simulator.customers().running()).isFalse();
        assertThat(north.shelf(apple).available()).isLessThanOrEqualTo(1_000_000);
        assertThatThrownBy(() -> simulator.customers().start(1, Duration.ZERO)).hasMessageContaining("PT0S");
    }
}
