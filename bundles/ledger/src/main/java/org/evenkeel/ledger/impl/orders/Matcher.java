package org.evenkeel.ledger.impl.orders;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.ledger.OrderView.Match;
import org.evenkeel.ledger.Sku;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.catalogue.Products;
import org.evenkeel.ledger.impl.model.OrderLineEntity;
import org.evenkeel.ledger.impl.orders.ListingLookup.Found;
import org.evenkeel.ledger.impl.orders.ListingLookup.Ref;

/**
 * Decides what order lines are: by the listing that was sold, else by SKU. A product is decided once and kept; so is that a
 * line is not tracked. A line whose SKU nobody owns is looked at again each time. Stateless.
 */
final class Matcher {
    private final ListingLookup listings;
    private final Products products;

    Matcher(ListingLookup listings, Products products) {
        this.listings = listings;
        this.products = products;
    }

    /** Decides those of a store's lines that are not decided yet, in a few statements. */
    void decide(Tx tx, String store, Collection<OrderLineEntity> lines) {
        List<OrderLineEntity> open = lines.stream().filter(Matcher::isOpen).toList();
        if (open.isEmpty()) {
            return;
        }
        Set<Ref> refs = new HashSet<>();
        Set<Sku> skus = new HashSet<>();
        for (OrderLineEntity line : open) {
            if (line.listing != null) {
                refs.add(ref(line));
            }
            if (line.sku != null) {
                skus.add(new Sku(line.sku));
            }
        }
        Map<Ref, Found> found = refs.isEmpty() ? Map.of() : listings.find(tx, store, new ArrayList<>(refs));
        Map<Sku, Products.Match> owners = skus.isEmpty() ? Map.of() : products.find(tx, skus);
        open.forEach(line -> decide(line, found, owners));
    }

    static boolean isOpen(OrderLineEntity line) {
        return line.match == null || line.match.equals(Match.UNMATCHED.name());
    }

    private static Ref ref(OrderLineEntity line) {
        return new Ref(line.listing, line.variant == null ? "" : line.variant);
    }

    private static void decide(OrderLineEntity line, Map<Ref, Found> found, Map<Sku, Products.Match> owners) {
        Found listing = line.listing == null ? null : found.get(ref(line));
        Products.Match owner = line.sku == null ? null : owners.get(new Sku(line.sku));
        if (listing != null && !listing.tracked()) {
            line.match = Match.NOT_TRACKED.name();
        } else if (listing != null && listing.product() != null) {
            matched(line, listing.product());
        } else if (owner != null) {
            matched(line, owner.productId());
        } else {
            line.match = line.sku == null ? Match.NOT_TRACKED.name() : Match.UNMATCHED.name();
        }
    }

    static void matched(OrderLineEntity line, long product) {
        line.match = Match.MATCHED.name();
        line.product = product;
        line.waitingSince = null;
    }

    static void unmatched(OrderLineEntity line) {
        line.match = Match.UNMATCHED.name();
        line.product = null;
    }
}
