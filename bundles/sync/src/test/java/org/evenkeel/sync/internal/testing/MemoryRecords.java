package org.evenkeel.sync.internal.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.evenkeel.connector.ListingId;
import org.evenkeel.connector.StoreState;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Exchange;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.internal.lane.LaneMemory;
import org.evenkeel.sync.internal.lane.RunLog;

/** What a host keeps durably, in memory: it outlives the hosts of a test. */
public final class MemoryRecords implements RunLog {
    public final List<Run> runs = new ArrayList<>();
    private final Map<Long, List<Exchange>> exchanges = new HashMap<>();

    @Override
    public long begin(StoreId store, Run.Trigger trigger, String actor, Instant at) {
        long id = runs.size() + 1;
        runs.add(new Run(id, store, trigger, actor, at, null, null, List.of(), Run.Counts.NONE, List.of()));
        return id;
    }

    @Override
    public void update(Run run, List<Exchange> more, int place) {
        runs.set((int) run.id() - 1, run);
        List<Exchange> all = exchanges.computeIfAbsent(run.id(), id -> new ArrayList<>());
        if (all.size() != place) {
            throw new IllegalStateException(all.size() + " exchanges are kept, not " + place);
        }
        all.addAll(more);
    }

    /** What a run exchanged with its store. */
    public List<Exchange> exchanges(long run) {
        return exchanges.getOrDefault(run, List.of());
    }

    public Run run(long id) {
        return runs.get((int) id - 1);
    }

    public Run last() {
        return runs.get(runs.size() - 1);
    }

    public static final class Memory implements LaneMemory {
        private LaneState state = new LaneState();

        @Override
        public LaneState state() {
            return state.copy();
        }

        @Override
        public void change(Consumer<LaneState> change) {
            LaneState next = state.copy();
            change.accept(next);
            state = next;
        }
    }

    public static final StoreState NO_STATE = new StoreState() {
        @Override
        public Optional<Entry> get(String key) {
            return Optional.empty();
        }

        @Override
        public boolean compareAndSet(String key, long expected, String value, boolean secret) {
            return false;
        }

        @Override
        public StoreState of(ListingId listing) {
            return this;
        }
    };
}
