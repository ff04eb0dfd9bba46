package org.evenkeel.sync.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.evenkeel.ledger.FigureGap;
import org.evenkeel.ledger.LedgerException;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.ListingView;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Drift;
import org.evenkeel.sync.DriftedFigure;
import org.evenkeel.sync.internal.lane.Drifted;

/** Figures that were changed in a store and wait for a person: kept by the ledger, so that any node can show and settle them. */
final class Drifts {
    private static final int PAGE = 500;
    private static final String CHANGED =
            "it changed meanwhile, was settled, or what was sent is not answered yet; look at it again.";

    private final ListingBook listings;

    Drifts(ListingBook listings) {
        this.listings = listings;
    }

    int count(StoreId store) {
        int[] count = {0};
        each(store, gap -> count[0]++);
        return count[0];
    }

    Page<DriftedFigure> page(StoreId store, PageRequest request) {
        List<FigureGap> gaps = new ArrayList<>();
        int[] total = {0};
        each(store, gap -> {
            if (total[0]++ >= request.offset() && gaps.size() < request.limit()) {
                gaps.add(gap);
            }
        });
        return new Page<>(gaps.stream().map(this::view).toList(), total[0], request);
    }

    private void each(StoreId store, Consumer<FigureGap> told) {
        long after = 0;
        List<FigureGap> gaps;
        do {
            gaps = listings.gaps(store, after, PAGE);
            gaps.stream().filter(Drifted::seenTwice).forEach(told);
            after = gaps.isEmpty() ? after : gaps.get(gaps.size() - 1).id();
        } while (gaps.size() == PAGE);
    }

    private DriftedFigure view(FigureGap gap) {
        ListingView listing = listings.listing(gap.key()).orElse(null);
        return new DriftedFigure(
                gap.id(),
                gap.key(),
                listing == null ? "" : Objects.requireNonNullElse(listing.sku(), ""),
                listing == null ? "" : listing.title(),
                gap.storeLocation(),
                gap.belief(),
                gap.seen(),
                gap.firstGapAt(),
                gap.seenAt());
    }

    /**
     * Settles those that still wait; what changed, or has an outcome outstanding, is left for another look. The ledger given
     * must be the lane's, and the lane must stand still meanwhile.
     *
     * @return which could not be settled, and why, in words
     */
    List<String> settle(StoreId store, Set<Long> figures, Drift decision, String actor) {
        Map<Long, FigureGap> waiting = new TreeMap<>();
        each(store, gap -> {
            if (figures.contains(gap.id())) {
                waiting.put(gap.id(), gap);
            }
        });
        List<String> words = new ArrayList<>();
        new TreeSet<>(figures)
                .stream()
                        .filter(figure -> !waiting.containsKey(figure))
                        .forEach(figure -> words.add("Figure " + figure + ": " + CHANGED));
        List<FigureGap> gaps = List.copyOf(waiting.values());
        words.addAll(decision == Drift.OVERWRITE ? overwrite(store, gaps) : adopt(store, gaps, actor));
        return words;
    }

    private List<String> overwrite(StoreId store, List<FigureGap> gaps) {
        Set<Long> settled = listings.believeGaps(store, gaps, "drift overwritten");
        return gaps.stream()
                .filter(gap -> !settled.contains(gap.id()))
                .map(gap -> view(gap).sku() + ": " + CHANGED)
                .toList();
    }

    private List<String> adopt(StoreId store, List<FigureGap> gaps, String actor) {
        List<String> words = new ArrayList<>();
        for (FigureGap gap : gaps) {
            try {
                listings.adopt(store, gap.id(), actor);
            } catch (LedgerException e) {
                words.add(view(gap).sku() + ": " + e.getMessage());
            }
        }
        return words;
    }
}
