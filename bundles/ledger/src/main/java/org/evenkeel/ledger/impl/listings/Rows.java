package org.evenkeel.ledger.impl.listings;

import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.evenkeel.database.Database.Vendor;
import org.evenkeel.ledger.FigureGap;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.model.ProductEntity;
import org.evenkeel.ledger.impl.registry.StoreEntity;
import org.hibernate.LockMode;

/**
 * The rows of listings and figures: how they are found, locked and written, in few statements however many there are. The one
 * place where the two databases differ for listings: PostgreSQL locks many rows in the order asked for with one statement;
 * Derby, which is in this process and locks in no order that could be asked for, takes one for each. Stateless.
 */
final class Rows {
    private final Vendor vendor;

    Rows(Vendor vendor) {
        this.vendor = vendor;
    }

    // --- stores ------------------------------------------------------------------------------------------------------

    /** @throws NotFoundException when it is not registered */
    StoreEntity store(Tx tx, String store) {
        StoreEntity found = tx.session().get(StoreEntity.class, store);
        if (found == null) {
            throw new NotFoundException("There is no store " + store + ".");
        }
        return found;
    }

    /** Locks what concerns all listings of a store, making it the first time. */
    ListingStoreEntity lockStore(Tx tx, String store) {
        ListingStoreEntity row = tx.session().get(ListingStoreEntity.class, store, LockMode.PESSIMISTIC_WRITE);
        if (row == null) {
            // Who changes the default tells all stores of it, this one too, or comes after it.
            lockDefaultRule(tx);
            row = new ListingStoreEntity();
            row.store = store;
            tx.session().insert(row);
        }
        return row;
    }

    /** Locks the default rule, before any store. */
    RuleEntity lockDefaultRule(Tx tx) {
        return tx.session().get(RuleEntity.class, Rules.DEFAULT, LockMode.PESSIMISTIC_WRITE);
    }

    /** Where a store's changes of rules, mapping and owners of figures stand. */
    RuleVersions ruleVersions(Tx tx, String store) {
        ListingStoreEntity row = tx.session().get(ListingStoreEntity.class, store);
        return row == null
                ? RuleVersions.NONE
                : new RuleVersions(row.ruleVersion, row.wideVersion, row.markingAfter != null);
    }

    /**
     * @param last the number of the last change
     * @param wide the number of the last change that concerned the whole store
     * @param marking whether figures are left to be told of that one
     */
    record RuleVersions(long last, long wide, boolean marking) {
        static final RuleVersions NONE = new RuleVersions(0, 0, false);
    }

    /** Those of some figures that a change after a version concerns. */
    Set<Long> concernedAfter(Tx tx, Collection<Long> figures, long version) {
        Set<Long> concerned = new HashSet<>();
        for (List<Long> part : Chunks.padded(figures)) {
            concerned.addAll(tx.select(
                            "select f.id from Figure f where f.id in (:ids) and f.neededRuleVersion > :version",
                            Long.class,
                            "ids",
                            part)
                    .setParameter("version", version)
                    .getResultList());
        }
        return concerned;
    }

    /** Numbers a change of some figures of a store, and tells them. */
    void tell(Tx tx, String store, Collection<FigureEntity> figures) {
        if (figures.isEmpty()) {
            return;
        }
        ListingStoreEntity row = lockStore(tx, store);
        long version = row.raise();
        tx.session().update(row);
        figures.forEach(figure -> figure.neededRuleVersion = version);
    }

    // --- locks -------------------------------------------------------------------------------------------------------

    /** Locks figures by id and reads them as they are now; unknown ids are left out. */
    Map<Long, FigureEntity> lockFigures(Tx tx, Collection<Long> ids) {
        Map<Long, FigureEntity> locked = new LinkedHashMap<>();
        lock(tx, FigureEntity.class, "Figure", ids).forEach(figure -> locked.put(figure.id, figure));
        return locked;
    }

    /** Locks products, so that none of them changes unseen while listings come to sell them. */
    void lockProducts(Tx tx, Collection<Long> ids) {
        lock(tx, ProductEntity.class, "Product", ids);
    }

    private <E> List<E> lock(Tx tx, Class<E> type, String name, Collection<Long> ids) {
        TreeSet<Long> sorted = new TreeSet<>(ids);
        List<E> locked = new ArrayList<>(sorted.size());
        if (vendor == Vendor.DERBY) {
            for (Long id : sorted) {
                E row = tx.session().get(type, id, LockMode.PESSIMISTIC_WRITE);
                if (row != null) {
                    locked.add(row);
                }
            }
            return locked;
        }
        for (List<Long> part : Chunks.padded(sorted)) {
            locked.addAll(tx.select("from " + name + " e where e.id in (:ids) order by e.id", type, "ids", part)
                    .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                    .getResultList());
        }
        return locked;
    }

