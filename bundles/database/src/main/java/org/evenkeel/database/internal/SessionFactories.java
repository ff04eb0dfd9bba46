package org.evenkeel.database.internal;

import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.evenkeel.database.PersistenceUnit;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.BootstrapServiceRegistry;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.AvailableSettings;

/** Boots Hibernate for a unit: annotated classes only, with the class loader of the bundle that owns them. */
final class SessionFactories {

    private static final int BATCH_SIZE = 50;
    private static final int QUERY_PLANS = 2048;

    /** Rows that a driver reads at a time: a large result never lies in memory as a whole. */
    private static final int FETCH_SIZE = 200;

    private static final Map<String, Object> SETTINGS = Map.ofEntries(
            Map.entry(AvailableSettings.CONNECTION_PROVIDER_DISABLES_AUTOCOMMIT, true),
            Map.entry(AvailableSettings.STATEMENT_BATCH_SIZE, BATCH_SIZE),
            Map.entry(AvailableSettings.STATEMENT_FETCH_SIZE, FETCH_SIZE),
            Map.entry(AvailableSettings.ORDER_INSERTS, true),
            Map.entry(AvailableSettings.ORDER_UPDATES, true),
            // Lists of 5, 6 and 7 values are one statement: Derby compiles each new one into a class.
            Map.entry(AvailableSettings.IN_CLAUSE_PARAMETER_PADDING, true),
            Map.entry(AvailableSettings.QUERY_PLAN_CACHE_MAX_SIZE, QUERY_PLANS),
            Map.entry(AvailableSettings.JDBC_TIME_ZONE, "UTC"),
            Map.entry(AvailableSettings.USE_SECOND_LEVEL_CACHE, false),
            Map.entry(AvailableSettings.USE_QUERY_CACHE, false),
            // Derby has no createClob, and the pool takes its refusal for a broken connection.
            Map.entry(AvailableSettings.NON_CONTEXTUAL_LOB_CREATION, true),
            // What fails reaches the caller with its reason; a conflict that is run again is no news.
            Map.entry(AvailableSettings.LOG_JDBC_ERRORS, false),
            Map.entry(AvailableSettings.LOG_JDBC_WARNINGS, false),
            // The tables are the migrations' business, and there are no mapping files.
            Map.entry(AvailableSettings.JAKARTA_HBM2DDL_DATABASE_ACTION, "none"),
            Map.entry(AvailableSettings.XML_MAPPING_ENABLED, false),
            Map.entry(AvailableSettings.JAKARTA_VALIDATION_MODE, "none"));

    private final DataSource pool;
    private final VendorStrategy vendor;

    SessionFactories(DataSource pool, VendorStrategy vendor) {
        this.pool = pool;
        this.vendor = vendor;
    }

    SessionFactory open(PersistenceUnit unit) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(unit.loader());
        try {
            return boot(unit);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private SessionFactory boot(PersistenceUnit unit) {
        BootstrapServiceRegistry loaders = new BootstrapServiceRegistryBuilder()
                .applyClassLoader(unit.loader())
                .applyClassLoader(SessionFactory.class.getClassLoader())
                .build();
        StandardServiceRegistry services = new StandardServiceRegistryBuilder(loaders)
                .applySettings(settings())
                .build();
        try {
            MetadataSources sources = new MetadataSources(services);
            unit.entities().forEach(sources::addAnnotatedClass);
            return sources.buildMetadata().buildSessionFactory();
        } catch (RuntimeException e) {
            StandardServiceRegistryBuilder.destroy(services);
            throw e;
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(SETTINGS);
        settings.put(AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, pool);
        vendor.dialect().ifPresent(dialect -> settings.put(AvailableSettings.DIALECT, dialect));
        return settings;
    }
}
