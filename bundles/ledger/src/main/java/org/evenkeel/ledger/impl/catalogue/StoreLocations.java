package org.evenkeel.ledger.impl.catalogue;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.ledger.impl.Tx;

/** What stands behind the locations of stores. Stateless. */
public final class StoreLocations {

    /**
     * The locations that a store reports, in its order, by the store's ids.
     *
     * @return an ordered map; a location without ledger locations is unmapped
     */
    public Map<String, Mapped> of(Tx tx, String store) {
        List<Object[]> rows = tx.session()
                .createSelectionQuery(
                        "select l.code, l.writable, t.location from StoreLocation l"
                                + " left join StoreLocationTarget t on t.storeLocation = l.id"
                                + " where l.store = :store and l.present = true order by l.position, l.id, t.location",
                        Object[].class)
                .setParameter("store", store)
                .getResultList();
        Map<String, Mapped> found = new LinkedHashMap<>();
        for (Object[] row : rows) {
            Mapped mapped =
                    found.computeIfAbsent((String) row[0], code -> new Mapped((Boolean) row[1], new LinkedHashSet<>()));
            if (row[2] != null) {
                mapped.ledgerLocations().add((Long) row[2]);
            }
        }
        return found;
    }

    /** Where stock lies unless somebody says otherwise: the location that was made with the tables. */
    public static long defaultLocation(Tx tx) {
        return tx.session()
                .createSelectionQuery("select min(l.id) from Location l", Long.class)
                .getSingleResult();
    }

    /**
     * What stands behind a store's location.
     *
     * @param writable whether figures there may be set
     * @param ledgerLocations the ledger's locations, by id; empty when it is unmapped
     */
    public record Mapped(boolean writable, Set<Long> ledgerLocations) {}
}
