package org.evenkeel.ledger.impl.listings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.orders.StoreEffects;

/**
 * Moves what a store is believed to show by what the store itself did. The counter is found by the line's listing, else by its
 * SKU; the figure by the line's location, else it is the only one. Where more than one could have moved, none is: that a belief
 * lags is found out when it is compared, that it was moved wrongly would be too, and wrong twice. Stateless.
 */
final class Effects implements StoreEffects {
    private final Rows rows;

    Effects(Rows rows) {
        this.rows = rows;
    }

    @Override
    public void apply(Tx tx, String store, List<Effect> effects) {
        if (effects.isEmpty()) {
            return;
        }
        boolean onHand = rows.store(tx, store).onHandFigures;
        Counters counters = counters(tx, store, effects);
        Map<String, List<FigureEntity>> figures = new HashMap<>();
        rows.figures(tx, store, counters.all())
                .forEach(figure -> figures.computeIfAbsent(figure.counter, key -> new ArrayList<>())
                        .add(figure));
        Map<Long, Long> deltas = new TreeMap<>();
        for (Effect effect : effects) {
            long delta = onHand ? effect.onHandDelta() : effect.sellableDelta();
            counters.of(effect)
                    .flatMap(counter -> figure(figures.getOrDefault(counter, List.of()), effect.storeLocation()))
                    .ifPresent(figure -> deltas.merge(figure.id, delta, Math::addExact));
        }
        deltas.values().removeIf(delta -> delta == 0);
        Collection<FigureEntity> locked = rows.lockFigures(tx, deltas.keySet()).values();
        locked.forEach(figure -> figure.effect(deltas.get(figure.id)));
        rows.write(tx, locked);
        if (!locked.isEmpty()) {
            tx.changes().stores(List.of(store));
        }
    }

    private static Optional<FigureEntity> figure(List<FigureEntity> ofCounter, String storeLocation) {
        List<FigureEntity> possible = ofCounter.stream()
                .filter(figure -> storeLocation == null ? figure.shown : figure.storeLocation.equals(storeLocation))
                .toList();
        return possible.size() == 1 ? Optional.of(possible.get(0)) : Optional.empty();
    }

    private Counters counters(Tx tx, String store, List<Effect> effects) {
        Map<ListingRef, String> byRef = new HashMap<>();
        Set<ListingRef> refs = new HashSet<>();
        Set<String> skus = new HashSet<>();
        for (Effect effect : effects) {
            if (effect.listing() != null) {
                refs.add(ref(effect));
            }
            if (effect.sku() != null) {
                skus.add(effect.sku());
            }
        }
        rows.listings(tx, store, refs).forEach((ref, listing) -> byRef.put(ref, listing.counter));
        Map<String, Set<String>> bySku = new HashMap<>();
        if (!byRef.keySet().containsAll(refs) || effects.stream().anyMatch(effect -> effect.listing() == null)) {
            rows.countersOfSkus(tx, store, skus)
                    .forEach(row -> bySku.computeIfAbsent(row.sku(), key -> new HashSet<>())
                            .add(row.counter()));
        }
        return new Counters(byRef, bySku);
    }

    private static ListingRef ref(Effect effect) {
        return new ListingRef(effect.listing(), effect.variant() == null ? "" : effect.variant());
    }

    private record Counters(Map<ListingRef, String> byRef, Map<String, Set<String>> bySku) {

        Set<String> all() {
            Set<String> all = new HashSet<>(byRef.values());
            bySku.values().forEach(all::addAll);
            return all;
        }

        Optional<String> of(Effect effect) {
            String known = effect.listing() == null ? null : byRef.get(ref(effect));
            if (known != null) {
                return Optional.of(known);
            }
            Set<String> possible = bySku.getOrDefault(effect.sku(), Set.of());
            return possible.size() == 1 ? possible.stream().findFirst() : Optional.empty();
        }
    }
}
