package org.evenkeel.ledger.impl;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.evenkeel.ledger.LineCounts;
import org.evenkeel.ledger.OrderKey;
import org.evenkeel.ledger.OrderSnapshot;
import org.evenkeel.ledger.OrderSnapshot.Line;
import org.evenkeel.ledger.OrderSnapshot.Move;

/** Builds snapshots. Immutable: each word gives a new one. */
record AnOrder(
        String id,
        Instant placedAt,
        Instant updatedAt,
        long revision,
        boolean pending,
        boolean deleted,
        OrderKey origin,
        List<Line> lines) {

    static AnOrder of(String id) {
        Instant placed = TestLedger.TURNED_ON.plus(Duration.ofHours(12));
        return new AnOrder(id, placed, placed, 0, false, false, null, List.of());
    }

    AnOrder placed(Instant at) {
        return new AnOrder(id, at, updatedAt, revision, pending, deleted, origin, lines);
    }

    /** The n-th version: each a minute after the one before. */
    AnOrder version(int n) {
        return new AnOrder(
                id, placedAt, placedAt.plus(Duration.ofMinutes(n)), revision, pending, deleted, origin, lines);
    }

    AnOrder revision(long n) {
        return new AnOrder(id, placedAt, updatedAt, n, pending, deleted, origin, lines);
    }

    AnOrder unpaid() {
        return new AnOrder(id, placedAt, updatedAt, revision, true, deleted, origin, lines);
    }

    AnOrder gone() {
        return new AnOrder(id, placedAt, updatedAt, revision, pending, true, origin, lines);
    }

    AnOrder mirrors(OrderKey other) {
        return new AnOrder(id, placedAt, updatedAt, revision, pending, deleted, other, lines);
    }

    AnOrder line(String lineId, String sku, LineCounts counts, Move... moves) {
        return line(lineId, sku, counts, null, moves);
    }

    AnOrder line(String lineId, String sku, LineCounts counts, String location, Move... moves) {
        return line(new Line(lineId, "listing-" + sku, "", sku, "Title of " + sku, counts, location, List.of(moves)));
    }

    AnOrder line(Line line) {
        List<Line> more = new ArrayList<>(lines);
        more.add(line);
        return new AnOrder(id, placedAt, updatedAt, revision, pending, deleted, origin, more);
    }

    AnOrder withoutLines() {
        return new AnOrder(id, placedAt, updatedAt, revision, pending, deleted, origin, List.of());
    }

    OrderSnapshot snapshot() {
        return new OrderSnapshot(id, "#" + id, updatedAt, revision, placedAt, pending, deleted, origin, lines);
    }

    static LineCounts ordered(long units) {
        return new LineCounts(units, 0, 0, 0, 0);
    }
}
