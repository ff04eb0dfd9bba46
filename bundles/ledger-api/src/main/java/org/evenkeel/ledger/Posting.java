package org.evenkeel.ledger;

import java.util.List;

/**
 * What a request posted.
 *
 * @param movements what was posted, or had been by the same key before; empty when nothing had to change
 * @param repeated whether the key had been used before, so that nothing was posted now
 */
public record Posting(List<Movement> movements, boolean repeated) {
    public Posting {
        movements = List.copyOf(movements);
    }
}
