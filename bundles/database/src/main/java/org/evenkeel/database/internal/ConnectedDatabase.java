package org.evenkeel.database.internal;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.evenkeel.database.Database;
import org.evenkeel.database.DatabaseException;
import org.evenkeel.database.Persistence;
import org.evenkeel.database.PersistenceUnit;
import org.hibernate.HibernateException;
import org.hibernate.SessionFactory;
import org.osgi.service.jdbc.DataSourceFactory;

/**
 * A database that can be reached, with its pool and the units that are open on it. Closing it closes them all, and frees
 * the folder of an embedded one. Needs no framework. Thread-safe.
 */
public final class ConnectedDatabase implements Database, AutoCloseable {

    private final DatabaseSettings settings;
    private final VendorStrategy vendor;
    private final ConnectionPool pool;
    private final Migrations migrations;
    private final SessionFactories sessionFactories;
    private final Set<OpenUnit> units = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private ConnectedDatabase(DatabaseSettings settings, VendorStrategy vendor, ConnectionPool pool) {
        this.settings = settings;
        this.vendor = vendor;
        this.pool = pool;
        this.migrations = new Migrations(pool.dataSource(), vendor);
        this.sessionFactories = new SessionFactories(pool.dataSource(), vendor);
    }

    /**
     * Connects, on the calling thread.
     *
     * @param settings which database, not null
     * @param driver the driver of its vendor, not null
     * @throws DatabaseException when it cannot be reached or used; the message says why and holds no secret
     * @throws IllegalArgumentException when the settings name a product that Evenkeel does not run on
     */
    public static ConnectedDatabase connect(DatabaseSettings settings, DataSourceFactory driver) {
        VendorStrategy vendor = VendorStrategy.of(settings.url());
        return new ConnectedDatabase(settings, vendor, ConnectionPool.open(settings, vendor, driver));
    }

    @Override
    public Vendor vendor() {
        return vendor.vendor();
    }

    @Override
    public Persistence open(PersistenceUnit unit) {
        refuseWhenClosed(unit);
        migrations.migrate(unit);
        OpenUnit opened = new OpenUnit(unit.name(), vendor.vendor(), sessionFactory(unit), units::remove);
        units.add(opened);
        if (closed) {
            opened.close();
        }
        refuseWhenClosed(unit);
        return opened;
    }

    private void refuseWhenClosed(PersistenceUnit unit) {
        if (closed) {
            throw new DatabaseException("The database was closed before " + unit.name() + " was opened on it");
        }
    }

    private SessionFactory sessionFactory(PersistenceUnit unit) {
        try {
            return sessionFactories.open(unit);
        } catch (HibernateException e) {
            throw new DatabaseException(
                    "The unit " + unit.name() + " could not be opened: " + SqlErrors.deepestMessage(e), e);
        }
    }

    @Override
    public void close() {
        closed = true;
        units.forEach(OpenUnit::close);
        pool.close();
    }

    @Override
    public String toString() {
        return settings.toString();
    }
}
