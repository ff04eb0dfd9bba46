package org.evenkeel.ledger;

import java.util.List;

/**
 * A part of a longer list.
 *
 * @param items the part
 * @param total how many there are in all
 * @param request what was asked for
 */
public record Page<T>(List<T> items, long total, PageRequest request) {
    public Page {
        items = List.copyOf(items);
    }

    /** Whether there is more behind this part. */
    public boolean hasMore() {
        return request.offset() + items.size() < total;
    }
}
