package org.evenkeel.database.testing.probe;

import java.util.List;
import java.util.function.BiFunction;
import org.evenkeel.database.Database;
import org.evenkeel.database.Persistence;
import org.evenkeel.database.PersistenceUnit;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Runs inside of the probe's bundle: adds a row under the last one and tells the labels on the way to the first. */
public class StoreProbe implements BiFunction<BundleContext, String, String> {

    @Override
    public String apply(BundleContext context, String label) {
        ServiceReference<Database> reference = context.getServiceReference(Database.class);
        Database database = context.getService(reference);
        try (Persistence unit = database.open(unit())) {
            unit.inTransaction(session -> {
                session.persist(new ProbeRow(count(session) + 1, last(session), label));
                return null;
            });
            return unit.inTransaction(StoreProbe::path);
        } finally {
            context.ungetService(reference);
        }
    }

    private static PersistenceUnit unit() {
        return new PersistenceUnit(
                "probe",
                StoreProbe.class.getClassLoader(),
                List.of(ProbeRow.class),
                "org/evenkeel/database/testing/probe");
    }

    private static long count(Session session) {
        return session.createSelectionQuery("select count(*) from ProbeRow", Long.class)
                .getSingleResult();
    }

    private static ProbeRow last(Session session) {
        return session.find(ProbeRow.class, count(session));
    }

    private static String path(Session session) {
        ProbeRow row = last(session);
        StringBuilder path = new StringBuilder(row.getLabel());
        while (row.getParent() != null) {
            row = row.getParent();
            path.append(Hibernate.isInitialized(row) ? " < " : " <~ ").append(row.getLabel());
        }
        return path.toString();
    }
}
