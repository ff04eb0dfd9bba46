package org.evenkeel.ledger.impl.orders;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evenkeel.ledger.impl.model.AllocationEntity;
import org.evenkeel.ledger.impl.model.OrderEntity;
import org.evenkeel.ledger.impl.model.OrderLineEntity;

/** An order under work: its row, locked, its lines, and what they did. What is changed here is written only if all goes well. */
final class OrderWork {
    final OrderEntity order;
    final boolean fresh;
    final Map<String, LineWork> lines = new LinkedHashMap<>();
    /** Another order of the same page that books for this one; it has no id before it is written. */
    OrderEntity owner;

    OrderWork(OrderEntity order, boolean fresh) {
        this.order = order;
        this.fresh = fresh;
    }

    LineWork add(OrderLineEntity row, boolean freshLine) {
        LineWork line = new LineWork(row, freshLine);
        lines.put(row.code, line);
        return line;
    }

    boolean linked() {
        return order.linkedTo != null || owner != null;
    }

    List<LineWork> sortedLines() {
        return lines.values().stream()
                .sorted(Comparator.comparingInt(line -> line.row.position))
                .toList();
    }

    /** A line under work. */
    static final class LineWork {
        final OrderLineEntity row;
        final boolean fresh;
        final List<AllocationEntity> allocations = new ArrayList<>();

        private LineWork(OrderLineEntity row, boolean fresh) {
            this.row = row;
            this.fresh = fresh;
        }

        /** What it did so far, by location, oldest first. */
        Map<Long, Posted> posted() {
            Map<Long, Posted> posted = new LinkedHashMap<>();
            allocations.forEach(
                    row -> posted.put(row.location, new Posted(row.booked, row.fulfilled, row.lost, row.returned)));
            return posted;
        }

        /** Takes down what it did from now on. */
        void post(long product, Map<Long, Posted> target) {
            target.forEach((location, posted) -> {
                AllocationEntity row = allocations.stream()
                        .filter(known -> known.location == location)
                        .findFirst()
                        .orElseGet(() -> allocation(product, location));
                row.booked = posted.booked();
                row.fulfilled = posted.fulfilled();
                row.lost = posted.lost();
                row.returned = posted.returned();
            });
            row.booked = target.values().stream().mapToLong(Posted::booked).sum();
        }

        private AllocationEntity allocation(long product, long location) {
            AllocationEntity allocation = new AllocationEntity();
            allocation.product = product;
            allocation.location = location;
            allocations.add(allocation);
            return allocation;
        }
    }
}
