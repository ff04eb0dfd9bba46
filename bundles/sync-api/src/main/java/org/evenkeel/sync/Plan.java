package org.evenkeel.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.evenkeel.ledger.StoreId;

/**
 * What turning a store on, letting a held one go, or undoing an earlier plan would do: made without changing anything, shown,
 * chosen from, and applied. A snapshot; ask again for a newer one.
 *
 * @param id its id, a small positive number
 * @param store whose
 * @param kind what applying it does
 * @param state where it stands
 * @param actor who began it
 * @param begunAt when the store was first asked for it; what the store shows is as of about then
 * @param readyAt when all was read; null before
 * @param appliedAt when it was applied; null while it is not
 * @param appliedBy who applied it; null while nobody did
 * @param explanation words for the state: how far it is, why it failed, and the way out; empty when there is nothing to say
 * @param outdated why it can no longer be applied though it is READY (too old, or the store, its location mapping or its rules
 *     changed since), with the way out; empty while it can be
 * @param unresolved what still keeps a READY plan from being applied: a choice that somebody must make; empty when nothing does
 * @param progress how much has been read so far
 * @param totals what it found, as of the present choices; zeros before it is READY
 * @param defaults the present choices where nothing else is chosen
 * @param orderLag how late orders may show up in the store, by what its connector declares; products are opened by figures that are
 *     that old, so that what was sold and is not told yet is in In Stock; zero where orders show at once
 * @param run the run that applying it began; null before
 * @param undoes for UNDO: the plan that it undoes; else null
 * @param undoneBy the UNDO plan that was applied to undo this one; null while none was
 */
public record Plan(
        long id,
        StoreId store,
        Kind kind,
        State state,
        String actor,
        Instant begunAt,
        Instant readyAt,
        Instant appliedAt,
        String appliedBy,
        String explanation,
        String outdated,
        String unresolved,
        Progress progress,
        Totals totals,
        Defaults defaults,
        Duration orderLag,
        Long run,
        Long undoes,
        Long undoneBy) {

    /** What applying a plan does. */
    public enum Kind {
        /** Turns synchronizing on, for the first time or again. */
        TURN_ON,
        /** Lets a held store go: what it shows is believed, and what differs is pushed. */
        RELEASE,
        /** Takes back what an applied TURN_ON plan posted, keeping what was sold since, and turns the store off. */
        UNDO
    }

    /** Where a plan stands. Only a READY plan can be chosen from and applied. */
    public enum State {
        /** The store is being read; nothing can be chosen yet. */
        PULLING,
        /** It can be looked at, chosen from and applied. */
        READY,
        /** The store could not be read: {@link Plan#explanation()} says why. Make a new one. */
        FAILED,
        /** Applied; its rows stay as they were. */
        APPLIED,
        /** Somebody let it go, or a newer one of the store took its place. */
        DISCARDED
    }

    /**
     * How much has been read.
     *
     * @param listings listings so far
     * @param orders orders so far
     */
    public record Progress(long listings, long orders) {
        public static final Progress NONE = new Progress(0, 0);
    }

    /**
     * What a plan found.
     *
     * @param listings how many listings the store has
     * @param rows how many rows there are: one for each figure, and one for each listing without any
     * @param findings how many rows have each finding; those that none has are left out
     * @param changes how many rows there are of each change; those that none has are left out
     * @param conflicts products with different figures for which nothing was chosen yet
     * @param orders how many orders there are of each kind; those that there are none of are left out
     * @param skipped how many of the missed orders are to be skipped
     */
    public record Totals(
            long listings,
            long rows,
            Map<PlanRow.Finding, Long> findings,
            Map<PlanRow.Change, Long> changes,
            long conflicts,
            Map<PlanOrder.Kind, Long> orders,
            long skipped) {
        public static final Totals NONE = new Totals(0, 0, Map.of(), Map.of(), 0, Map.of(), 0);

        public Totals {
            findings = Map.copyOf(findings);
            changes = Map.copyOf(changes);
            orders = Map.copyOf(orders);
        }

        /** How many rows have a finding. */
        public long of(PlanRow.Finding finding) {
            return findings.getOrDefault(finding, 0L);
        }

        /** How many rows there are of a change. */
        public long of(PlanRow.Change change) {
            return changes.getOrDefault(change, 0L);
        }

        /** How many orders there are of a kind. */
        public long of(PlanOrder.Kind kind) {
            return orders.getOrDefault(kind, 0L);
        }
    }

    /**
     * What holds where nothing else is chosen.
     *
     * @param opening ADOPT or HOLD: what becomes of products that were never counted. Once applied it is the store's policy
     *     for listings that appear later
     * @param missedOrders what becomes of orders that were placed while the store was off
     * @param takeOpenOrders the first time: whether open orders that were placed before are booked
     */
    public record Defaults(PlanChoices.Opening opening, PlanChoices.MissedOrder missedOrders, boolean takeOpenOrders) {
        /** What a plan begins with. */
        public static final Defaults INITIAL =
                new Defaults(PlanChoices.Opening.ADOPT, PlanChoices.MissedOrder.BOOK, false);
    }

    public Plan {
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(explanation, "explanation");
        Objects.requireNonNull(outdated, "outdated");
        Objects.requireNonNull(unresolved, "unresolved");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(totals, "totals");
        Objects.requireNonNull(defaults, "defaults");
        Objects.requireNonNull(orderLag, "orderLag");
    }

    /** Whether it can be applied now. */
    public boolean applicable() {
        return state == State.READY && outdated.isEmpty() && unresolved.isEmpty();
    }
}
