package org.evenkeel.ledger.impl.orders;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenkeel.ledger.Adjustment;
import org.evenkeel.ledger.LineCounts;
import org.evenkeel.ledger.OrderSnapshot;
import org.evenkeel.ledger.OrderSnapshot.Line;
import org.evenkeel.ledger.OrderSnapshot.Move;
import org.evenkeel.ledger.Sku;
import org.evenkeel.ledger.impl.Texts;
import org.evenkeel.ledger.impl.catalogue.Products;
import org.evenkeel.ledger.impl.model.OrderEntity;

/**
 * A snapshot at the ledger's border: its times as the databases keep them, its content as one hash, and what is wrong with it.
 *
 * @param snapshot with times in microseconds
 * @param hash of everything but the version
 * @param problem why it cannot be applied, in the operator's words; null when it can
 */
record Incoming(OrderSnapshot snapshot, String hash, String problem) {
    private static final int LONGEST_ID = 255;
    private static final int MOST_LINES = 5_000;
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    static Incoming of(OrderSnapshot snapshot) {
        String problem = problem(snapshot);
        OrderSnapshot kept = problem == null ? inMicroseconds(snapshot) : snapshot;
        return new Incoming(kept, Texts.hash(content(kept)), problem);
    }

    boolean sane() {
        return problem == null;
    }

    // --- versions ----------------------------------------------------------------------------------------------------

    /** Below 0 when older than what is kept, 0 when equal: a revision wins over a time. */
    int comparedTo(OrderEntity kept) {
        if (snapshot.revision() > 0 && kept.revision > 0) {
            return Long.compare(snapshot.revision(), kept.revision);
        }
        return snapshot.updatedAt().compareTo(kept.updatedAt);
    }

    int comparedTo(Incoming other) {
        if (snapshot.revision() > 0 && other.snapshot.revision() > 0) {
            return Long.compare(snapshot.revision(), other.snapshot.revision());
        }
        return snapshot.updatedAt().compareTo(other.snapshot.updatedAt());
    }

    // --- what cannot be applied --------------------------------------------------------------------------------------

    private static String problem(OrderSnapshot order) {
        if (!isId(order.id())) {
            return "The order has no id that can be kept (1 to 255 readable characters).";
        }
        if (!isTime(order.placedAt()) || !isTime(order.updatedAt())) {
            return "The order's times are beyond reason: placed " + order.placedAt() + ", updated " + order.updatedAt()
                    + ".";
        }
        if (order.lines().size() > MOST_LINES) {
            return "The order has " + order.lines().size() + " lines; up to " + MOST_LINES + " can be applied.";
        }
        Set<String> ids = new HashSet<>();
        for (Line line : order.lines()) {
            String problem = problem(line);
            if (problem != null) {
                return problem;
            }
            if (!ids.add(line.id())) {
                return "Two lines of the order have the same id: " + line.id() + ".";
            }
        }
        return null;
    }

    private static String problem(Line line) {
        if (!isId(line.id())) {
            return "A line has no id that can be kept (1 to 255 readable characters).";
        }
        String name = "Line " + line.id();
        if (!isIdOrNull(line.listing()) || !isIdOrNull(line.variant()) || !isIdOrNull(line.location())) {
            return name + " names a listing, variant or location by an id that cannot be kept (up to 255 readable"
                    + " characters).";
        }
        if (Sku.isPresent(line.sku()) && !isSku(line.sku())) {
            return name + " has a SKU that cannot be kept (up to 255 readable characters).";
        }
        LineCounts counts = line.counts();
        if (List.of(counts.ordered(), counts.cancelled(), counts.lost(), counts.fulfilled(), counts.returned()).stream()
                .anyMatch(count -> count > Adjustment.MAX_QUANTITY)) {
            return name + " counts more than " + Adjustment.MAX_QUANTITY + " units.";
        }
        for (Move move : line.moves()) {
            if (move.quantity() < 0 || move.quantity() > Adjustment.MAX_QUANTITY) {
                return name + " moved " + move.quantity() + " units (" + move.kind() + ").";
            }
            if (!isIdOrNull(move.location()) || move.at() != null && !isTime(move.at())) {
                return name + " moved units at a place or time that cannot be kept.";
            }
        }
        return null;
    }

    private static boolean isId(String id) {
        return !id.isEmpty() && isIdOrNull(id);
    }

    private static boolean isIdOrNull(String id) {
        return id == null || id.length() <= LONGEST_ID && Texts.isStorable(id);
    }

    private static boolean isSku(String raw) {
        return raw.length() <= Sku.MAX_LENGTH
                && Texts.isStorable(raw)
                && new Sku(raw).folded().length() <= Products.MAX_FOLDED;
    }

    private static boolean isTime(Instant time) {
        return !time.isBefore(EARLIEST) && !time.isAfter(LATEST);
    }

    // --- content -----------------------------------------------------------------------------------------------------

    private static OrderSnapshot inMicroseconds(OrderSnapshot s) {
        return new OrderSnapshot(
                s.id(),
                Texts.readable(s.name(), 255),
                micros(s.updatedAt()),
                s.revision(),
                micros(s.placedAt()),
                s.pending(),
                s.deleted(),
                s.origin(),
                s.lines().stream()
                        .map(line -> new Line(
                                line.id(),
                                line.listing(),
                                line.variant(),
                                line.sku(),
                                Texts.readable(line.title(), 255),
                                line.counts(),
                                line.location(),
                                line.moves().stream()
                                        .map(move -> new Move(
                                                move.kind(),
                                                move.quantity(),
                                                move.location(),
                                                move.at() == null ? null : micros(move.at())))
                                        .toList()))
                        .toList());
    }

    private static Instant micros(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    /** Everything that applying looks at, whatever the order in which the store listed it. */
    private static String content(OrderSnapshot s) {
        return String.join(
                        "\n",
                        s.name(),
                        s.placedAt().toString(),
                        Boolean.toString(s.pending()),
                        Boolean.toString(s.deleted()),
                        String.valueOf(s.origin()))
                + s.lines().stream()
                        .sorted(Comparator.comparing(Line::id))
                        .map(Incoming::content)
                        .collect(Collectors.joining());
    }

    private static String content(Line line) {
        return "\n" + List.of(line.id(), text(line.listing()), text(line.variant()), text(line.sku()), line.title())
                + line.counts() + text(line.location())
                + line.moves().stream().map(Objects::toString).sorted().collect(Collectors.joining());
    }

    private static String text(String text) {
        return text == null ? "-" : "+" + text;
    }

    /** What a person needs to see of an order that cannot be applied: ids, codes and counts, no words of a buyer. */
    static String redacted(OrderSnapshot s) {
        return "order " + s.id() + ", updated " + s.updatedAt() + (s.revision() > 0 ? ", revision " + s.revision() : "")
                + ", placed " + s.placedAt() + (s.deleted() ? ", deleted" : "") + (s.pending() ? ", pending" : "")
                + s.lines().stream()
                        .limit(200)
                        .map(line ->
                                "\nline " + line.id() + ", listing " + line.listing() + ", variant " + line.variant()
                                        + ", SKU " + line.sku() + ", " + line.counts()
                                        + line.moves().stream()
                                                .limit(20)
                                                .map(move -> ", " + move.kind() + " " + move.quantity() + " at "
                                                        + move.location() + " on " + move.at())
                                                .collect(Collectors.joining()))
                        .collect(Collectors.joining());
    }
}
