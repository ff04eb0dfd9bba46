package org.evenkeel.ledger.impl.orders;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Spreads what a line did over locations. A function of what is to be posted in all, where the store says that units moved,
 * and where they were placed before: units stay where they are unless the store says otherwise, so that applying a snapshot
 * twice moves nothing.
 *
 * <p>First {@link #keep} tells how many units have no place yet; whoever places them hands their places to {@link #spread}.
 */
final class Placement {
    private final Units units;
    private final Map<Long, Posted> before;
    private final Moved moved;
    private final Map<Long, Long> fulfilledThere;
    private final Map<Long, Long> lostThere;
    private final Map<Long, Long> placed = new LinkedHashMap<>();
    private final long missing;

    /**
     * @param units what is to be posted in all
     * @param before what was posted before, by location, oldest first
     * @param moved where the store says that units moved
     * @param named the ledger locations at which the store says that the line is booked; empty when it does not say
     */
    static Placement keep(Units units, Map<Long, Posted> before, Moved moved, List<Long> named) {
        return new Placement(units, before, moved, named);
    }

    private Placement(Units units, Map<Long, Posted> before, Moved moved, List<Long> named) {
        this.units = units;
        this.before = before;
        this.moved = moved;
        this.fulfilledThere = capped(moved.fulfilled(), units.fulfilled());
        this.lostThere = capped(moved.lost(), units.lost());
        Map<Long, Long> fixed = new LinkedHashMap<>(fulfilledThere);
        lostThere.forEach((location, quantity) -> fixed.merge(location, quantity, Long::sum));
        Map<Long, Long> kept = new LinkedHashMap<>();
        before.forEach((location, posted) -> {
            boolean stays = named.isEmpty() || named.contains(location);
            long there = (stays ? posted.booked() : 0) + posted.fulfilled() + posted.lost();
            kept.put(location, Math.max(0, there - fixed.getOrDefault(location, 0L)));
        });
        long toPlace = units.sold() - sum(fixed);
        free(kept, sum(kept) - toPlace);
        this.missing = toPlace - sum(kept);
        kept.forEach((location, quantity) -> placed.merge(location, quantity, Long::sum));
        fixed.forEach((location, quantity) -> placed.merge(location, quantity, Long::sum));
    }

    /** Frees units that are sold no more: first where the store says, then those placed last, booked ones before sent ones. */
    private void free(Map<Long, Long> kept, long excess) {
        List<Long> latestFirst = new ArrayList<>(kept.keySet());
        Collections.reverse(latestFirst);
        long left = excess;
        for (Map.Entry<Long, Long> there : moved.cancelled().entrySet()) {
            left -= freed(kept, there.getKey(), Math.min(there.getValue(), left));
        }
        for (Long location : latestFirst) {
            left -= freed(kept, location, Math.min(before.get(location).booked(), left));
        }
        for (Long location : latestFirst) {
            left -= freed(kept, location, left);
        }
    }

    private static long freed(Map<Long, Long> kept, Long location, long wanted) {
        long freed = Math.max(0, Math.min(wanted, kept.getOrDefault(location, 0L)));
        if (freed > 0) {
            kept.merge(location, -freed, Long::sum);
        }
        return freed;
    }

    /** How many units have no place yet; ≥ 0. */
    long missing() {
        return missing;
    }

    /**
     * What is to be posted by location.
     *
     * @param places of the units that were missing, in sum as many
     * @param fallback where units come back that were never sent from anywhere
     */
    Map<Long, Posted> spread(Map<Long, Long> places, long fallback) {
        places.forEach((location, quantity) -> placed.merge(location, quantity, Long::sum));
        Map<Long, Long> room = new LinkedHashMap<>(placed);
        fulfilledThere.forEach((location, quantity) -> room.merge(location, -quantity, Long::sum));
        lostThere.forEach((location, quantity) -> room.merge(location, -quantity, Long::sum));
        Map<Long, Long> fulfilled = filled(fulfilledThere, units.fulfilled(), room, Posted::fulfilled);
        Map<Long, Long> lost = filled(lostThere, units.lost(), room, Posted::lost);
        Map<Long, Long> returned = returned(fulfilled, fallback);
        Map<Long, Posted> target = new LinkedHashMap<>();
        before.keySet().forEach(location -> target.put(location, Posted.NOTHING));
        placed.keySet().forEach(location -> target.put(location, Posted.NOTHING));
        returned.keySet().forEach(location -> target.put(location, Posted.NOTHING));
        target.replaceAll((location, nothing) -> new Posted(
                room.getOrDefault(location, 0L),
                fulfilled.getOrDefault(location, 0L),
                lost.getOrDefault(location, 0L),
                returned.getOrDefault(location, 0L)));
        return target;
    }

    /** Fills up a count: where it was before, then wherever units are placed. Takes the room that it uses. */
    private Map<Long, Long> filled(
            Map<Long, Long> there,
            long total,
            Map<Long, Long> room,
            java.util.function.ToLongFunction<Posted> countBefore) {
        Map<Long, Long> filled = new LinkedHashMap<>(there);
        long left = total - sum(there);
        for (Map.Entry<Long, Posted> known : before.entrySet()) {
            long stays = countBefore.applyAsLong(known.getValue()) - there.getOrDefault(known.getKey(), 0L);
            left -= taken(filled, room, known.getKey(), Math.min(left, stays));
        }
        for (Long location : List.copyOf(room.keySet())) {
            left -= taken(filled, room, location, left);
        }
        return filled;
    }

    private static long taken(Map<Long, Long> filled, Map<Long, Long> room, Long location, long wanted) {
        long taken = Math.max(0, Math.min(wanted, room.getOrDefault(location, 0L)));
        if (taken > 0) {
            filled.merge(location, taken, Long::sum);
            room.merge(location, -taken, Long::sum);
        }
        return taken;
    }

    /** Where units came back: where the store says, where they did before, from where they were sent, else the fallback. */
    private Map<Long, Long> returned(Map<Long, Long> fulfilled, long fallback) {
        Map<Long, Long> there = capped(moved.returned(), units.returned());
        Map<Long, Long> returned = new LinkedHashMap<>(there);
        long left = units.returned() - sum(there);
        for (Map.Entry<Long, Posted> known : before.entrySet()) {
            long stays =
                    Math.max(0, Math.min(left, known.getValue().returned() - there.getOrDefault(known.getKey(), 0L)));
            returned.merge(known.getKey(), stays, Long::sum);
            left -= stays;
        }
        for (Map.Entry<Long, Long> sent : fulfilled.entrySet()) {
            long back = Math.max(0, Math.min(left, sent.getValue() - returned.getOrDefault(sent.getKey(), 0L)));
            returned.merge(sent.getKey(), back, Long::sum);
            left -= back;
        }
        if (left > 0) {
            returned.merge(fallback, left, Long::sum);
        }
        return returned;
    }

    private static Map<Long, Long> capped(Map<Long, Long> quantities, long total) {
        Map<Long, Long> capped = new LinkedHashMap<>();
        long left = total;
        for (Map.Entry<Long, Long> there : quantities.entrySet()) {
            long quantity = Math.min(left, there.getValue());
            if (quantity > 0) {
                capped.put(there.getKey(), quantity);
                left -= quantity;
            }
        }
        return capped;
    }

    private static long sum(Map<Long, Long> quantities) {
        return quantities.values().stream().mapToLong(Long::longValue).sum();
    }
}
