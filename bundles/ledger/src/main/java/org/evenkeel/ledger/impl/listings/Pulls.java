package org.evenkeel.ledger.impl.listings;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.LedgerListener.Change;
import org.evenkeel.ledger.ListingBook.PullEnd;
import org.evenkeel.ledger.ListingView.State;
import org.evenkeel.ledger.SeenListing;
import org.evenkeel.ledger.impl.Texts;
import org.evenkeel.ledger.impl.Tx;

/**
 * Takes in what pulls of listings show. A page costs some statements, however many listings it has; what did not change is not
 * written but for the time of the reading and the pull. Stateless.
 */
final class Pulls {
    private static final int LONGEST_ID = 255;
    private static final int LONGEST_TITLE = 255;
    private static final int LONGEST_REASON = 500;
    private static final Set<State> REPORTED =
            EnumSet.of(State.ACTIVE, State.DRAFT, State.ARCHIVED, State.NOT_TRACKED, State.UNREADABLE);

    private final Rows rows;
    private final Linking linking;
    private final CounterOwners owners;
    private final Readings readings;

    Pulls(Rows rows, Linking linking, CounterOwners owners, Readings readings) {
        this.rows = rows;
        this.linking = linking;
        this.owners = owners;
        this.readings = readings;
    }

    void record(Tx tx, String store, String pull, Instant readAt, List<SeenListing> page) {
        Map<ListingRef, SeenListing> seen = byRef(page);
        rows.store(tx, store);
        rows.lockStore(tx, store);
        Map<ListingRef, ListingEntity> known = rows.listings(tx, store, seen.keySet());

        List<ListingEntity> fresh = new ArrayList<>();
        List<ListingEntity> changed = new ArrayList<>();
        List<ListingEntity> toLink = new ArrayList<>();
        Set<Long> unchanged = new HashSet<>();
        Set<String> counters = new TreeSet<>();
        seen.forEach((ref, now) -> {
            ListingEntity listing = known.get(ref);
            if (listing == null) {
                ListingEntity created = newListing(store, ref, now, pull);
                fresh.add(created);
                toLink.add(created);
                counters.add(now.counter());
            } else if (differs(listing, now)) {
                counters.add(listing.counter);
                counters.add(now.counter());
                String skuBefore = listing.sku;
                show(listing, now);
                if (listing.product == null || !Objects.equals(listing.sku, skuBefore)) {
                    toLink.add(listing);
                }
                listing.gone = false;
                listing.lastPull = pull;
                changed.add(listing);
            } else if (!listing.lastPull.equals(pull)) {
                unchanged.add(listing.id);
            }
        });

        List<ListingEntity> touched = new ArrayList<>(fresh);
        touched.addAll(changed);
        linking.link(tx, toLink);
        touched.forEach(listing -> listing.derive(null));
        tx.session().insertMultiple(fresh);
        tx.session().updateMultiple(changed);
        readings.ofPage(tx, store, readAt, seen.values(), owners.settle(tx, store, counters));
        // Last: who applies orders holds figures and reads listings, and on Derby a reader waits for a writer.
        seenAgain(tx, unchanged, pull);
        tell(tx, store, touched);
    }

    /** The listings of a page by the store's ids; of one that comes twice, the later. */
    static Map<ListingRef, SeenListing> byRef(List<SeenListing> page) {
        Map<ListingRef, SeenListing> seen = new LinkedHashMap<>();
        for (SeenListing listing : page) {
            checkId("listing", listing.listing());
            checkId("variant", listing.variant());
            checkId("counter", listing.counter());
            listing.figures().forEach(figure -> checkId("storeLocation", figure.storeLocation()));
            if (!REPORTED.contains(listing.state())) {
                throw new InvalidInputException(
                        "state",
                        "A store reports a listing as one of " + REPORTED + ", not as " + listing.state() + ": "
                                + listing.listing());
            }
            seen.put(new ListingRef(listing.listing(), listing.variant()), listing);
        }
        return seen;
    }

    private static void checkId(String field, String id) {
        if (id.length() > LONGEST_ID || !Texts.isStorable(id) || id.indexOf(Keys.SEPARATOR) >= 0) {
            throw new InvalidInputException(
                    field,
                    "A store's id has up to " + LONGEST_ID + " readable characters, not: " + Texts.readable(id, 300));
        }
    }

