package org.evenkeel.connector;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Implemented by a {@link WebhookReceiver} whose store can be told by its API where to call back.
 *
 * <p>The host calls {@link #subscribe} when a store is turned on, once a day from then on, and when its public address
 * changed; {@link #unsubscribe} when the store is turned off or removed. Calls come as all others do: one at a time per
 * instance, with a deadline. Each is idempotent and may end halfway; the next one finishes it.
 *
 * <p><strong>Which are ours.</strong> The last two segments of the address ({@code webhooks/<store id>}) stay the same for
 * the store's life, whatever comes before them. Subscriptions of this app whose address ends in them are ours; all others
 * belong to somebody else and are left alone.
 *
 * <p><strong>Errors.</strong> The store goes on being polled whatever fails here: the host shows the exception's words and
 * tries again, after a {@link RateLimitedException} not before its time. A {@link ConfigurationException} means that
 * webhooks cannot be had before a person acts; it stops nothing else.
 */
@ConsumerType
public interface WebhookSubscriptions {

    /**
     * The subscriptions of this app, ours and others. Read only.
     *
     * @return in no particular order; a store without any answers an empty list
     * @throws ConnectorException as typed
     */
    List<Subscription> subscriptions(Call call) throws ConnectorException;

    /**
     * Sees to it that the store calls back at that address for everything that {@link WebhookReceiver#receive} understands
     * and the host can use: what is missing is made, what points elsewhere or has failed is mended, what is there twice
     * becomes one.
     *
     * @param address where to call back, absolute; https, except on this machine
     * @param call the call's deadline and state
     * @return what is there now and what was done; one topic that the store refuses does not hold up the others
     * @throws ConnectorException as typed
     */
    Report subscribe(URI address, Call call) throws ConnectorException;

    /**
     * Ends our subscriptions, whatever comes before the last two segments of their addresses.
     *
     * @param address as it was given to {@link #subscribe}
     * @param call the call's deadline and state
     * @return what is there now (of ours: what could not be ended) and what was done
     * @throws ConnectorException as typed
     */
    Report unsubscribe(URI address, Call call) throws ConnectorException;

    /**
     * One subscription.
     *
     * @param id the store's id of it
     * @param topic what it is about, in the store's words
     * @param address where the store calls back, as the store writes it
     * @param active whether the store calls it; false when the store gave up on it
     * @param since when it was made or last changed; null when the store does not tell
     */
    record Subscription(String id, String topic, String address, boolean active, Instant since) {
        public Subscription {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(topic, "topic");
            Objects.requireNonNull(address, "address");
        }
    }

    /** What was done about one topic. */
    enum Step {
        /** It was missing. */
        CREATED,
        /** It pointed elsewhere, or had failed. */
        REPAIRED,
        /** It was there twice, is of no use, or is to end. */
        REMOVED,
        /** The store would not. */
        REFUSED
    }

    /**
     * Something that was done.
     *
     * @param step what
     * @param topic about which topic, in the store's words
     * @param words why, where there is something to say, without secrets; else empty
     */
    record Done(Step step, String topic, String words) {
        public Done {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(topic, "topic");
            Objects.requireNonNull(words, "words");
        }
    }

    /**
     * What came of a call.
     *
     * @param present our subscriptions as they are now
     * @param done what was done, in order; empty when all was well already
     */
    record Report(List<Subscription> present, List<Done> done) {
        public Report {
            present = List.copyOf(present);
            done = List.copyOf(done);
        }

        /** What the store refused. */
        public List<Done> refused() {
            return done.stream().filter(one -> one.step() == Step.REFUSED).toList();
        }
    }
}
