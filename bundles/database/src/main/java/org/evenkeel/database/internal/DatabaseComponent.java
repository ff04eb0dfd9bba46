package org.evenkeel.database.internal;

import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.evenkeel.database.Database;
import org.osgi.annotation.bundle.Capability;
import org.osgi.annotation.bundle.Requirement;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.jdbc.DataSourceFactory;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the {@link Database} that the configuration names, while its driver is there and it can be reached. The
 * service is registered by hand, since a component could only be registered before that is known.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = DatabaseConfiguration.PID)
@Designate(ocd = DatabaseConfiguration.class)
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"org.evenkeel.database.Database\"",
        uses = Database.class,
        effective = "active")
@Requirement(
        namespace = "osgi.service",
        filter = "(objectClass=org.osgi.service.jdbc.DataSourceFactory)",
        effective = "active")
public final class DatabaseComponent {

    /** The framework property that names the data folder. */
    static final String DATA_PROPERTY = "evenkeel.data";

    /** Of the registered service: which product it is, as {@link Database.Vendor} spells it. */
    static final String VENDOR_PROPERTY = "vendor";

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseComponent.class);
    private static final int STOP_SECONDS = 5;

    private final BundleContext context;
    private final ScheduledExecutorService scheduler;
    private final DatabaseConnector connector;
    private final ServiceTracker<DataSourceFactory, DataSourceFactory> drivers;

    /** @throws IllegalArgumentException when the configuration makes no sense; the component stays inactive then */
    @Activate
    public DatabaseComponent(BundleContext context, DatabaseConfiguration configuration) {
        DatabaseSettings settings = DatabaseSettings.of(configuration, dataFolder(context));
        VendorStrategy vendor = VendorStrategy.of(settings.url());
        this.context = context;
        this.scheduler = scheduler();
        this.connector = new DatabaseConnector(
                driver -> ConnectedDatabase.connect(settings, driver),
                this::publish,
                scheduler,
                new SplittableRandom());
        this.drivers = new Drivers(context, driverFilter(vendor));
        drivers.open();
        if (drivers.isEmpty()) {
            LOG.info("Database: waiting for the driver {} of {}", vendor.driverClass(), settings);
        }
    }

    /** Takes the service back and closes the database; the folder of an embedded one is free when this returns. */
    @Deactivate
    public void stop() throws InterruptedException {
        drivers.close();
        connector.close();
        // Not at once: a closing that waits behind a try under way is still carried out.
        scheduler.shutdown();
        if (!scheduler.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("The database's thread is still at work; it ends with what it waits for");
        }
    }

    private static ScheduledExecutorService scheduler() {
        ScheduledThreadPoolExecutor single = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "evenkeel-database");
            thread.setDaemon(true);
            return thread;
        });
        // A try that was called off must not hold up the end of the thread until it would have been due.
        single.setRemoveOnCancelPolicy(true);
        return single;
    }

    private static Optional<Path> dataFolder(BundleContext context) {
        return Optional.ofNullable(context.getProperty(DATA_PROPERTY)).map(Path::of);
    }

    private static Filter driverFilter(VendorStrategy vendor) {
        try {
            return FrameworkUtil.createFilter("(&(" + Constants.OBJECTCLASS + "=" + DataSourceFactory.class.getName()
                    + ")(" + DataSourceFactory.OSGI_JDBC_DRIVER_CLASS + "=" + vendor.driverClass() + "))");
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Runnable publish(ConnectedDatabase database) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(VENDOR_PROPERTY, database.vendor().name());
        ServiceRegistration<Database> registration = context.registerService(Database.class, database, properties);
        return registration::unregister;
    }

    /** Follows the driver's service: the first that came is used until it goes, then the next best. */
    private final class Drivers extends ServiceTracker<DataSourceFactory, DataSourceFactory> {
        private ServiceReference<DataSourceFactory> used;

        Drivers(BundleContext context, Filter filter) {
            super(context, filter, null);
        }

        @Override
        public synchronized DataSourceFactory addingService(ServiceReference<DataSourceFactory> reference) {
            DataSourceFactory driver = super.addingService(reference);
            if (driver != null && used == null) {
                used = reference;
                connector.connect(driver);
            }
            return driver;
        }

        @Override
        public synchronized void removedService(
                ServiceReference<DataSourceFactory> reference, DataSourceFactory driver) {
            if (reference.equals(used)) {
                used = null;
                connector.disconnect();
                useNext();
            }
            super.removedService(reference, driver);
        }

        private void useNext() {
            ServiceReference<DataSourceFactory> next = getServiceReference();
            DataSourceFactory driver = next == null ? null : getService(next);
            if (driver != null) {
                used = next;
                connector.connect(driver);
            }
        }
    }
}
