package org.evenkeel.connector.tck;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.evenkeel.connector.Call;
import org.evenkeel.connector.ListingId;
import org.evenkeel.connector.StoreState;

/** A call of a host that keeps state in memory. */
public final class TestCall implements Call {
    private final Instant deadline;
    private final StoreState state;

    /**
     * @param patience how long the host gives it
     * @param state what was kept by earlier calls
     */
    public TestCall(Duration patience, StoreState state) {
        this.deadline = Instant.now().plus(patience);
        this.state = Objects.requireNonNull(state, "state");
    }

    @Override
    public Instant deadline() {
        return deadline;
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public boolean cancelled() {
        return !now().isBefore(deadline);
    }

    @Override
    public StoreState state() {
        return state;
    }

    /** State in memory, with the contract of the host's. */
    public static final class State implements StoreState {
        private final Map<String, Entry> entries = new ConcurrentHashMap<>();
        private final Map<ListingId, State> listings = new ConcurrentHashMap<>();
        private long version;

        @Override
        public synchronized Optional<Entry> get(String key) {
            return Optional.ofNullable(entries.get(key));
        }

        @Override
        public synchronized boolean compareAndSet(String key, long expected, String value, boolean secret) {
            long actual = get(key).map(Entry::version).orElse(0L);
            if (actual != expected) {
                return false;
            }
            if (value == null) {
                entries.remove(key);
            } else {
                entries.put(key, new Entry(value, ++version));
            }
            return true;
        }

        @Override
        public StoreState of(ListingId listing) {
            return listings.computeIfAbsent(listing, id -> new State());
        }
    }
}
