package org.evenkeel.sync.internal.lane;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.evenkeel.connector.FigureReading;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.connector.ListingEntry;
import org.evenkeel.connector.ListingPage;
import org.evenkeel.connector.StoreListing;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.sync.Run.Phase;
import org.evenkeel.sync.internal.lane.RunRecorder.Count;

/**
 * Pulls what the store sells, page by page, and yields to orders and changes that wait between two pages. A hard pull reads the figures
 * of each page back before it believes them.
 */
final class ListingPull implements Activity {
    private final Scope scope;
    private final Border border;
    private final boolean hard;
    private String pull;
    private String cursor;
    private boolean complete;
    private Page page;

    ListingPull(Scope scope, boolean hard) {
        this.scope = scope;
        this.border = new Border(scope.store, account -> null);
        this.hard = hard;
    }

    @Override
    public Next next() {
        if (pull == null) {
            pull = scope.now().toEpochMilli() + "-" + Long.toHexString(scope.random.nextLong());
        }
        if (scope.ordersFirst()) {
            return new Next.Then(new OrderPull(scope));
        }
        if (page != null) {
            return readBack();
        }
        if (complete) {
            end();
            return Next.DONE;
        }
        if (scope.hints.urgent() && !scope.withholds()) {
            scope.hints.urgentTaken();
            return new Next.Then(scope.pushing(Pushing.Haste.URGENT));
        }
        scope.run.phase(Phase.Kind.LISTINGS);
        Instant asked = scope.now();
        return Next.call(
                "listings",
                Transcript.listings(),
                call -> scope.connector.listings(cursor, call),
                answer -> take(answer, asked));
    }

    private void take(ListingPage answer, Instant asked) {
        if (hard) {
            page = new Page(answer, asked);
        } else {
            record(answer.entries(), answer.next(), asked);
        }
    }

    private Next readBack() {
        if (page.rest.isEmpty()) {
            Page read = page;
            page = null;
            record(read.corrected(), read.next, read.asked);
            return Next.AGAIN;
        }
        scope.run.phase(Phase.Kind.READ_BACK);
        List<FigureTarget> chunk =
                List.copyOf(page.rest.subList(0, Math.min(page.rest.size(), scope.can.readBackBatch())));
        return Next.call(
                "readBack", Transcript.readBack(chunk), call -> scope.connector.readBack(chunk, call), answer -> {
                    page.read(answer);
                    page.rest.subList(0, chunk.size()).clear();
                    scope.run.progress(chunk.size());
                });
    }

    private void record(List<ListingEntry> entries, String next, Instant asked) {
        scope.ledger.listings().record(scope.store, pull, asked, border.listings(entries));
        scope.lastReading = scope.fence.mark();
        scope.run.count(Count.LISTINGS, entries.size());
        scope.run.progress(entries.size());
        complete = next == null;
        cursor = next;
    }

    private void end() {
        ListingBook.PullEnd end = scope.ledger.listings().endPull(scope.store, pull, scope.guardShare());
        if (end.heldBack() > 0) {
            scope.run.error("The store shows only " + end.shown() + " listings; " + end.heldBack()
                    + " are missing at once. They were kept as they are: if they are really gone, remove them in steps,"
                    + " or raise the guard's share.");
        }
        scope.memory.change(state -> state.lastListingPullAt = scope.now());
    }

    /** A page whose figures are being read back. */
    private static final class Page {
        private final List<ListingEntry> entries;
        private final String next;
        private final Instant asked;
        private final List<FigureTarget> rest = new ArrayList<>();
        private final Map<List<String>, Long> read = new HashMap<>();

        Page(ListingPage answer, Instant asked) {
            this.entries = answer.entries();
            this.next = answer.next();
            this.asked = asked;
            for (ListingEntry entry : entries) {
                if (entry instanceof StoreListing listing) {
                    listing.figures()
                            .forEach(figure ->
                                    rest.add(new FigureTarget(listing.id(), listing.counter(), figure.location())));
                }
            }
        }

        void read(List<FigureReading> readings) {
            readings.forEach(reading -> read.put(
                    List.of(reading.target().counter(), reading.target().location()), reading.quantity()));
        }

        List<ListingEntry> corrected() {
            return entries.stream().map(this::corrected).toList();
        }

        private ListingEntry corrected(ListingEntry entry) {
            if (!(entry instanceof StoreListing listing)) {
                return entry;
            }
            List<StoreListing.Figure> figures = listing.figures().stream()
                    .map(figure -> new StoreListing.Figure(
                            figure.location(),
                            read.getOrDefault(List.of(listing.counter(), figure.location()), figure.quantity())))
                    .toList();
            return new StoreListing(
                    listing.id(),
                    listing.sku(),
                    listing.title(),
                    listing.state(),
                    listing.stateReason(),
                    listing.counter(),
                    figures);
        }
    }
}
