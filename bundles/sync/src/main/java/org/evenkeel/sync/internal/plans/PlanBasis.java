package org.evenkeel.sync.internal.plans;

import java.time.Duration;
import java.util.function.Function;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.internal.kept.PlanEntity;

/** What a plan is made from, and whether that is still so. Thread-safe. */
final class PlanBasis {
    private final PlanPlace place;
    private final Function<StoreId, String> configuration;
    private final Duration mostAge;

    /**
     * @param configuration names the present configuration of a store's connector; empty where it is not known
     * @param mostAge a plan that is older is outdated
     */
    PlanBasis(PlanPlace place, Function<StoreId, String> configuration, Duration mostAge) {
        this.place = place;
        this.configuration = configuration;
        this.mostAge = mostAge;
    }

    /** Names what a plan of a store that is made now is made from. */
    String of(StoreId store) {
        return place.services.ledger().listings().ruleVersion(store) + " " + configuration.apply(store);
    }

    /** How the connector is configured is known where it is: elsewhere, only the rest is compared. */
    private boolean isBasedOn(String basis, StoreId store) {
        String now = of(store);
        return configuration.apply(store).isEmpty() ? basis.startsWith(now) : basis.equals(now);
    }

    /** Why a plan must not be applied any more, and what to do instead; empty while it may. */
    String outdated(PlanEntity plan) {
        StoreId store = new StoreId(plan.store);
        Duration age = Duration.between(plan.begunAt, place.now());
        if (age.compareTo(mostAge) > 0) {
            return "It was made " + age.toMinutes()
                    + " minutes ago, and stock and orders move on. Make a new one; what was chosen is taken over.";
        }
        if (!isBasedOn(plan.basis, store)) {
            return "The store's configuration, location mapping or rules changed since it was made. Make a new one; what was"
                    + " chosen is taken over.";
        }
        boolean on =
                place.services.ledger().stores().find(store).map(Store::syncOn).orElse(false);
        if (plan.kind.equals(Plan.Kind.TURN_ON.name()) && on) {
            return "The store was turned on since it was made.";
        }
        return "";
    }
}
