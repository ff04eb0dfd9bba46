package org.evenkeel.sync.internal.lane;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.evenkeel.connector.FigureReading;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.connector.ListingId;
import org.evenkeel.ledger.DueFigure;
import org.evenkeel.ledger.FigureGap;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.sync.Run.Phase;

/** Reads some figures as the store shows them now, tells the ledger, and hands them on by the ledger's ids. */
final class ReadBack implements Activity {
    private final Scope scope;
    private final List<Map.Entry<Long, FigureTarget>> targets;
    private final Consumer<Map<Long, Long>> seen;
    private final Map<Long, Long> readings = new HashMap<>();
    private int done;

    /**
     * @param targets what to read, by the ledger's id of the figure
     * @param seen given what the store shows, when all was read; figures that the store did not tell are missing
     */
    ReadBack(Scope scope, Map<Long, FigureTarget> targets, Consumer<Map<Long, Long>> seen) {
        this.scope = scope;
        this.targets = List.copyOf(new LinkedHashMap<>(targets).entrySet());
        this.seen = seen;
    }

    static FigureTarget target(DueFigure figure) {
        return target(figure.key(), figure.counter(), figure.storeLocation());
    }

    static FigureTarget target(FigureGap gap) {
        return target(gap.key(), gap.counter(), gap.storeLocation());
    }

    private static FigureTarget target(ListingKey key, String counter, String location) {
        return new FigureTarget(new ListingId(key.listing(), key.variant()), counter, location);
    }

    @Override
    public Next next() {
        if (done == targets.size()) {
            seen.accept(readings);
            return Next.DONE;
        }
        scope.run.phase(Phase.Kind.READ_BACK);
        Instant asked = scope.now();
        List<Map.Entry<Long, FigureTarget>> chunk =
                targets.subList(done, Math.min(targets.size(), done + scope.can.readBackBatch()));
        List<FigureTarget> wanted = chunk.stream().map(Map.Entry::getValue).toList();
        return Next.call(
                "readBack", Transcript.readBack(wanted), call -> scope.connector.readBack(wanted, call), answer -> {
                    take(chunk, answer, asked);
                    done += chunk.size();
                });
    }

    private void take(List<Map.Entry<Long, FigureTarget>> chunk, List<FigureReading> answer, Instant asked) {
        Map<List<String>, Long> shown = new HashMap<>();
        answer.forEach(reading -> shown.put(place(reading.target()), reading.quantity()));
        List<ListingBook.Reading> told = new ArrayList<>();
        for (Map.Entry<Long, FigureTarget> entry : chunk) {
            Long quantity = shown.get(place(entry.getValue()));
            if (quantity != null) {
                told.add(new ListingBook.Reading(entry.getKey(), quantity));
                readings.put(entry.getKey(), quantity);
            }
        }
        scope.ledger.listings().read(scope.store, asked, told);
        scope.lastReading = scope.fence.mark();
        scope.run.progress(chunk.size());
    }

    static List<String> place(FigureTarget target) {
        return List.of(target.counter(), target.location());
    }
}
