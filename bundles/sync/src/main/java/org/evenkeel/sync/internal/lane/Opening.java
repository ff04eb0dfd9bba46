package org.evenkeel.sync.internal.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.OpeningChoices;
import org.evenkeel.sync.Exchange;
import org.evenkeel.sync.TurnOn;
import org.evenkeel.sync.internal.lane.LaneMemory.LaneState;

/**
 * Opens products that were never counted with what the store shows, where that was chosen. What sold since it was read is read
 * again, and the orders pulled behind that, until reading and orders belong together. Where nothing is sent, nothing is opened
 * either, and what a plan chose waits for the first run that sends.
 *
 * <p>Where orders come late, units that were sold before a figure was read may be told long after: a figure becomes stock behind
 * a pull of orders that began the store's order lag after it was read, if it stayed the same meanwhile.
 */
final class Opening implements Activity {
    private static final int MOST_ROUNDS = 4;
    /** So long a run waits for late orders; what takes longer is opened by a run of its own. */
    private static final Duration MOST_WAIT = Duration.ofSeconds(15);

    private final Scope scope;
    private boolean reading;
    private int round;
    private int waits;
    private Instant waitUntil;

    Opening(Scope scope) {
        this.scope = scope;
    }

    @Override
    public Next next() {
        if (scope.isHeld()) {
            return Next.DONE;
        }
        if (waitUntil != null && scope.now().isBefore(waitUntil)) {
            return waiting();
        }
        if (reading || waitUntil != null) {
            reading = false;
            waitUntil = null;
            return new Next.Then(new OrderPull(scope));
        }
        LaneState state = scope.memory.state();
        if (scope.withholds()) {
            withheld(state);
            return Next.DONE;
        }
        ListingBook.Opening opening =
                scope.ledger.listings().open(scope.store, choices(state), steadyBy(), actor(state));
        if (!opening.moved().isEmpty() && ++round < MOST_ROUNDS) {
            reading = true;
            return new Next.Then(new ReadBack(scope, targets(opening), readings -> {}));
        }
        if (opening.waiting() > 0) {
            Instant told = scope.now().plus(scope.can.orderLag());
            if (scope.can.orderLag().compareTo(MOST_WAIT) <= 0 && ++waits < MOST_ROUNDS) {
                waitUntil = told;
                return Next.AGAIN;
            }
            boolean sooner = scope.openAgainAt != null && scope.openAgainAt.isAfter(scope.now());
            scope.openAgainAt = sooner ? Scope.earlier(scope.openAgainAt, told) : told;
        } else {
            scope.openAgainAt = null;
        }
        tell(opening);
        if (PlanStep.is(state.planStep, PlanStep.Kind.TURN_ON)
                && opening.moved().isEmpty()
                && opening.waiting() == 0) {
            scope.memory.change(now -> now.planStep = null);
        }
        return Next.DONE;
    }

    /**
     * What was chosen for products in the plan that turned the store on counts for as long as they were never counted. Only
     * what is opened by its first run is the plan's own doing, and named so.
     */
    private OpeningChoices choices(LaneState state) {
        boolean others = state.choices.opening() == TurnOn.Opening.ADOPT;
        if (state.plan == null) {
            return new OpeningChoices("", others, Set.of(), Set.of(), Map.of());
        }
        OpeningChoices chosen = scope.chosen.openings(state.plan, others);
        return PlanStep.is(state.planStep, PlanStep.Kind.TURN_ON)
                ? chosen
                : new OpeningChoices("", others, chosen.adopt(), chosen.hold(), chosen.set());
    }

    /** Nothing waits along but the listings that are not opened yet. */
    private Next waiting() {
        if (scope.hints.urgent() && !scope.withholds()) {
            scope.hints.urgentTaken();
            return new Next.Then(scope.pushing(Pushing.Haste.URGENT));
        }
        return new Next.Until(waitUntil);
    }

    /** All orders that were placed before it are known; null where they are known at once. */
    private Instant steadyBy() {
        return scope.ordersComeLate() ? scope.fence.beganAt().minus(scope.can.orderLag()) : null;
    }

    private String actor(LaneState state) {
        String asked = scope.run.actor();
        return PlanStep.is(state.planStep, PlanStep.Kind.TURN_ON) && asked != null ? asked : "sync " + scope.store;
    }

    /** What is opened here is sent to other stores: where this one sends nothing, it moves none of them either. */
    private void withheld(LaneState state) {
        if (state.plan != null || state.choices.opening() == TurnOn.Opening.ADOPT) {
            scope.run.exchange(new Exchange(
                    scope.now(),
                    "open",
                    Duration.ZERO,
                    "Products that were never counted are opened by the next run that sends. None was: "
                            + (scope.dry ? "the run is dry." : "the store is in shadow."),
                    List.of(),
                    0,
                    Exchange.Outcome.WITHHELD));
        }
    }

    private static Map<Long, FigureTarget> targets(ListingBook.Opening opening) {
        Map<Long, FigureTarget> targets = new LinkedHashMap<>();
        opening.moved().forEach(figure -> targets.put(figure.id(), ReadBack.target(figure)));
        return targets;
    }

    private void tell(ListingBook.Opening opening) {
        if (!opening.conflicts().isEmpty()) {
            scope.run.error(opening.conflicts().size()
                    + " products were not opened: their listings show different figures. Set In Stock by hand.");
        }
        if (!opening.moved().isEmpty()) {
            scope.run.error(opening.moved().size()
                    + " figures sell faster than they can be read: their products are opened by a later run.");
        }
        if (opening.waiting() > 0) {
            scope.run.exchange(new Exchange(
                    scope.now(),
                    "open",
                    Duration.ZERO,
                    opening.waiting() + " products are opened later: orders show up in this store up to "
                            + Durations.words(scope.can.orderLag())
                            + " late, and what was sold and is not told yet would be missing from In Stock.",
                    List.of(),
                    0,
                    Exchange.Outcome.WITHHELD));
        }
    }
}
