package org.evenkeel.sync.internal.lane;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.evenkeel.connector.PushBatch;
import org.evenkeel.connector.PushOutcome;
import org.evenkeel.connector.TransientException;
import org.evenkeel.ledger.DueFigure;
import org.evenkeel.ledger.PushRecord;
import org.evenkeel.sync.Run.Phase;
import org.evenkeel.sync.internal.call.CallResult;
import org.evenkeel.sync.internal.call.CallResult.Trouble;
import org.evenkeel.sync.internal.lane.RunRecorder.Count;

/**
 * Sends batches and takes their outcomes. An item that spoils its batch without being named is found by halving it: the parts
 * go one after the other.
 */
final class Sending {
    private final Scope scope;
    private final PushPlan plan;
    private final Verdicts verdicts;

    private final Halving<Long> halving = new Halving<>();
    private Sent repeat;

    /**
     * A batch that went out.
     *
     * @param batch as the connector got it
     * @param figures in its order
     * @param repeated whether it went out a second time under its key
     */
    private record Sent(PushBatch batch, List<DueFigure> figures, boolean repeated) {}

    Sending(Scope scope, PushPlan plan, Verdicts verdicts) {
        this.scope = scope;
        this.plan = plan;
        this.verdicts = verdicts;
    }

    /** The part of a failed batch whose turn it is; null when all that is due is planned. */
    Set<Long> part() {
        return halving.part() == null ? null : Set.copyOf(halving.part());
    }

    /** Goes on with the next part. @return whether there was one under way, or is one */
    boolean nextPart() {
        return halving.nextPart();
    }

    // --- out ---------------------------------------------------------------------------------------------------------

    Next send(List<DueFigure> figures) {
        String key = new UUID(scope.random.nextLong(), scope.random.nextLong()).toString();
        List<PushBatch.Item> items = new ArrayList<>();
        List<PushRecord.Item> records = new ArrayList<>();
        for (DueFigure figure : figures) {
            long number = Numbers.number(figure, scope.can);
            Long expected = scope.can.compareAndSet() ? figure.belief() : null;
            items.add(new PushBatch.Item(ReadBack.target(figure), figure.sku(), number, expected));
            records.add(PushPlan.item(figure, number));
            scope.lastSent.put(figure.id(), number);
        }
        scope.run.phase(Phase.Kind.PUSH);
        scope.ledger.listings().sending(new PushRecord(scope.store, key, records));
        return push(new Sent(new PushBatch(key, items), List.copyOf(figures), false));
    }

    private Next push(Sent sent) {
        return new Next.Calling<List<PushOutcome>>(
                "push",
                Transcript.push(sent.batch()),
                call -> scope.connector.push(sent.batch(), call),
                outcomes -> ended(sent, outcomes),
                trouble -> troubled(sent, trouble));
    }

    /** The identical batch under its key, where its outcome is unknown and it may still go; null when there is none. */
    Next takeRepeat() {
        if (repeat == null) {
            return null;
        }
        Sent again = new Sent(repeat.batch(), repeat.figures(), true);
        repeat = null;
        if (again.figures().stream().allMatch(this::mayStillGo)) {
            return push(again);
        }
        verdicts.unknown();
        return null;
    }

    /** A raise whose fence has grown old meanwhile is not repeated: it is read back like any other unknown outcome. */
    private boolean mayStillGo(DueFigure figure) {
        return Numbers.number(figure, scope.can) < figure.belief() || plan.fenced(figure);
    }

    private boolean mayRepeat(Sent sent) {
        return !sent.repeated() && scope.can.idempotencyKeys() && scope.can.compareAndSet();
    }

    // --- back --------------------------------------------------------------------------------------------------------

    private void ended(Sent sent, List<PushOutcome> told) {
        List<PushOutcome> outcomes = complete(sent, told);
        if (mayRepeat(sent) && outcomes.stream().allMatch(PushOutcome.Unknown.class::isInstance)) {
            repeat = sent;
            return;
        }
        boolean noneNamed =
                sent.figures().size() > 1 && outcomes.stream().allMatch(PushOutcome.NotSent.class::isInstance);
        Verdicts.Told verdict = verdicts.of(sent.figures(), outcomes, noneNamed);
        Instant now = scope.now();
        scope.ledger.listings().sent(scope.store, sent.batch().key(), verdict.outcomes(), now);
        scope.hints.acknowledged(verdicts.takeProducts());
        if (!verdict.readings().isEmpty()) {
            scope.ledger.listings().read(scope.store, now, verdict.readings());
            scope.lastReading = scope.fence.mark();
        }
        scope.run.progress(outcomes.size());
        if (noneNamed) {
            halving.halve(ids(sent.figures()));
        } else {
            halving.worked();
        }
    }

    /** An outcome for each item; stale under a repeated key may only mean that the first try took effect. */
    private static List<PushOutcome> complete(Sent sent, List<PushOutcome> told) {
        List<PushOutcome> all = new ArrayList<>();
        for (int i = 0; i < sent.figures().size(); i++) {
            PushOutcome outcome =
                    i < told.size() ? told.get(i) : new PushOutcome.Unknown("The connector gave no outcome.");
            all.add(
                    sent.repeated() && outcome instanceof PushOutcome.Stale
                            ? new PushOutcome.Unknown("The figure moved while the outcome was unknown.")
                            : outcome);
        }
        return all;
    }

    // --- trouble with a whole batch ----------------------------------------------------------------------------------

    private boolean troubled(Sent sent, Trouble<List<PushOutcome>> trouble) {
        if (!(trouble instanceof CallResult.Failed<List<PushOutcome>> failed) || sent.repeated()) {
            outcomesUnknown(sent, trouble);
            return false;
        }
        Halving.Verdict verdict = halving.failed(ids(sent.figures()), failed.failure() instanceof TransientException);
        if (verdict == Halving.Verdict.ALONE) {
            record(sent, List.of(verdicts.givenUp(sent.figures().get(0), trouble.words())));
            return halving.goesOn();
        }
        nothingSent(sent, trouble.words());
        return verdict == Halving.Verdict.HALVED;
    }

    private void outcomesUnknown(Sent sent, Trouble<List<PushOutcome>> trouble) {
        verdicts.unknown();
        if (trouble instanceof CallResult.GivenUp && mayRepeat(sent)) {
            repeat = sent;
        } else if (!sent.repeated()) {
            scope.run.count(Count.UNKNOWN, sent.figures().size());
        }
    }

    private void nothingSent(Sent sent, String words) {
        record(
                sent,
                sent.figures().stream()
                        .map(figure -> PushRecord.Outcome.of(figure.id(), PushRecord.Kind.NOT_SENT, words))
                        .toList());
    }

    private void record(Sent sent, List<PushRecord.Outcome> outcomes) {
        scope.ledger.listings().sent(scope.store, sent.batch().key(), outcomes, scope.now());
    }

    private static List<Long> ids(List<DueFigure> figures) {
        return figures.stream().map(DueFigure::id).toList();
    }
}
