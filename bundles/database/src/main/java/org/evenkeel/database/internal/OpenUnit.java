package org.evenkeel.database.internal;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.evenkeel.database.Database.Vendor;
import org.evenkeel.database.DatabaseException;
import org.evenkeel.database.Persistence;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.SharedSessionContract;
import org.hibernate.StatelessSession;
import org.hibernate.Transaction;

/** A unit over its session factory. Transactions under way are known, so that closing ends them. */
final class OpenUnit implements Persistence {

    /** How long closing waits for cancelled transactions to end; then their connections are taken from them. */
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final String name;
    private final Vendor vendor;
    private final SessionFactory sessions;
    private final Consumer<OpenUnit> onClose;
    private final TransactionRunner runner;
    private final InFlight inFlight;

    OpenUnit(String name, Vendor vendor, SessionFactory sessions, Consumer<OpenUnit> onClose) {
        this.name = name;
        this.vendor = vendor;
        this.sessions = sessions;
        this.onClose = onClose;
        this.runner = new TransactionRunner(name);
        this.inFlight = new InFlight();
    }

    @Override
    public <T> T inTransaction(Function<Session, T> work) {
        return run(sessions::openSession, work);
    }

    @Override
    public <T> T inStatelessTransaction(Function<StatelessSession, T> work) {
        return run(sessions::openStatelessSession, work);
    }

    private <S extends SharedSessionContract, T> T run(Supplier<S> open, Function<S, T> work) {
        try {
            return runner.run(() -> transaction(open, work));
        } catch (RuntimeException e) {
            if (inFlight.closed() && !(e instanceof DatabaseException)) {
                throw closed(e);
            }
            throw e;
        }
    }

    private <S extends SharedSessionContract, T> T transaction(Supplier<S> open, Function<S, T> work) {
        if (inFlight.closed()) {
            throw closed(null);
        }
        try (S session = open.get()) {
            if (!inFlight.enter(session)) {
                throw closed(null);
            }
            try {
                return committed(session, work);
            } finally {
                inFlight.leave(session);
            }
        }
    }

    private <S extends SharedSessionContract, T> T committed(S session, Function<S, T> work) {
        Transaction transaction = session.beginTransaction();
        try {
            T result = work.apply(session);
            if (inFlight.closed()) {
                throw closed(null);
            }
            transaction.commit();
            return result;
        } catch (Throwable failure) {
            rollBack(transaction, failure);
            throw failure;
        }
    }

    private static void rollBack(Transaction transaction, Throwable failure) {
        try {
            if (transaction.getStatus().canRollback()) {
                transaction.rollback();
            }
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private DatabaseException closed(Throwable cause) {
        return new DatabaseException(
                "The database of " + name + " was closed; it is opened again with its bundle", cause);
    }

    @Override
    public Vendor vendor() {
        return vendor;
    }

    @Override
    public void close() {
        if (!inFlight.close(CLOSE_WAIT)) {
            return;
        }
        sessions.close();
        onClose.accept(this);
    }

    @Override
    public String toString() {
        return "unit " + name;
    }
}
