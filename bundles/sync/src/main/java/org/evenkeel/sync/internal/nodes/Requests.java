package org.evenkeel.sync.internal.nodes;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.internal.kept.NodeRecords;
import org.evenkeel.sync.internal.kept.NodeRecords.Answer;
import org.evenkeel.sync.internal.kept.NodeRecords.Request;
import org.evenkeel.sync.internal.time.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the node that serves a store, and answers for the stores that this one serves. What is asked is done once or not at
 * all: it is taken by the node that serves the store at that moment, and taken back when nobody took it in time.
 *
 * <p>To make something askable from any node, register it with {@link #serve} under a name, and {@link #ask} for it where
 * another node serves the store. Thread-safe.
 */
public final class Requests {
    private static final Logger LOG = LoggerFactory.getLogger(Requests.class);
    private static final Duration LOOK = Duration.ofMillis(200);
    /** Three looks of the node that serves the store, and its pauses. */
    private static final Duration TAKEN_WITHIN = Duration.ofSeconds(5);
    /** A call into a store takes a minute at most, unless it is configured otherwise; a person waits no longer. */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(90);

    private final NodeRecords records;
    private final NodePlace place;
    private final Scheduler work;
    private final Map<String, BiFunction<StoreId, Map<String, String>, CompletionStage<String>>> served =
            new ConcurrentHashMap<>();

    /** @param work runs what is asked of this node */
    public Requests(NodeRecords records, NodePlace place, Scheduler work) {
        this.records = records;
        this.place = place;
        this.work = work;
    }

    // --- asking ------------------------------------------------------------------------------------------------------

    /**
     * Asks whichever node serves a store.
     *
     * @param kind what, up to 40 characters
     * @return completes with the answer, or with the {@link org.evenkeel.ledger.LedgerException} that refused there; with a
     *     {@link ConflictException} when nobody answers. No thread waits
     */
    public CompletionStage<String> ask(StoreId store, String kind, Map<String, String> arguments) {
        if (!place.shared()) {
            throw nobody(store);
        }
        Asked asked = new Asked(store, records.ask(store, kind, arguments, place.name(), TAKEN_WITHIN));
        asked.lookLater();
        return asked.answer;
    }

    /** As {@link #ask}, and waits for the answer, which is a matter of a second: for what does not wait for the store. */
    public String askAndWait(StoreId store, String kind, Map<String, String> arguments) {
        try {
            return place.scheduler()
                    .await(ask(store, kind, arguments).toCompletableFuture(), TAKEN_WITHIN.multipliedBy(2));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException refused ? refused : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw unknown(store);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(store);
        }
    }

    private final class Asked {
        private final StoreId store;
        private final long id;
        private final Instant began = now();
        private final CompletableFuture<String> answer = new CompletableFuture<>();
        private boolean taken;

        Asked(StoreId store, long id) {
            this.store = store;
            this.id = id;
        }

        void lookLater() {
            place.scheduler().schedule(now().plus(LOOK), this::look);
        }

        private void look() {
            try {
                Optional<Answer> there = records.answer(id);
                if (there.isPresent()) {
                    tell(there.get());
                } else if (over(ANSWERED_WITHIN)) {
                    answer.completeExceptionally(unknown(store));
                } else if (!taken && over(TAKEN_WITHIN) && records.withdraw(id)) {
                    answer.completeExceptionally(nobody(store));
                } else {
                    taken |= over(TAKEN_WITHIN);
                    lookLater();
                }
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        }

        private void tell(Answer there) {
            if (there.refusal().isEmpty()) {
                answer.complete(there.value());
            } else {
                answer.completeExceptionally(refused(there));
            }
        }

        private boolean over(Duration time) {
            return now().isAfter(began.plus(time));
        }
    }

    private Instant now() {
        return place.clock().wall().instant();
    }

    private static ConflictException nobody(StoreId store) {
        return new ConflictException(
                ConflictException.Reason.STATE,
                "No host answers for " + store
                        + ": the one that served it stopped, and another one is about to take over. Try again in a moment.");
    }

    private static ConflictException unknown(StoreId store) {
        return new ConflictException(
                ConflictException.Reason.STATE,
                "The host that serves " + store
                        + " took this up and did not say what came of it. Look before you ask again.");
    }

    // --- answering ---------------------------------------------------------------------------------------------------

    /** Makes something askable. @param how does it for a store that this node serves */
    public void serve(String kind, BiFunction<StoreId, Map<String, String>, CompletionStage<String>> how) {
        served.put(kind, how);
    }

    /** Something is asked of a store that this node serves. */
    public void asked(StoreId store) {
        for (Request request : records.take(store)) {
            work.schedule(now(), () -> answer(request));
        }
    }

    private void answer(Request request) {
        try {
            BiFunction<StoreId, Map<String, String>, CompletionStage<String>> how = served.get(request.kind());
            if (how == null) {
                throw new ConflictException(
                        ConflictException.Reason.STATE,
                        place.name() + " serves " + request.store() + " and does not know how to do this ("
                                + request.kind() + "): all hosts must run the same version.");
            }
            how.apply(request.store(), request.arguments())
                    .whenComplete((value, failure) -> keep(
                            request, failure == null ? Answer.done(value == null ? "" : value) : refusal(failure)));
        } catch (RuntimeException e) {
            keep(request, refusal(e));
        }
    }

    private void keep(Request request, Answer answer) {
        try {
            records.answer(request.id(), answer);
        } catch (RuntimeException e) {
            LOG.warn("What came of {} for {} could not be told: {}", request.kind(), request.store(), e.toString());
        }
    }

    private static Answer refusal(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof InvalidInputException invalid) {
            return new Answer(invalid.getMessage(), "INVALID", invalid.field());
        }
        if (cause instanceof NotFoundException) {
            return new Answer(cause.getMessage(), "NOT_FOUND", "");
        }
        if (cause instanceof ConflictException conflict) {
            return new Answer(
                    conflict.getMessage(), "CONFLICT", conflict.reason().name());
        }
        LOG.warn("What another host asked for failed", cause);
        return new Answer(
                "The host that serves the store failed to do this; its log says why.",
                "CONFLICT",
                ConflictException.Reason.STATE.name());
    }

    private static RuntimeException refused(Answer there) {
        return switch (there.refusal()) {
            case "INVALID" -> new InvalidInputException(there.about(), there.value());
            case "NOT_FOUND" -> new NotFoundException(there.value());
            default -> new ConflictException(ConflictException.Reason.valueOf(there.about()), there.value());
        };
    }
}
