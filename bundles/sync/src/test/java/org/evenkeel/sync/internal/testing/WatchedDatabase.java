package org.evenkeel.sync.internal.testing;

import java.util.function.Function;
import org.evenkeel.database.Database;
import org.evenkeel.database.Persistence;
import org.evenkeel.database.PersistenceUnit;
import org.hibernate.Session;
import org.hibernate.StatelessSession;

/**
 * A database with something before and behind each of its transactions, that may throw: before, nothing has happened; behind,
 * all of it is durable and nobody knows. So a host dies between any two effects.
 *
 * @param before before a transaction begins
 * @param after behind its commit, before its caller sees the result
 */
public record WatchedDatabase(Database database, Runnable before, Runnable after) implements Database {
    @Override
    public Vendor vendor() {
        return database.vendor();
    }

    @Override
    public Persistence open(PersistenceUnit unit) {
        return new Watched(database.open(unit));
    }

    private final class Watched implements Persistence {
        private final Persistence persistence;

        Watched(Persistence persistence) {
            this.persistence = persistence;
        }

        @Override
        public <T> T inTransaction(Function<Session, T> work) {
            before.run();
            T result = persistence.inTransaction(work);
            after.run();
            return result;
        }

        @Override
        public <T> T inStatelessTransaction(Function<StatelessSession, T> work) {
            before.run();
            T result = persistence.inStatelessTransaction(work);
            after.run();
            return result;
        }

        @Override
        public Vendor vendor() {
            return persistence.vendor();
        }

        @Override
        public void close() {
            persistence.close();
        }
    }
}
