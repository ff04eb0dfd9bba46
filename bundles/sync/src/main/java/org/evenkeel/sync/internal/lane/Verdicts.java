package org.evenkeel.sync.internal.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.connector.PushOutcome;
import org.evenkeel.ledger.DueFigure;
import org.evenkeel.ledger.ListingBook.Reading;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.PushRecord;
import org.evenkeel.sync.internal.lane.RunRecorder.Count;

/** Makes of each item's outcome what the ledger remembers, and decides whether the item gets another turn. */
final class Verdicts {
    private static final int LONE_PATIENCE = 3;
    private static final int MOST_STALES = 6;
    private static final Duration FIRST_RETRY = Duration.ofSeconds(30);

    private final Scope scope;
    private final Turns turns;
    /** How often an item was left out of its batch. */
    private final Map<Long, Integer> lonely = new HashMap<>();

    private long acknowledged;
    private boolean unknown;
    private final Set<ProductId> products = new HashSet<>();

    /**
     * What the ledger is told of a batch.
     *
     * @param outcomes an outcome for each item
     * @param readings what the store told of items that were stale
     */
    record Told(List<PushRecord.Outcome> outcomes, List<Reading> readings) {}

    Verdicts(Scope scope, Turns turns) {
        this.scope = scope;
        this.turns = turns;
    }

    /** @param noneNamed whether nothing of the batch was sent and no item was named as the reason */
    Told of(List<DueFigure> figures, List<PushOutcome> outcomes, boolean noneNamed) {
        Told told = new Told(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < figures.size(); i++) {
            told.outcomes().add(verdict(figures.get(i), outcomes.get(i), noneNamed, told.readings()));
        }
        return told;
    }

    private PushRecord.Outcome verdict(
            DueFigure figure, PushOutcome outcome, boolean noneNamed, List<Reading> readings) {
        if (outcome instanceof PushOutcome.Acknowledged) {
            acknowledged++;
            products.add(figure.product());
            scope.run.count(Count.PUSHED, 1);
            scope.stales.remove(figure.id());
            scope.lastSent.remove(figure.id());
        } else if (outcome instanceof PushOutcome.Refused refused) {
            scope.run.count(Count.REFUSED, 1);
            scope.run.error(figure.sku() + ": " + refused.message());
            turns.end(figure.id());
        } else if (outcome instanceof PushOutcome.Stale told) {
            return stale(figure, told, readings);
        } else if (outcome instanceof PushOutcome.NotSent notSent && !noneNamed) {
            return notSent(figure, notSent);
        } else if (outcome instanceof PushOutcome.Unknown) {
            scope.run.count(Count.UNKNOWN, 1);
            unknown = true;
        } else if (outcome instanceof PushOutcome.Accepted) {
            turns.end(figure.id());
            unknown = true;
        }
        return Outcomes.record(figure.id(), outcome);
    }

    private PushRecord.Outcome stale(DueFigure figure, PushOutcome.Stale told, List<Reading> readings) {
        int times = scope.stales.merge(figure.id(), 1, Integer::sum);
        scope.run.count(Count.STALE, 1);
        if (told.actual() != null) {
            readings.add(new Reading(figure.id(), told.actual()));
        }
        if (times >= MOST_STALES) {
            scope.stales.remove(figure.id());
            turns.end(figure.id());
            return retrying(figure, "The store's figure keeps moving.");
        }
        turns.stale(figure, told.actual() != null);
        return Outcomes.record(figure.id(), told);
    }

    private PushRecord.Outcome notSent(DueFigure figure, PushOutcome.NotSent outcome) {
        int times = lonely.merge(figure.id(), 1, Integer::sum);
        return times < LONE_PATIENCE ? Outcomes.record(figure.id(), outcome) : givenUp(figure, outcome.message());
    }

    /** An item that cannot be sent now, though others can: it goes again by time. */
    PushRecord.Outcome givenUp(DueFigure figure, String words) {
        turns.end(figure.id());
        scope.run.error(figure.sku() + ": " + words);
        return retrying(figure, words);
    }

    private PushRecord.Outcome retrying(DueFigure figure, String words) {
        Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(10, Math.max(0, figure.attempts())));
        Instant at = scope.now()
                .plus(wait.compareTo(scope.settings.backoffMost()) < 0 ? wait : scope.settings.backoffMost());
        return new PushRecord.Outcome(figure.id(), PushRecord.Kind.RETRYING, words, null, null, at);
    }

    /** How many figures were acknowledged. */
    long acknowledged() {
        return acknowledged;
    }

    /** Products of which figures were acknowledged since this was last asked. */
    Set<ProductId> takeProducts() {
        Set<ProductId> taken = Set.copyOf(products);
        products.clear();
        return taken;
    }

    /** Takes note that outcomes may be unknown. */
    void unknown() {
        unknown = true;
    }

    /** Whether outcomes may be unknown since this was last asked. */
    boolean takeUnknown() {
        boolean any = unknown;
        unknown = false;
        return any;
    }
}
