package org.evenkeel.webhooks;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.evenkeel.connector.WebhookReceiver;
import org.evenkeel.connector.WebhookReceiver.Hint;
import org.evenkeel.connector.WebhookReceiver.Webhook;
import org.evenkeel.connector.WebhookRejectedException;
import org.evenkeel.connector.WebhookRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a webhook: verified, kept, hinted at, answered. What is not genuine costs its verification and nothing
 * else; what was kept before is answered like the first time. Thread-safe; runs on the door's thread.
 */
final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final int LONGEST_EVENT = 100;
    private static final int MOST_HINTS = 20;

    private final Receivers receivers;
    private final KnownStores stores;
    private final Gate gate;
    private final Inbox inbox;
    private final Counting counting;
    private final Surroundings around;
    private final int largest;
    private final Map<String, Instant> lastLine = new ConcurrentHashMap<>();

    /**
     * What an intake needs of the host.
     *
     * @param clock the only clock
     * @param client who asks, in digits, by what trusted proxies say
     * @param address where the store was told to call; empty when there is no public address
     * @param kept told the store's id when a new event was kept, and the counters whose figures it names
     */
    record Surroundings(
            InstantSource clock,
            Function<Post, String> client,
            Function<String, Optional<URI>> address,
            BiConsumer<String, Set<String>> kept) {}

    /** @param largest the largest body, in bytes */
    Intake(
            Receivers receivers,
            KnownStores stores,
            Gate gate,
            Inbox inbox,
            Counting counting,
            Surroundings around,
            int largest) {
        this.receivers = receivers;
        this.stores = stores;
        this.gate = gate;
        this.inbox = inbox;
        this.counting = counting;
        this.around = around;
        this.largest = largest;
    }

    /** Takes one in. Never throws: what fails is an answer. */
    Answer take(Post post) {
        String store = post.store();
        Optional<WebhookReceiver> receiver = receivers.of(store);
        // Before anything is read: a stranger's body is not worth a byte of memory.
        if (receiver.isEmpty()) {
            return away(store);
        }
        if (post.length() > largest) {
            return turnedAway(store, Answer.TOO_LARGE);
        }
        Optional<Answer> refusal = gate.enter(store);
        if (refusal.isPresent()) {
            return turnedAway(store, refusal.get());
        }
        try {
            return inside(store, receiver.get(), post);
        } catch (IOException e) {
            LOG.debug("{}: a webhook broke off", store, e);
            return turnedAway(store, Answer.TOO_SLOW);
        } finally {
            gate.leave(store);
        }
    }

    /** Nobody can verify it: where there is such a store, it is to be sent again. */
    private Answer away(String store) {
        return stores.has(store) ? turnedAway(store, Answer.AWAY) : Answer.NOBODY;
    }

    private Answer turnedAway(String store, Answer answer) {
        counting.turnedAway(store);
        return answer;
    }

    private Answer inside(String store, WebhookReceiver receiver, Post post) throws IOException {
        byte[] body = post.body().readNBytes(largest + 1);
        if (body.length > largest) {
            return turnedAway(store, Answer.TOO_LARGE);
        }
        URI address = around.address().apply(store).orElse(null);
        try {
            Webhook webhook = Receivers.ask(receiver, new WebhookRequest(address, post.headers(), body));
            return genuine(store, webhook, body);
        } catch (WebhookRejectedException e) {
            counting.rejected(store, e.getMessage(), now());
            if (isWorthALine(store)) {
                LOG.warn(
                        "A webhook for {} from {} was rejected: {} More of them are not logged for a while.",
                        store,
                        around.client().apply(post),
                        e.getMessage());
            }
            return Answer.REJECTED;
        } catch (RuntimeException e) {
            if (isWorthALine(store)) {
                LOG.error("A webhook for {} could not be taken. More of them are not logged for a while.", store, e);
            }
            return turnedAway(store, Answer.NOT_KEPT);
        }
    }

    private Answer genuine(String store, Webhook webhook, byte[] body) {
        Instant now = now();
        if (webhook.hints().isEmpty()) {
            counting.taken(store, now);
            return Answer.TAKEN;
        }
        if (!inbox.keep(store, event(webhook, body), now, words(webhook.hints()))) {
            counting.repeated(store);
            return Answer.TAKEN;
        }
        counting.taken(store, now);
        webhook.hints().stream()
                .filter(Hint.Access.class::isInstance)
                .map(Hint.Access.class::cast)
                .forEach(access -> said(store, access.message()));
        around.kept().accept(store, figures(webhook.hints()));
        return Answer.TAKEN;
    }

    private static Set<String> figures(List<Hint> hints) {
        return hints.stream()
                .filter(Hint.Listings.class::isInstance)
                .map(hint -> ((Hint.Listings) hint).listingOrCounter())
                .collect(Collectors.toSet());
    }

    /** What a store says of its own access is logged and shown; the pull that follows finds out whether it is so. */
    private void said(String store, String message) {
        LOG.warn("{} says: {}", store, message);
        counting.said(store, message);
    }

    /** The store's own id where it fits, else a digest of it or of the body. */
    private static String event(Webhook webhook, byte[] body) {
        String own = webhook.event();
        if (own.isEmpty()) {
            return "body:" + digest(body);
        }
        boolean fits = own.length() <= LONGEST_EVENT && own.chars().allMatch(c -> c > ' ' && c < 0x7f);
        return fits ? own : "event:" + digest(own.getBytes(StandardCharsets.UTF_8));
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static String words(List<Hint> hints) {
        StringBuilder words = new StringBuilder();
        hints.stream()
                .limit(MOST_HINTS)
                .forEach(hint -> words.append(words.isEmpty() ? "" : ", ").append(hint));
        return words.toString();
    }

    /** Whoever floods a store with forgeries does not flood the log. */
    private boolean isWorthALine(String store) {
        Instant now = now();
        boolean worth = !Optional.ofNullable(lastLine.get(store))
                .map(last -> last.plus(QUIET).isAfter(now))
                .orElse(false);
        if (worth) {
            lastLine.put(store, now);
        }
        return worth;
    }

    private Instant now() {
        return around.clock().instant();
    }
}
