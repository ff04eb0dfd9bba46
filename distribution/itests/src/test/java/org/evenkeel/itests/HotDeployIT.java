package org.evenkeel.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenkeel.itests.Eventually.eventually;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.evenkeel.ledger.Catalogue;
import org.evenkeel.ledger.Journal;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.ProductRow;
import org.evenkeel.ledger.Sku;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.setup.StoreSetup;
import org.evenkeel.simulator.Fault;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.Variant;
import org.evenkeel.sync.RefreshKind;
import org.evenkeel.sync.StoreStatus;
import org.evenkeel.sync.StoreSync;
import org.evenkeel.sync.TurnOn;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/**
 * The Shopify connector is installed, updated and uninstalled while its lane is at work, inside of the framework with the
 * distribution's own bundles. The shop sells all the while; nothing is lost, nothing is booked twice.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class HotDeployIT {
    private static final String ACTOR = "test";
    private static final String SKU = "LANTERN";
    private static final String PUSH = "inventorySetQuantities";

    private BundleContext context;
    private StoreSetup setup;
    private StoreSync sync;
    private Catalogue catalogue;
    private Journal journal;
    private Stores shops;

    /** The distribution as it is, but for the connector. */
    @Configuration
    public Option[] theDistributionWithoutTheConnector() throws Exception {
        return Framework.options(jar -> !jar.equals(connector()));
    }

    private static Path connector() {
        return Framework.jar("org.evenkeel.connector.shopify");
    }

    @Before
    public void findServices() {
        context = FrameworkUtil.getBundle(HotDeployIT.class).getBundleContext();
        setup = service(StoreSetup.class);
        sync = service(StoreSync.class);
        catalogue = service(Catalogue.class);
        journal = service(Journal.class);
    }

    private <T> T service(Class<T> type) {
        return context.getService(
                eventually().until(() -> context.getServiceReference(type), reference -> reference != null));
    }

    @After
    public void closeShops() {
        if (shops != null) {
            shops.close();
        }
    }

    @Test
    public void itComesIsReplacedAndGoesWhileItsLaneIsAtWork() throws Exception {
        shops = Stores.of("harbour", "market");
        shops.list("Storm lantern", SKU, 100);
        Shop harbour = shops.shop("harbour");
        Shop market = shops.shop("market");
        assertThat(setup.kinds()).isEmpty();

        // Installed: its kind of store can be added at once.
        Bundle connector = context.installBundle("test:connector", Files.newInputStream(connector()));
        connector.start();
        StoreId first = connect(harbour);
        StoreId second = connect(market);
        awaitFigures("100/0/100");

        // Updated in the middle of a push that the shop carries out and never answers.
        order(harbour, 4);
        market.faults().add(Fault.next(Fault.Kind.HANG_AFTER_WRITE).on(PUSH));
        refreshUntilItHangs(first, market);
        connector.update(Files.newInputStream(connector()));
        order(market, 3);
        market.faults().abandon();
        awaitConnected(first, second);
        refreshUntil("100/7/93", second);
        shops.awaitShelves(SKU, 93);

        // Gone in the middle of a pull.
        harbour.faults().add(Fault.next(Fault.Kind.HANG).on("orders"));
        order(harbour, 2);
        refreshUntilItHangs(first, harbour);
        connector.uninstall();
        eventually().untilAsserted(() -> assertThat(state(first)).isEqualTo(StoreStatus.State.AWAY));
        assertThat(sync.store(first).orElseThrow().explanation()).isNotBlank();
        harbour.faults().abandon();
        order(harbour, 1);
        order(market, 1);
        assertThat(figures()).isEqualTo("100/7/93");

        // Back: each lane goes on from where it stopped.
        connector = context.installBundle("test:connector", Files.newInputStream(connector()));
        connector.start();
        awaitConnected(first, second);
        refreshUntil("100/11/89", first, second);
        shops.awaitShelves(SKU, 89);
        assertThat(movements())
                .as("the opening and one booking for each of five orders")
                .isEqualTo(6);
        assertThat(journal.audit()).isEmpty();
    }

    private StoreId connect(Shop shop) throws Exception {
        eventually().untilAsserted(() -> assertThat(setup.kind(Stores.KIND)).isPresent());
        StoreId store = setup.create(
                Stores.KIND,
                shop.name(),
                Map.of("shop", List.of(shops.address(shop)), ".accessToken", List.of(shop.token())),
                ACTOR);
        awaitConnected(store);
        assertThat(sync.check(store, ACTOR)
                        .toCompletableFuture()
                        .get(60, TimeUnit.SECONDS)
                        .passed())
                .isTrue();
        awaitEnd(sync.turnOn(store, TurnOn.DEFAULT, ACTOR));
        return store;
    }

    private void awaitEnd(long run) {
        eventually()
                .untilAsserted(
                        () -> assertThat(sync.run(run).orElseThrow().result()).isNotNull());
    }

    /** A refresh joins a full run under way, which may be past its pull of orders: it is asked for until it has its effect. */
    private void refreshUntil(String figures, StoreId... stores) {
        eventually().untilAsserted(() -> {
            for (StoreId store : stores) {
                awaitEnd(sync.refresh(store, RefreshKind.NORMAL, ACTOR));
            }
            assertThat(figures()).isEqualTo(figures);
        });
    }

    private void refreshUntilItHangs(StoreId store, Shop there) {
        eventually().until(() -> {
            sync.refresh(store, RefreshKind.NORMAL, ACTOR);
            return there.faults().awaitHanging(1, 500, TimeUnit.MILLISECONDS);
        });
    }

    private void awaitConnected(StoreId... stores) {
        for (StoreId store : stores) {
            eventually()
                    .untilAsserted(
                            () -> assertThat(sync.store(store).orElseThrow().connected())
                                    .isTrue());
        }
    }

    private StoreStatus.State state(StoreId store) {
        return sync.store(store).orElseThrow().state();
    }

    private static void order(Shop shop, int quantity) {
        Variant lantern = Stores.variant(shop, SKU);
        shop.order(lantern, quantity);
    }

    private void awaitFigures(String wanted) {
        eventually().untilAsserted(() -> assertThat(figures()).isEqualTo(wanted));
    }

    private String figures() {
        return catalogue
                .productBySku(new Sku(SKU))
                .flatMap(product -> catalogue.productRow(product.id()))
                .map(HotDeployIT::figures)
                .orElse("none");
    }

    private static String figures(ProductRow row) {
        return row.inStock() + "/" + row.booked() + "/" + row.available();
    }

    private long movements() {
        ProductId product = catalogue.productBySku(new Sku(SKU)).orElseThrow().id();
        return journal.movements(Journal.Query.of(product), new PageRequest(0, 100))
                .total();
    }
}
