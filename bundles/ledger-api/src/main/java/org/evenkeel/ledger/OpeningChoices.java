package org.evenkeel.ledger;

import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which products that were never counted are opened by what a store shows, and how. A product is named at most once.
 *
 * @param plan the plan in which it was chosen, which the movements will name; empty when there was none
 * @param others whether products that are not named are opened with what the store shows
 * @param adopt opened with what the store shows
 * @param hold left alone
 * @param set opened with this In Stock, in units ≥ 0, at the first location behind what the store shows
 */
public record OpeningChoices(
        String plan, boolean others, Set<ProductId> adopt, Set<ProductId> hold, Map<ProductId, Long> set) {
    /** All are opened with what the store shows. */
    public static final OpeningChoices ADOPT_ALL = new OpeningChoices("", true, Set.of(), Set.of(), Map.of());

    public OpeningChoices {
        Objects.requireNonNull(plan, "plan");
        adopt = Set.copyOf(adopt);
        hold = Set.copyOf(hold);
        set = Map.copyOf(set);
        set.forEach((product, units) -> {
            if (units < 0 || units > Adjustment.MAX_QUANTITY) {
                throw new InvalidInputException(
                        "quantity", "In Stock is 0 to " + Adjustment.MAX_QUANTITY + ", not " + units + ".");
            }
        });
    }

    /** Whether nothing is opened whatever there is. */
    public boolean none() {
        return !others && adopt.isEmpty() && set.isEmpty();
    }
}
