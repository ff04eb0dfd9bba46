package org.evenkeel.sync.internal.lane;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.evenkeel.connector.RateLimitedException;
import org.evenkeel.connector.WebhookSubscriptions;
import org.evenkeel.connector.WebhookSubscriptions.Done;
import org.evenkeel.connector.WebhookSubscriptions.Report;
import org.evenkeel.connector.WebhookSubscriptions.Subscription;
import org.evenkeel.sync.internal.call.CallResult;
import org.evenkeel.sync.internal.lane.LaneMemory.Subscribed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the store where to call back: when it was told nothing yet, when the address changed, and once a day besides, as
 * stores give up on subscriptions without a word. Whatever fails is remembered in words and tried again later; the run goes
 * on, for the store is polled all the same.
 */
final class Subscriptions implements Activity {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);
    private static final Duration ROUND = Duration.ofDays(1);
    private static final Duration AFTER_TROUBLE = Duration.ofHours(1);
    private static final int MOST_NAMED = 5;

    private final Scope scope;
    private final Callbacks callbacks;
    private boolean done;

    Subscriptions(Scope scope, Callbacks callbacks) {
        this.scope = scope;
        this.callbacks = callbacks;
    }

    @Override
    public Next next() {
        URI address = callbacks.address(scope.store).orElse(null);
        if (done || address == null || !(scope.connector instanceof WebhookSubscriptions store) || !due(address)) {
            return Next.DONE;
        }
        done = true;
        return new Next.Calling<Report>(
                "subscribe",
                Transcript.plain(),
                call -> store.subscribe(address, call),
                report -> take(address, report),
                trouble -> {
                    failed(address, trouble);
                    return true;
                });
    }

    private boolean due(URI address) {
        Subscribed last = scope.memory.state().subscribed;
        return last == null || !last.address().equals(address) || !last.again().isAfter(scope.now());
    }

    private void take(URI address, Report report) {
        if (!report.done().isEmpty()) {
            LOG.info("{}: told where to call back: {}", scope.store, words(report.done()));
        }
        String trouble = refused(report.refused());
        remember(address, trouble.isEmpty() ? ROUND : AFTER_TROUBLE, trouble, report.present());
    }

    private static String words(List<Done> done) {
        return done.stream()
                .map(one -> one.topic() + " " + one.step().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static String refused(List<Done> refused) {
        return refused.stream()
                .limit(MOST_NAMED)
                .map(one -> "The store refuses to call back for " + one.topic()
                        + (one.words().isEmpty() ? "." : ": " + one.words()))
                .collect(Collectors.joining(" "));
    }

    private void failed(URI address, CallResult.Trouble<Report> trouble) {
        Duration wait = trouble instanceof CallResult.Failed<Report> failed
                        && failed.failure() instanceof RateLimitedException limited
                ? limited.retryAfter()
                : AFTER_TROUBLE;
        Subscribed last = scope.memory.state().subscribed;
        remember(address, wait, trouble.words(), last == null ? List.of() : last.present());
    }

    private void remember(URI address, Duration wait, String trouble, List<Subscription> present) {
        Instant now = scope.now();
        String words = Redaction.redacted(trouble);
        scope.memory.change(state -> state.subscribed = new Subscribed(address, now, now.plus(wait), words, present));
    }

    /** The other way: tells the store not to call back any more, as far as it was told to. */
    static final class End implements Activity {
        private final Scope scope;
        private boolean done;

        End(Scope scope) {
            this.scope = scope;
        }

        @Override
        public Next next() {
            Subscribed last = scope.memory.state().subscribed;
            if (done || last == null || !(scope.connector instanceof WebhookSubscriptions store)) {
                return Next.DONE;
            }
            done = true;
            return Next.call(
                    "unsubscribe", Transcript.plain(), call -> store.unsubscribe(last.address(), call), this::take);
        }

        private void take(Report report) {
            if (report.refused().isEmpty()) {
                scope.memory.change(state -> state.subscribed = null);
            }
        }
    }
}
