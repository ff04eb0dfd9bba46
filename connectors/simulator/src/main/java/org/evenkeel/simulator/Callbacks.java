package org.evenkeel.simulator;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where a shop calls back, and how well it does that. Safe for use by many threads; subscriptions are read under
 * {@link Shop#read}.
 */
public final class Callbacks {
    /** After so many failures in a row a shop gives up on a subscription and deletes it. */
    static final int MOST_FAILURES = 8;

    private final Shop shop;
    private final NavigableMap<Long, Subscription> subscriptions = new TreeMap<>();
    private String secret = Secrets.random();
    private Manner manner = Manner.GOOD;

    /** Somebody wants to be told of a topic. */
    public static final class Subscription {
        private final long id;
        private final String topic;
        private final Instant createdAt;
        private URI address;
        private Set<String> fields;
        private Instant updatedAt;
        private int failures;

        Subscription(long id, String topic, URI address, Set<String> fields, Instant now) {
            this.id = id;
            this.topic = topic;
            this.createdAt = now;
            change(address, fields, now);
        }

        void change(URI newAddress, Set<String> newFields, Instant now) {
            address = Objects.requireNonNull(newAddress, "address");
            fields = Set.copyOf(newFields);
            updatedAt = now;
        }

        public long id() {
            return id;
        }

        public String topic() {
            return topic;
        }

        public URI address() {
            return address;
        }

        /** The fields of the body that are wanted; empty for all. */
        public Set<String> fields() {
            return fields;
        }

        public Instant createdAt() {
            return createdAt;
        }

        public Instant updatedAt() {
            return updatedAt;
        }

        /** Failures in a row. */
        public int failures() {
            return failures;
        }
    }

    /**
     * How deliveries go.
     *
     * @param delay how long after the event the first try is made
     * @param spread up to so much more, at random: messages overtake each other
     * @param copies how often each message is delivered, at least once
     * @param lost the share of messages that never leave, in percent
     * @param outage whether nothing leaves at all until this ends; what happened meanwhile is sent then
     * @param retry how long until the second try of one that failed; doubled with each further one
     */
    public record Manner(Duration delay, Duration spread, int copies, int lost, boolean outage, Duration retry) {
        /** At once, once, in order. */
        public static final Manner GOOD = new Manner(Duration.ZERO, Duration.ZERO, 1, 0, false, Duration.ofSeconds(10));

        public Manner {
            if (delay.isNegative() || spread.isNegative() || retry.isNegative()) {
                throw new IllegalArgumentException("A message cannot come before it is sent");
            }
            if (copies < 1 || copies > 1000) {
                throw new IllegalArgumentException("A message is delivered 1 to 1000 times, not " + copies);
            }
            if (lost < 0 || lost > 100) {
                throw new IllegalArgumentException("Between 0 and 100 percent of messages are lost, not " + lost);
            }
        }

        public Manner delay(Duration time) {
            return new Manner(time, spread, copies, lost, outage, retry);
        }

        public Manner spread(Duration time) {
            return new Manner(delay, time, copies, lost, outage, retry);
        }

        public Manner copies(int times) {
            return new Manner(delay, spread, times, lost, outage, retry);
        }

        public Manner lost(int percent) {
            return new Manner(delay, spread, copies, percent, outage, retry);
        }

        public Manner outage(boolean silent) {
            return new Manner(delay, spread, copies, lost, silent, retry);
        }

        public Manner retry(Duration time) {
            return new Manner(delay, spread, copies, lost, outage, time);
        }
    }

    Callbacks(Shop shop) {
        this.shop = shop;
    }

    /** What messages are signed with; a random one at first. */
    public String secret() {
        return shop.read(() -> secret);
    }

    public void setSecret(String newSecret) {
        Objects.requireNonNull(newSecret, "newSecret");
        shop.change(now -> secret = newSecret);
    }

    public Manner manner() {
        return shop.read(() -> manner);
    }

    public void setManner(Manner newManner) {
        Objects.requireNonNull(newManner, "newManner");
        shop.change(now -> manner = newManner);
    }

    // ---- subscriptions

    /** All of them, oldest first. */
    public Collection<Subscription> all() {
        return Collections.unmodifiableCollection(subscriptions.values());
    }

    public Optional<Subscription> find(long id) {
        return shop.read(() -> Optional.ofNullable(subscriptions.get(id)));
    }

    /**
     * Subscribes.
     *
     * @param fields the fields of the body that are wanted; empty for all
     * @throws IllegalArgumentException when that address has that topic already
     */
    public Subscription subscribe(String topic, URI address, Set<String> fields) {
        return shop.write(now -> {
            requireFree(topic, address, null);
            Subscription made = new Subscription(shop.nextId(), topic, address, fields, now);
            subscriptions.put(made.id(), made);
            return made;
        });
    }

    /** Moves a subscription elsewhere; its failures are forgotten. */
    public void move(Subscription subscription, URI address, Set<String> fields) {
        shop.change(now -> {
            requireFree(subscription.topic(), address, subscription);
            subscription.change(address, fields, now);
            subscription.failures = 0;
        });
    }

    private void requireFree(String topic, URI address, Subscription but) {
        boolean taken = subscriptions.values().stream()
                .anyMatch(one ->
                        one != but && one.topic().equals(topic) && one.address().equals(address));
        if (taken) {
            throw new IllegalArgumentException("Address for this topic has already been taken");
        }
    }

    public boolean delete(long id) {
        return shop.write(now -> subscriptions.remove(id) != null);
    }

    // ---- what deliveries tell

    void delivered(long id) {
        shop.change(now -> Optional.ofNullable(subscriptions.get(id)).ifPresent(one -> one.failures = 0));
    }

    void failed(long id) {
        shop.change(now -> Optional.ofNullable(subscriptions.get(id)).ifPresent(one -> {
            one.failures++;
            if (one.failures >= MOST_FAILURES) {
                subscriptions.remove(id);
            }
        }));
    }
}
