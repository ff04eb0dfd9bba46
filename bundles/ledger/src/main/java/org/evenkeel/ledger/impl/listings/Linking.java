package org.evenkeel.ledger.impl.listings;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.evenkeel.ledger.LedgerListener.Change;
import org.evenkeel.ledger.ListingView.State;
import org.evenkeel.ledger.Sku;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.catalogue.Products;
import org.evenkeel.ledger.impl.catalogue.Products.Match;
import org.evenkeel.ledger.impl.orders.Inbox;

/**
 * Decides which product a listing sells: the one that owns its SKU, exactly before only folded; none owns it, then a new one.
 * A listing that the store does not count creates none. Stateless.
 */
final class Linking {
    private final Rows rows;
    private final Products products;
    private final Inbox inbox;

    Linking(Rows rows, Products products, Inbox inbox) {
        this.rows = rows;
        this.products = products;
        this.inbox = inbox;
    }

    /** Links listings that are new or changed, and locks their products until the transaction ends. */
    void link(Tx tx, Collection<ListingEntity> listings) {
        Map<ListingEntity, Sku> codes = new LinkedHashMap<>();
        for (ListingEntity listing : listings) {
            Sku sku = SeenSku.of(listing.sku).sku();
            if (sku == null || listing.storeState == State.UNREADABLE) {
                unlink(listing, sku);
            } else {
                codes.put(listing, sku);
            }
        }
        Map<Sku, Match> matches = new HashMap<>(products.find(tx, Set.copyOf(codes.values())));
        codes.forEach((listing, sku) -> {
            if (!matches.containsKey(sku) && listing.storeState != State.NOT_TRACKED) {
                create(tx, listing, sku, codes.values(), matches);
            }
            Match match = matches.get(sku);
            listing.product = match == null ? null : (Long) match.productId();
            listing.foldedMatch = match != null && match.folded();
        });
        Set<Long> linked = new TreeSet<>();
        listings.stream().filter(listing -> listing.product != null).forEach(listing -> linked.add(listing.product));
        rows.lockProducts(tx, linked);
    }

    /** An unreadable listing keeps the product that it had, unless it has no SKU now. */
    private static void unlink(ListingEntity listing, Sku sku) {
        if (sku == null) {
            listing.product = null;
            listing.foldedMatch = false;
        }
    }

    private void create(Tx tx, ListingEntity listing, Sku sku, Collection<Sku> page, Map<Sku, Match> matches) {
        long product = products.create(tx, sku, listing.title, "store " + listing.store);
        String folded = sku.folded();
        String canonical = sku.canonical();
        for (Sku other : List.copyOf(page)) {
            if (other.folded().equals(folded)) {
                matches.putIfAbsent(other, new Match(product, !other.canonical().equals(canonical)));
            }
        }
        tx.changes().kinds(Change.Kind.PRODUCTS);
        inbox.productAppeared(tx, product, sku);
    }
}