    static ListingEntity newListing(String store, ListingRef ref, SeenListing now, String pull) {
        ListingEntity listing = new ListingEntity();
        listing.store = store;
        listing.code = ref.listing();
        listing.variant = ref.variant();
        listing.refKey = Keys.listing(store, ref);
        listing.lastPull = pull;
        show(listing, now);
        return listing;
    }

    /** What the store shows, but for its figures. */
    static void show(ListingEntity listing, SeenListing now) {
        SeenSku sku = SeenSku.of(now.sku());
        listing.sku = sku.kept();
        listing.title = title(now);
        listing.search = Texts.cut(
                ((listing.sku == null ? "" : listing.sku + " ") + listing.title).toLowerCase(Locale.ROOT), 520);
        listing.storeState = state(now, sku);
        listing.storeReason = reason(now, sku);
        listing.counter = now.counter();
        listing.counterKey = Keys.counter(listing.store, now.counter());
    }

    private static boolean differs(ListingEntity listing, SeenListing now) {
        SeenSku sku = SeenSku.of(now.sku());
        return listing.gone
                || !Objects.equals(listing.sku, sku.kept())
                || !listing.title.equals(title(now))
                || listing.storeState != state(now, sku)
                || !listing.storeReason.equals(reason(now, sku))
                || !listing.counter.equals(now.counter());
    }

    private static String title(SeenListing now) {
        return Texts.readable(now.title() == null ? "" : now.title().strip(), LONGEST_TITLE);
    }

    private static State state(SeenListing now, SeenSku sku) {
        return now.state() == State.ACTIVE && !sku.problem().isEmpty() ? State.UNREADABLE : now.state();
    }

    private static String reason(SeenListing now, SeenSku sku) {
        String words = now.stateReason() == null ? "" : now.stateReason();
        return Texts.readable(sku.problem().isEmpty() ? words : sku.problem(), LONGEST_REASON);
    }

    private static void seenAgain(Tx tx, Set<Long> listings, String pull) {
        for (List<Long> part : Chunks.padded(listings)) {
            tx.session()
                    .createMutationQuery("update Listing l set l.lastPull = :pull where l.id in (:ids)")
                    .setParameter("pull", pull)
                    .setParameterList("ids", part)
                    .executeUpdate();
        }
    }

    private static void tell(Tx tx, String store, Collection<ListingEntity> touched) {
        if (touched.isEmpty()) {
            return;
        }
        tx.changes().kinds(Change.Kind.LISTINGS);
        tx.changes().stores(List.of(store));
        Set<Long> products = new HashSet<>();
        touched.stream()
                .map(listing -> listing.product)
                .filter(Objects::nonNull)
                .forEach(products::add);
        tx.changes().products(products);
    }

    // --- the end of a pull -------------------------------------------------------------------------------------------

    PullEnd end(Tx tx, String store, String pull, int guardShare) {
        rows.store(tx, store);
        rows.lockStore(tx, store);
        int shown = count(tx, store, "l.lastPull = :pull", pull);
        int missing = count(tx, store, "l.lastPull <> :pull", pull);
        if (missing * 10_000L > (long) guardShare * (shown + missing)) {
            return new PullEnd(shown, 0, missing);
        }
        vanish(tx, store, pull, missing);
        return new PullEnd(shown, missing, 0);
    }

    private static int count(Tx tx, String store, String condition, String pull) {
        return Math.toIntExact(tx.session()
                .createSelectionQuery(
                        "select count(*) from Listing l where l.store = :store and l.gone = false and " + condition,
                        Long.class)
                .setParameter("store", store)
                .setParameter("pull", pull)
                .getSingleResult());
    }

    private void vanish(Tx tx, String store, String pull, int missing) {
        for (int done = 0; done < missing; done += Chunks.SIZE) {
            List<ListingEntity> part = tx.session()
                    .createSelectionQuery(
                            "from Listing l where l.store = :store and l.gone = false and l.lastPull <> :pull"
                                    + " order by l.id",
                            ListingEntity.class)
                    .setParameter("store", store)
                    .setParameter("pull", pull)
                    .setMaxResults(Chunks.SIZE)
                    .getResultList();
            Set<String> counters = new TreeSet<>();
            for (ListingEntity listing : part) {
                listing.gone = true;
                listing.derive(null);
                counters.add(listing.counter);
            }
            tx.session().updateMultiple(part);
            owners.settle(tx, store, counters);
            tell(tx, store, part);
        }
    }
}
