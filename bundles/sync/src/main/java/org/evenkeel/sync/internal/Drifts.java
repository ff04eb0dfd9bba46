package org.evenkeel.sync.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.evenkeel.ledger.FigureGap;
import org.evenkeel.ledger.LedgerException;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.ListingBook.Reading;
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

    /** @return which could not be settled, and why, in words */
    List<String> settle(StoreId store, Set<Long> figures, Drift decision, String actor) {
        List<FigureGap> waiting = new ArrayList<>();
        each(store, gap -> {
            if (figures.contains(gap.id())) {
                waiting.add(gap);
            }
        });
        if (decision == Drift.OVERWRITE) {
            listings.believe(
                    store,
                    waiting.stream()
                            .map(gap -> new Reading(gap.id(), gap.seen()))
                            .toList(),
                    "drift overwritten");
            return List.of();
        }
        List<String> words = new ArrayList<>();
        for (FigureGap gap : waiting) {
            try {
                listings.adopt(store, gap.id(), actor);
            } catch (LedgerException e) {
                words.add(view(gap).sku() + ": " + e.getMessage());
            }
        }
        return words;
    }
}
