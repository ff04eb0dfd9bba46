package org.evenkeel.ledger.impl.orders;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.evenkeel.ledger.OrderSnapshot.Move;

/**
 * Where units of a line moved, by ledger location, as far as the store tells a place that is mapped.
 *
 * @param cancelled by location
 * @param lost by location
 * @param fulfilled by location
 * @param returned by location
 */
record Moved(Map<Long, Long> cancelled, Map<Long, Long> lost, Map<Long, Long> fulfilled, Map<Long, Long> returned) {
    static final Moved NOWHERE = new Moved(Map.of(), Map.of(), Map.of(), Map.of());

    static Moved of(List<Move> moves, Predicate<Move> counted, Places places) {
        return new Moved(
                byLocation(moves, counted, places, Move.Kind.CANCELLED),
                byLocation(moves, counted, places, Move.Kind.LOST),
                byLocation(moves, counted, places, Move.Kind.FULFILLED),
                byLocation(moves, counted, places, Move.Kind.RETURNED));
    }

    private static Map<Long, Long> byLocation(
            List<Move> moves, Predicate<Move> counted, Places places, Move.Kind kind) {
        Map<Long, Long> sums = new LinkedHashMap<>();
        moves.stream()
                .filter(move -> move.kind() == kind && counted.test(move))
                .forEach(move -> places.named(move.location()).stream()
                        .findFirst()
                        .ifPresent(location -> sums.merge(location, move.quantity(), Math::addExact)));
        return sums;
    }

    /** Units of a count that moved at or after a moment; those without a time are not among them. */
    static long since(List<Move> moves, Move.Kind kind, Instant moment) {
        return moves.stream()
                .filter(move ->
                        move.kind() == kind && move.at() != null && !move.at().isBefore(moment))
                .mapToLong(Move::quantity)
                .reduce(0, Math::addExact);
    }

    /** Units of a count that moved at a known time. */
    static long dated(List<Move> moves, Move.Kind kind) {
        return since(moves, kind, Instant.MIN);
    }
}
