package org.evenkeel.sync.internal.lane;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.DueFigure;
import org.evenkeel.ledger.FigureGap;
import org.evenkeel.ledger.ListingBook.Reading;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.sync.Drift;

/**
 * Settles readings that differ from what the store was believed to show. A gap is believed after two readings of it, each
 * followed by a pull that began after it, apart by at least the order lag, while no outcome is unknown; until then lower than
 * believed is presumed an unseen sale. What the ledger wants lower than the store shows is believed at once: what follows is
 * a decrease, and a decrease never re-lists. The difference is then put right as any other, under the fence.
 *
 * <p>Where the store's drift is not overwritten, nothing is believed before it was seen twice; then the gap is adopted, or it
 * stays until a person decides.
 */
final class GapSettling implements Activity {
    private static final int PAGE = 500;
    private static final int MOST_ROUNDS = 2;

    private final Scope scope;
    private final Map<Long, FigureTarget> again = new LinkedHashMap<>();
    private int round;

    GapSettling(Scope scope) {
        this.scope = scope;
    }

    @Override
    public Next next() {
        if (!scope.fence.pulledSince(scope.lastReading)) {
            if (scope.ledger.listings().gaps(scope.store, 0, 1).isEmpty()) {
                scope.held.clear();
                return Next.DONE;
            }
            return new Next.Then(new OrderPull(scope));
        }
        again.clear();
        scope.held.clear();
        settleAll();
        if (again.isEmpty() || ++round == MOST_ROUNDS) {
            return Next.DONE;
        }
        return new Next.Then(new ReadBack(scope, again, readings -> {}));
    }

    private void settleAll() {
        Set<Long> unknown = scope.ledger.listings().unsettled(scope.store, PAGE).stream()
                .map(DueFigure::id)
                .collect(Collectors.toSet());
        long after = 0;
        List<FigureGap> gaps;
        do {
            gaps = scope.ledger.listings().gaps(scope.store, after, PAGE);
            settle(gaps.stream().filter(gap -> !unknown.contains(gap.id())).toList());
            after = gaps.isEmpty() ? after : gaps.get(gaps.size() - 1).id();
        } while (gaps.size() == PAGE);
    }

    private void settle(List<FigureGap> gaps) {
        if (gaps.isEmpty()) {
            return;
        }
        Map<Long, Long> wanted = wanted(gaps);
        List<Reading> read = new ArrayList<>();
        List<Reading> lower = new ArrayList<>();
        List<FigureGap> drift = new ArrayList<>();
        List<FigureGap> first = new ArrayList<>();
        for (FigureGap gap : gaps) {
            Reading seen = new Reading(gap.id(), gap.seen());
            if (gap.belief() == null) {
                read.add(seen);
            } else if (scope.drift() == Drift.OVERWRITE && wanted.getOrDefault(gap.id(), Long.MAX_VALUE) < gap.seen()) {
                lower.add(seen);
                if (scope.ordersComeLate()) {
                    scope.lookLater(gap.id(), ReadBack.target(gap), scope.now());
                }
            } else if (Drifted.isDrift(gap, scope)) {
                drift.add(gap);
            } else {
                hold(gap, first);
            }
        }
        believe(read, "reading");
        believe(lower, "decrease");
        drifted(drift);
        if (!first.isEmpty()) {
            scope.ledger.listings().confirmGaps(scope.store, first);
        }
    }

    /** What the store's numbers should be, for figures that are due. */
    private Map<Long, Long> wanted(List<FigureGap> gaps) {
        Map<Long, FigureGap> byId = gaps.stream().collect(Collectors.toMap(FigureGap::id, Function.identity()));
        Map<Long, Long> wanted = new HashMap<>();
        scope.ledger
                .listings()
                .recheck(scope.store, byId.keySet())
                .forEach(figure -> wanted.put(figure.id(), Numbers.number(figure, scope.can)));
        return wanted;
    }

    private void drifted(List<FigureGap> gaps) {
        switch (scope.drift()) {
            case OVERWRITE ->
                believe(
                        gaps.stream()
                                .map(gap -> new Reading(gap.id(), gap.seen()))
                                .toList(),
                        "drift overwritten");
            case ADOPT -> gaps.forEach(this::adopt);
            case ALERT -> {
                // Shown, and left as it is.
            }
        }
    }

    /** What cannot be adopted stays as it is, and the run says why. Where nothing may be sent, nothing is adopted either. */
    private void adopt(FigureGap gap) {
        if (scope.withholds()) {
            return;
        }
        try {
            scope.ledger.listings().adopt(scope.store, gap.id(), "sync " + scope.store);
        } catch (ConflictException | NotFoundException e) {
            scope.run.error("The store shows " + gap.seen() + " instead of " + gap.belief()
                    + ", which cannot be adopted by itself: " + e.getMessage());
        }
    }

    private void hold(FigureGap gap, List<FigureGap> first) {
        scope.held.add(gap.id());
        boolean known = gap.firstGap() != null && gap.firstGap() == gap.gap();
        if (!known) {
            first.add(gap);
        }
        Instant since = known ? gap.firstGapAt() : gap.seenAt();
        if (!scope.ordersComeLate()) {
            again.put(gap.id(), ReadBack.target(gap));
        } else {
            scope.lookLater(gap.id(), ReadBack.target(gap), since);
        }
    }

    private void believe(List<Reading> decided, String reason) {
        if (!decided.isEmpty()) {
            scope.ledger.listings().believe(scope.store, decided, reason);
        }
    }
}
