package org.evenkeel.sync.internal.plans;

import java.util.Locale;
import org.evenkeel.ledger.ListingRule;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.PlanChoices.Opening;
import org.evenkeel.sync.PlanRow.Change;
import org.evenkeel.sync.internal.kept.PlanEntity;
import org.evenkeel.sync.internal.kept.PlanRowEntity;

/**
 * Works out which figure a row would get, as the lane would: what is available behind it, less the plan's orders that would be
 * booked, by its rule, in the store's own meaning and up to its cap. Of a product that was never counted, available is what it
 * would be opened with. Stateless.
 */
final class Figuring {
    private Figuring() {}

    /**
     * Works a row out anew, after its choice, its product's orders or its conflict changed. A row that nothing was chosen for is
     * kept as if it were adopted, whatever the plan's default is: see {@link Outcome}.
     */
    static void work(PlanEntity plan, PlanRowEntity row) {
        if (Plan.Kind.UNDO.name().equals(plan.kind)) {
            undo(plan, row);
            return;
        }
        if (!row.choosable) {
            become(row, row.opened && row.sent ? number(plan, row, row.available - row.pending) : null, null);
            return;
        }
        Long adoptStock = row.there == null || row.conflict ? null : (Long) adopted(plan, row);
        Opening chosen = row.choice == null ? Opening.ADOPT : Opening.valueOf(row.choice);
        switch (chosen) {
            case ADOPT -> become(row, adoptStock == null ? null : number(plan, row, free(row, adoptStock)), adoptStock);
            case HOLD -> become(row, null, null);
            case SET -> become(row, number(plan, row, free(row, row.quantity)), row.quantity);
        }
    }

    /** An undo proposes what was there before, less what was sold since; what stock is taken back is no matter of choice. */
    private static void undo(PlanEntity plan, PlanRowEntity row) {
        Long proposed = row.choosable ? (Long) Math.min(plan.cap, Math.max(0, row.before - row.sold)) : null;
        Opening chosen =
                !row.choosable ? Opening.HOLD : row.choice == null ? Opening.ADOPT : Opening.valueOf(row.choice);
        row.gets = chosen == Opening.ADOPT ? proposed : chosen == Opening.SET ? row.quantity : null;
        row.changes = change(row.there, row.gets).name();
    }

    private static void become(PlanRowEntity row, Long gets, Long inStock) {
        row.gets = gets;
        row.inStock = inStock;
        row.changes = change(row.there, gets).name();
    }

    /** In Stock that a product is opened with, when what the store shows is adopted: what can be sold and what is open. */
    private static long adopted(PlanEntity plan, PlanRowEntity row) {
        return plan.onHand ? row.there : Math.addExact(row.there, Math.addExact(row.openUnits, row.pending));
    }

    /** What can be sold of that In Stock. */
    private static long free(PlanRowEntity row, long inStock) {
        return inStock - row.openUnits - row.otherUnits - row.pending;
    }

    private static Long number(PlanEntity plan, PlanRowEntity row, long available) {
        long sellable = rule(row.rule).figure(available);
        long number = plan.onHand ? Math.addExact(sellable, Math.addExact(row.openUnits, row.pending)) : sellable;
        return Math.min(plan.cap, Math.max(0, number));
    }

    static Change change(Long there, Long gets) {
        if (gets == null) {
            return Change.NOT_SENT;
        }
        if (there == null) {
            return Change.RAISED;
        }
        int direction = Long.compare(gets, there);
        if (direction == 0) {
            return Change.UNCHANGED;
        }
        return direction > 0 ? Change.RAISED : gets <= 0 ? Change.ZEROED : Change.LOWERED;
    }

    // --- rules as they are kept --------------------------------------------------------------------------------------

    static String text(ListingRule rule) {
        return String.format(
                Locale.ROOT,
                "%d %d %d %d %d %b %b",
                rule.buffer(),
                rule.share(),
                rule.min(),
                rule.max(),
                rule.closeAt(),
                rule.paused(),
                rule.sellWithoutStock());
    }

    private static ListingRule rule(String text) {
        String[] parts = text.split(" ");
        return new ListingRule(
                Long.parseLong(parts[0]),
                Integer.parseInt(parts[1]),
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]),
                Long.parseLong(parts[4]),
                Boolean.parseBoolean(parts[5]),
                Boolean.parseBoolean(parts[6]));
    }
}
