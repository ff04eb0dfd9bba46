package org.evenkeel.sync.internal.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.evenkeel.database.Database;
import org.evenkeel.database.Persistence;
import org.evenkeel.database.PersistenceUnit;
import org.hibernate.Session;
import org.hibernate.StatelessSession;

/** A database whose units stay open once they are: opening one takes a second, and a host in virtual time starts often. */
final class OpenUnits implements Database {
    private final Database database;
    private final Map<String, Persistence> open = new ConcurrentHashMap<>();

    OpenUnits(Database database) {
        this.database = database;
    }

    @Override
    public Vendor vendor() {
        return database.vendor();
    }

    @Override
    public Persistence open(PersistenceUnit unit) {
        return new Borrowed(open.computeIfAbsent(unit.name(), name -> database.open(unit)));
    }

    private record Borrowed(Persistence persistence) implements Persistence {
        @Override
        public <T> T inTransaction(Function<Session, T> work) {
            return persistence.inTransaction(work);
        }

        @Override
        public <T> T inStatelessTransaction(Function<StatelessSession, T> work) {
            return persistence.inStatelessTransaction(work);
        }

        @Override
        public Database.Vendor vendor() {
            return persistence.vendor();
        }

        @Override
        public void close() {
            // The next one who opens it finds it as it is.
        }
    }
}
