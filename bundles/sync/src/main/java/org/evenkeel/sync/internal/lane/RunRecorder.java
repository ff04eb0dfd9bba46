package org.evenkeel.sync.internal.lane;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Exchange;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.Run.Phase;

/** Gathers what a run does and keeps it, not more often than people look. Guarded by the lane. */
final class RunRecorder {
    private static final Duration KEEP_EVERY = Duration.ofSeconds(1);
    private static final int MOST_ERRORS = 50;
    private static final int MOST_PHASES = 50;
    private static final int ERROR_LENGTH = 500;

    /** Records nothing: for what is done between runs. */
    static final RunRecorder NONE = new RunRecorder(null, null, 0, null, null, null, null);

    /** What is counted. */
    enum Count {
        ORDERS,
        ORDERS_CHANGED,
        ORDERS_PARKED,
        LISTINGS,
        PUSHED,
        REFUSED,
        UNKNOWN,
        STALE,
        CALLS,
        WITHHELD
    }

    private final RunLog log;
    private final InstantSource clock;
    /** 0 for a run that is not kept yet. */
    private long id;

    private final StoreId store;
    private final Run.Trigger trigger;
    private final String actor;
    private final Instant startedAt;
    private final long[] counts = new long[Count.values().length];
    private final List<Phase> phases = new ArrayList<>();
    /** Errors with how often each came, newest last. */
    private final Map<String, Integer> errors = new LinkedHashMap<>();

    private final RunTranscript transcript = new RunTranscript();

    private Instant keptAt;

    private RunRecorder(
            RunLog log,
            InstantSource clock,
            long id,
            StoreId store,
            Run.Trigger trigger,
            String actor,
            Instant startedAt) {
        this.log = log;
        this.clock = clock;
        this.id = id;
        this.store = store;
        this.trigger = trigger;
        this.actor = actor;
        this.startedAt = startedAt;
        this.keptAt = startedAt;
    }

    static RunRecorder begin(RunLog log, InstantSource clock, StoreId store, Run.Trigger trigger, String actor) {
        Instant now = clock.instant();
        return new RunRecorder(log, clock, log.begin(store, trigger, actor, now), store, trigger, actor, now);
    }

    /** A run that is kept only when it finds something, comes to something, or fails at something. */
    static RunRecorder ifAnything(RunLog log, InstantSource clock, StoreId store, Run.Trigger trigger, String actor) {
        return new RunRecorder(log, clock, 0, store, trigger, actor, clock.instant());
    }

    long id() {
        return id;
    }

    /** Who asked for it; null where nothing is recorded. */
    String actor() {
        return actor;
    }

    boolean records() {
        return log != null;
    }

    void count(Count what, long more) {
        if (records()) {
            counts[what.ordinal()] += more;
        }
    }

    long counted(Count what) {
        return counts[what.ordinal()];
    }

    /** Begins a phase, which ends the one before; a phase of the same kind right after the other goes on. */
    void phase(Phase.Kind kind) {
        if (!records()) {
            return;
        }
        if (!phases.isEmpty() && last().kind() == kind) {
            setLast(new Phase(kind, last().startedAt(), null, last().done(), last().total()));
            return;
        }
        endPhase();
        if (phases.size() == MOST_PHASES) {
            phases.remove(0);
        }
        phases.add(new Phase(kind, clock.instant(), null, 0, -1));
        keepSometimes();
    }

    /** More items of the present phase are done. */
    void progress(long more) {
        if (records() && !phases.isEmpty()) {
            setLast(new Phase(last().kind(), last().startedAt(), null, last().done() + more, last().total()));
            keepSometimes();
        }
    }

    /** An error in words; the same words again are only counted. */
    void error(String words) {
        if (!records()) {
            return;
        }
        String text = words == null || words.isBlank() ? "An error without words." : Redaction.redacted(words.strip());
        text = text.length() > ERROR_LENGTH ? text.substring(0, ERROR_LENGTH) + "…" : text;
        int times = errors.getOrDefault(text, 0);
        errors.remove(text);
        errors.put(text, times + 1);
        if (errors.size() > MOST_ERRORS) {
            errors.remove(errors.keySet().iterator().next());
        }
    }

    /** Whether an exchange of that operation is taken: nothing needs to be put in words that is not. */
    boolean takes(String operation) {
        return records() && transcript.takes(operation);
    }

    /** Takes note of a call, or of what was withheld. */
    void exchange(Exchange exchange) {
        if (takes(exchange.operation())) {
            transcript.add(exchange);
        }
    }

    void end(Run.Result result) {
        if (records()) {
            endPhase();
            if (result != Run.Result.DONE || cameToSomething()) {
                keep(clock.instant(), result);
            }
        }
    }

    private boolean cameToSomething() {
        return id != 0
                || !errors.isEmpty()
                || Arrays.stream(Count.values()).anyMatch(what -> what != Count.CALLS && counted(what) != 0);
    }

    /** How it ends when nothing stopped it. */
    Run.Result result() {
        boolean clean = errors.isEmpty() && counted(Count.REFUSED) == 0 && counted(Count.ORDERS_PARKED) == 0;
        return clean ? Run.Result.DONE : Run.Result.WITH_ERRORS;
    }

    /** The run as it stands; null where nothing is recorded, or not yet. */
    Run view() {
        return id != 0 ? run(null, null) : null;
    }

    private Run run(Instant endedAt, Run.Result result) {
        Run.Counts done = new Run.Counts(
                counted(Count.ORDERS),
                counted(Count.ORDERS_CHANGED),
                counted(Count.ORDERS_PARKED),
                counted(Count.LISTINGS),
                counted(Count.PUSHED),
                counted(Count.REFUSED),
                counted(Count.UNKNOWN),
                counted(Count.STALE),
                counted(Count.CALLS),
                counted(Count.WITHHELD));
        return new Run(id, store, trigger, actor, startedAt, endedAt, result, phases, done, errorTexts());
    }

    private List<String> errorTexts() {
        return errors.entrySet().stream()
                .map(error -> error.getValue() == 1 ? error.getKey() : error.getKey() + " (" + error.getValue() + "×)")
                .toList();
    }

    private void endPhase() {
        if (!phases.isEmpty() && last().endedAt() == null) {
            setLast(new Phase(last().kind(), last().startedAt(), clock.instant(), last().done(), last().total()));
        }
    }

    private Phase last() {
        return phases.get(phases.size() - 1);
    }

    private void setLast(Phase phase) {
        phases.set(phases.size() - 1, phase);
    }

    private void keepSometimes() {
        Instant now = clock.instant();
        if (!now.isBefore(keptAt.plus(KEEP_EVERY))) {
            keptAt = now;
            if (cameToSomething()) {
                keep(null, null);
            }
        }
    }

    /** The run and what it exchanged since, in one go. */
    private void keep(Instant endedAt, Run.Result result) {
        if (id == 0) {
            id = log.begin(store, trigger, actor, startedAt);
        }
        log.update(run(endedAt, result), transcript.gathered(), transcript.kept());
        transcript.keep();
    }
}
