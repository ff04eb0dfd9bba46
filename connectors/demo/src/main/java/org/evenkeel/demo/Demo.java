package org.evenkeel.demo;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.evenkeel.ledger.Catalogue;
import org.evenkeel.ledger.Product;
import org.evenkeel.ledger.Sku;
import org.evenkeel.setup.StoreSetup;
import org.evenkeel.sync.PublicAddress;
import org.evenkeel.sync.StoreSync;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs only where the host was started as a demonstration ({@code evenkeel.demo=true}): opens the simulated shops, connects
 * each as a store the way a person would, and lets customers in once all are level. Elsewhere it does nothing at all.
 */
@Component(
        service = {},
        immediate = true)
public final class Demo {
    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
    private static final long CUSTOMER_SEED = 20_261_125;
    private static final int SECONDS_BETWEEN_VISITS = 4;
    private static final long STEP_MILLIS = 500;
    private static final int CLOSE_SECONDS = 5;

    private final StoreSetup setup;
    private final StoreSync sync;
    private final Catalogue catalogue;
    private final ScheduledExecutorService steps;
    private final ServiceRegistration<PublicAddress> address;
    private DemoShops shops;
    private List<Connecting> connecting;
    private boolean customers;

    @Activate
    public Demo(
            @Reference StoreSetup setup,
            @Reference StoreSync sync,
            @Reference Catalogue catalogue,
            BundleContext bundle) {
        this.setup = setup;
        this.sync = sync;
        this.catalogue = catalogue;
        if (!Boolean.parseBoolean(bundle.getProperty("evenkeel.demo"))) {
            this.steps = null;
            this.address = null;
            return;
        }
        this.address = DemoAddress.of(bundle)
                .map(here -> bundle.registerService(PublicAddress.class, here, DemoAddress.first()))
                .orElse(null);
        this.steps = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "evenkeel-demo"));
        steps.execute(this::open);
        steps.scheduleWithFixedDelay(this::connect, STEP_MILLIS, STEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void open() {
        try {
            shops = DemoShops.open(this::forSale);
            shops.seedCustomers(CUSTOMER_SEED);
            connecting = shops.all().stream()
                    .map(shop -> new Connecting(setup, sync, shop, shops.address(shop)))
                    .toList();
        } catch (IOException e) {
            LOG.error("The simulated shops could not be opened", e);
        }
    }

    /** What the ledger has for sale, so that a shop's shelf is as the last push left it. */
    private OptionalLong forSale(String sku) {
        return catalogue
                .productBySku(new Sku(sku))
                .filter(Product::opened)
                .flatMap(product -> catalogue.productRow(product.id()))
                .map(row -> OptionalLong.of(row.forSale()))
                .orElseGet(OptionalLong::empty);
    }

    /** One look at what is still to be done; the customers come when nothing is. */
    private void connect() {
        if (connecting == null || customers) {
            return;
        }
        try {
            // One after the other: the first store's figures open the products, the others are then kept level with
            // them.
            if (connecting.stream().allMatch(Connecting::advanced)) {
                customers = true;
                LOG.info("The demonstration's shops are level; customers come in");
                steps.scheduleWithFixedDelay(
                        this::visit, SECONDS_BETWEEN_VISITS, SECONDS_BETWEEN_VISITS, TimeUnit.SECONDS);
            }
        } catch (RuntimeException e) {
            LOG.warn("The demonstration tries again: {}", e.getMessage());
        }
    }

    /** A visit; the shop itself sends word of it, as a real one would. */
    private void visit() {
        try {
            shops.nextVisit();
        } catch (RuntimeException e) {
            // A visit that fails must not be the last one.
            LOG.debug("A visit came to nothing: {}", e.getMessage());
        }
    }

    @Deactivate
    void close() throws InterruptedException {
        if (steps == null) {
            return;
        }
        if (address != null) {
            address.unregister();
        }
        steps.shutdown();
        if (!steps.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            steps.shutdownNow();
        }
        if (shops != null) {
            shops.close();
        }
    }
}