    /** Writes figures that are locked. */
    void write(Tx tx, Collection<FigureEntity> figures) {
        if (figures.isEmpty()) {
            return;
        }
        figures.forEach(figure -> figure.rowVersion++);
        tx.session().updateMultiple(List.copyOf(figures));
        figures.stream().filter(figure -> figure.ownerChanged).forEach(figure -> writeOwner(tx, figure));
    }

    private static void writeOwner(Tx tx, FigureEntity figure) {
        tx.session()
                .createMutationQuery("update Figure f set f.listing = :listing, f.product = :product where f.id = :id")
                .setParameter("listing", figure.listing)
                .setParameter("product", figure.product)
                .setParameter("id", figure.id)
                .executeUpdate();
        figure.ownerChanged = false;
    }

    // --- listings ----------------------------------------------------------------------------------------------------

    /** Those of {@code wanted} that are known, by the store's ids. */
    Map<ListingRef, ListingEntity> listings(Tx tx, String store, Collection<ListingRef> wanted) {
        Map<ListingRef, ListingEntity> found = new LinkedHashMap<>();
        List<String> keys = wanted.stream().map(ref -> Keys.listing(store, ref)).toList();
        inKeys(tx, "from Listing l where l.refKey in (:keys)", ListingEntity.class, keys)
                .forEach(listing -> found.put(listing.ref(), listing));
        return found;
    }

    /** The listings of some counters, by id. */
    List<ListingEntity> ofCounters(Tx tx, String store, Collection<String> counters) {
        return inKeys(
                tx,
                "from Listing l where l.counterKey in (:keys) order by l.id",
                ListingEntity.class,
                counterKeys(store, counters));
    }

    private static List<String> counterKeys(String store, Collection<String> counters) {
        return counters.stream().map(counter -> Keys.counter(store, counter)).toList();
    }

    private static <E> List<E> inKeys(Tx tx, String query, Class<E> type, List<String> keys) {
        List<E> found = new ArrayList<>();
        for (List<String> part : Chunks.padded(keys)) {
            found.addAll(tx.select(query, type, "keys", part).getResultList());
        }
        return found;
    }

    /** Which counters hold what the store sells by some raw SKUs, listings that are gone left out. */
    List<SkuCounter> countersOfSkus(Tx tx, String store, Collection<String> skus) {
        List<SkuCounter> found = new ArrayList<>();
        // Derby would walk through the whole store for a list: see Keys.
        List<List<String>> parts =
                vendor == Vendor.DERBY ? skus.stream().map(List::of).toList() : Chunks.padded(skus);
        for (List<String> part : parts) {
            found.addAll(tx.select(
                            "select distinct l.sku, l.counter from Listing l"
                                    + " where l.store = :store and l.sku in (:skus) and l.gone = false",
                            SkuCounter.class,
                            "skus",
                            part)
                    .setParameter("store", store)
                    .getResultList());
        }
        return found;
    }

    record SkuCounter(String sku, String counter) {}

    /** The listings that a store sells by some raw SKUs, those that are gone left out. */
    List<SkuListing> listingsOfSkus(Tx tx, String store, Collection<String> skus) {
        List<SkuListing> found = new ArrayList<>();
        // Derby would walk through the whole store for a list: see Keys.
        List<List<String>> parts =
                vendor == Vendor.DERBY ? skus.stream().map(List::of).toList() : Chunks.padded(skus);
        for (List<String> part : parts) {
            found.addAll(tx.select(
                            "select l.sku, l.id from Listing l where l.store = :store and l.sku in (:skus)"
                                    + " and l.gone = false order by l.id",
                            SkuListing.class,
                            "skus",
                            part)
                    .setParameter("store", store)
                    .getResultList());
        }
        return found;
    }

    record SkuListing(String sku, Long listing) {}

    /** The figures of some counters, as they are now, without a lock. */
    List<FigureEntity> figures(Tx tx, String store, Collection<String> counters) {
        return inKeys(
                tx,
                "from Figure f where f.counterKey in (:keys) order by f.id",
                FigureEntity.class,
                counterKeys(store, counters));
    }

    /** Figures with their readings and beliefs, as the API shows them. */
    List<FigureGap> gaps(Tx tx, String store, Collection<FigureEntity> figures) {
        Map<Long, ListingKey> keys = new HashMap<>();
        for (List<Long> part : Chunks.padded(
                figures.stream().map(figure -> figure.listing).distinct().toList())) {
            tx.select("from Listing l where l.id in (:ids)", ListingEntity.class, "ids", part)
                    .getResultList()
                    .forEach(listing ->
                            keys.put(listing.id, new ListingKey(new StoreId(store), listing.code, listing.variant)));
        }
        return figures.stream()
                .map(figure -> figure.toGap(keys.get(figure.listing)))
                .toList();
    }
}
