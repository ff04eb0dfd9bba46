package org.evenkeel.ledger.impl.listings;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.evenkeel.database.Database.Vendor;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.ListingView.State;
import org.evenkeel.ledger.RuleBook;
import org.evenkeel.ledger.RuleImports;
import org.evenkeel.ledger.impl.Core;
import org.evenkeel.ledger.impl.ListingSide;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.catalogue.ListingCounts;
import org.evenkeel.ledger.impl.orders.ListingLookup;
import org.evenkeel.ledger.impl.orders.StoreEffects;
import org.evenkeel.ledger.impl.posting.FigureMarks;

/** The half of the ledger that knows what stores sell and show. Thread-safe; keeps nothing. */
public final class Listings implements ListingSide {
    private final Rows rows;

    /** @param vendor which product the ledger is kept in */
    public Listings(Vendor vendor) {
        this.rows = new Rows(vendor);
    }

    @Override
    public FigureMarks marks() {
        return new Marks(rows);
    }

    @Override
    public StoreEffects effects() {
        return new Effects(rows);
    }

    @Override
    public ListingLookup lookup() {
        return this::find;
    }

    private Map<ListingLookup.Ref, ListingLookup.Found> find(
            Tx tx, String store, Collection<ListingLookup.Ref> wanted) {
        Map<ListingLookup.Ref, ListingLookup.Found> found = new HashMap<>();
        rows.listings(
                        tx,
                        store,
                        wanted.stream()
                                .map(ref -> new ListingRef(ref.listing(), ref.variant()))
                                .collect(Collectors.toSet()))
                .forEach((ref, listing) -> found.put(
                        new ListingLookup.Ref(ref.listing(), ref.variant()),
                        new ListingLookup.Found(listing.product, listing.storeState != State.NOT_TRACKED)));
        return found;
    }

    @Override
    public ListingCounts counts() {
        return new Counting();
    }

    @Override
    public List<Class<?>> entities() {
        return List.of(
                ListingEntity.class,
                FigureEntity.class,
                ListingStoreEntity.class,
                RuleEntity.class,
                RuleImportEntity.class,
                RuleImportRowEntity.class,
                RuleImportProblemEntity.class);
    }

    @Override
    public ListingBook book(Core core) {
        return new Book(core, rows, wanted(core));
    }

    @Override
    public RuleBook rules(Core core) {
        return new RuleBookService(core.transactions(), rows, wanted(core));
    }

    @Override
    public RuleImports ruleImports(Core core) {
        return new RuleImportService(core.transactions(), rows, wanted(core));
    }

    private WantedFigures wanted(Core core) {
        return new WantedFigures(rows, core.storeLocations());
    }
}
