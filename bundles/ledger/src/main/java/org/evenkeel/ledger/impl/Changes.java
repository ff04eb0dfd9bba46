package org.evenkeel.ledger.impl;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.evenkeel.ledger.LedgerListener.Change;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.StoreId;

/** Collects, during a transaction, what is told to listeners after its commit. Belongs to one transaction. */
public final class Changes {
    /** More products than this are not named: whoever is told asks for what it shows. */
    static final int MOST_PRODUCTS = 500;

    private final Set<Change.Kind> kinds = EnumSet.noneOf(Change.Kind.class);
    private final Set<Long> products = new HashSet<>();
    private final Set<String> stores = new TreeSet<>();

    /** Kinds of things that changed. */
    public void kinds(Change.Kind... touched) {
        kinds.addAll(List.of(touched));
    }

    /** Products whose figures or listings changed. */
    public void products(Collection<Long> touched) {
        products.addAll(touched);
    }

    /** Stores with listings that became due, or whose own data changed. */
    public void stores(Collection<String> touched) {
        stores.addAll(touched);
    }

    /** What to tell; empty when nothing was touched. */
    Optional<Change> toTell() {
        if (kinds.isEmpty()) {
            return Optional.empty();
        }
        boolean many = products.size() > MOST_PRODUCTS;
        Set<ProductId> named =
                many ? Set.of() : products.stream().map(ProductId::new).collect(Collectors.toSet());
        return Optional.of(
                new Change(kinds, named, stores.stream().map(StoreId::new).collect(Collectors.toSet()), many));
    }
}
