package org.evenkeel.ledger.impl.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.evenkeel.ledger.impl.Tx;

/**
 * Proves the books. Each check is one query for what must not be; the rows it finds are told in words. Nothing here shares
 * code with what posts. Stateless.
 */
final class Audit {
    /** So many findings of one check are told; more of the same help nobody. */
    private static final int MOST = 100;

    /**
     * A check.
     *
     * @param words a format for a row's columns
     * @param query in HQL
     */
    private record Check(String words, String query) {}

    private static final List<Check> CHECKS = List.of(
            new Check(
                    "Level of product %s at location %s shows In Stock %s, Booked %s, Incoming %s at version %s; its movements"
                            + " sum up to %s, %s, %s in %s movements.",
                    "select l.product, l.location, l.inStock, l.booked, l.incoming, l.version, coalesce(sum(m.deltaInStock), 0),"
                            + " coalesce(sum(m.deltaBooked), 0), coalesce(sum(m.deltaIncoming), 0), count(m.id)"
                            + " from Level l left join Movement m on m.product = l.product and m.location = l.location"
                            + " group by l.product, l.location, l.inStock, l.booked, l.incoming, l.version"
                            + " having l.inStock <> coalesce(sum(m.deltaInStock), 0) or l.booked <> coalesce(sum(m.deltaBooked), 0)"
                            + " or l.incoming <> coalesce(sum(m.deltaIncoming), 0) or l.version <> count(m.id)"),
            new Check(
                    "Movement %s (product %s, location %s, version %s) belongs to no level.",
                    "select m.id, m.product, m.location, m.version from Movement m left join Level l"
                            + " on l.product = m.product and l.location = m.location where l.product is null"),
            new Check(
                    "Movement %s (product %s, location %s, version %s) is not preceded by version %s.",
                    "select m.id, m.product, m.location, m.version, m.version - 1 from Movement m left join Movement p"
                            + " on p.product = m.product and p.location = m.location and p.version = m.version - 1"
                            + " where m.version <> 1 and p.id is null"),
            new Check(
                    "Movement %s (product %s, location %s, version %s) has balances that do not follow from the one before:"
                            + " In Stock %s, Booked %s, Incoming %s.",
                    "select m.id, m.product, m.location, m.version, m.inStock, m.booked, m.incoming"
                            + " from Movement m left join Movement p"
                            + " on p.product = m.product and p.location = m.location and p.version = m.version - 1"
                            + " where m.inStock <> coalesce(p.inStock, 0) + m.deltaInStock"
                            + " or m.booked <> coalesce(p.booked, 0) + m.deltaBooked"
                            + " or m.incoming <> coalesce(p.incoming, 0) + m.deltaIncoming"),
            new Check(
                    "Level of product %s at location %s shows Booked %s; open order lines book %s there.",
                    "select l.product, l.location, l.booked, coalesce(sum(a.booked), 0)"
                            + " from Level l left join Allocation a on a.product = l.product and a.location = l.location"
                            + " group by l.product, l.location, l.booked having l.booked <> coalesce(sum(a.booked), 0)"),
            new Check(
                    "Order line %s of order %s/%s books product %s at location %s, which has no level.",
                    "select i.code, o.store, o.code, a.product, a.location from Allocation a join OrderLine i on i.id = a.line"
                            + " join StoreOrder o on o.id = i.order left join Level l"
                            + " on l.product = a.product and l.location = a.location where l.product is null"),
            new Check(
                    "Order line %s of order %s/%s says it keeps %s booked; by location it is %s.",
                    "select i.code, o.store, o.code, i.booked, coalesce(sum(a.booked), 0) from OrderLine i"
                            + " join StoreOrder o on o.id = i.order left join Allocation a on a.line = i.id"
                            + " group by i.id, i.code, o.store, o.code, i.booked having i.booked <> coalesce(sum(a.booked), 0)"),
            new Check(
                    "Order %s/%s did In Stock %s and Booked %s to product %s at location %s by the journal, which its lines do"
                            + " not show.",
                    "select o.store, o.code, sum(m.deltaInStock), sum(m.deltaBooked), m.product, m.location"
                            + " from Movement m join StoreOrder o on o.id = m.order"
                            + " group by o.id, o.store, o.code, m.product, m.location"
                            + " having sum(m.deltaBooked) <> coalesce((select sum(a.booked) from Allocation a join OrderLine i"
                            + " on i.id = a.line where i.order = o.id and a.product = m.product and a.location = m.location), 0)"
                            + " or sum(m.deltaInStock) <> coalesce((select sum(a.returned - a.fulfilled - a.lost)"
                            + " from Allocation a join OrderLine i on i.id = a.line"
                            + " where i.order = o.id and a.product = m.product and a.location = m.location), 0)"),
            new Check(
                    "Movement %s undoes movement %s, but not by its reverse at the same level.",
                    "select m.id, m.reverses from Movement m join Movement r on r.id = m.reverses"
                            + " where m.product <> r.product or m.location <> r.location"
                            + " or m.deltaInStock <> -r.deltaInStock or m.deltaBooked <> -r.deltaBooked"
                            + " or m.deltaIncoming <> -r.deltaIncoming"));

    /** What one check may take over a journal of many years; a database may otherwise not say nothing for so long. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    List<String> findings(Tx tx) {
        tx.session().doWork(Audit::patiently);
        List<String> findings = new ArrayList<>();
        CHECKS.forEach(check -> findings.addAll(found(tx, check)));
        return findings;
    }

    /** Until the connection goes back to its pool. The embedded database knows no network that could be cut. */
    private static void patiently(Connection connection) throws SQLException {
        boolean embedded = connection.getMetaData().getDatabaseProductName().contains("Derby");
        if (!embedded && connection.getNetworkTimeout() > 0) {
            connection.setNetworkTimeout(Runnable::run, (int) PATIENCE.toMillis());
        }
    }

    private static List<String> found(Tx tx, Check check) {
        List<Object[]> rows = tx.session()
                .createSelectionQuery(check.query(), Object[].class)
                .setMaxResults(MOST + 1)
                .getResultList();
        List<String> words = new ArrayList<>(rows.stream()
                .limit(MOST)
                .map(row -> check.words().formatted(Arrays.copyOf(row, row.length)))
                .toList());
        if (rows.size() > MOST) {
            words.add("… and more of the same kind than the " + MOST + " told above.");
        }
        return words;
    }
}
