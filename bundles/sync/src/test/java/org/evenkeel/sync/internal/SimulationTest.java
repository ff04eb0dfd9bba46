package org.evenkeel.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.evenkeel.sync.internal.simulation.Kind;
import org.evenkeel.sync.internal.simulation.Simulation;
import org.junit.jupiter.api.Test;

/**
 * The real sync over the real ledger, among stores of all kinds, buyers, people, faults and crashes, in virtual time: whatever
 * happened, in the end every order is booked once and every store is level, and on the way nothing was listed again that had
 * been sold. A seed decides everything. The property {@code simulation.seeds} says how many, {@code simulation.from} from
 * which on, {@code simulation.threads} on how many threads, each with a database of its own; {@code simulation.seed} runs one
 * alone and tells its story.
 */
class SimulationTest {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 200);
    private static final long FROM = Long.getLong("simulation.from", 0);
    private static final int THREADS =
            Integer.getInteger("simulation.threads", Runtime.getRuntime().availableProcessors());
    /** More would tell nothing new. */
    private static final int MOST_FAILURES = 5;

    private static final int TELL_EVERY = 500;
    private static final int ENOUGH_FOR_EVERY_KIND = 200;

    /** In how many seeds something happened. */
    private final Map<Kind, Integer> seen = new ConcurrentSkipListMap<>();

    private final AtomicLong longest = new AtomicLong();

    @Test
    void everyOrderIsBookedOnceEveryStoreEndsLevelAndNothingSoldIsListedAgain() throws InterruptedException {
        Long one = Long.getLong("simulation.seed");
        if (one != null) {
            System.out.println(new Simulation(one).run());
            return;
        }
        AtomicLong next = new AtomicLong(FROM);
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        long began = System.nanoTime();
        List<Thread> threads = IntStream.range(0, THREADS)
                .mapToObj(number -> new Thread(() -> run(next, failures, began), "simulation-" + number))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println(SEEDS + " seeds from " + FROM + " on, " + failures.size() + " failed, "
                + Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s, at most " + longest.get()
                + " steps; seeds in which it happened: " + seen);
        if (!failures.isEmpty()) {
            AssertionError all = new AssertionError(
                    failures.size() + " seeds failed:\n" + failures.peek().getMessage());
            failures.forEach(all::addSuppressed);
            throw all;
        }
        if (SEEDS >= ENOUGH_FOR_EVERY_KIND) {
            assertThat(seen.keySet())
                    .as("what must happen in some of the seeds, or nothing is said of it")
                    .containsExactlyInAnyOrder(Kind.values());
        }
    }

    private void run(AtomicLong next, Queue<Throwable> failures, long began) {
        while (failures.size() < MOST_FAILURES) {
            long seed = next.getAndIncrement();
            if (seed >= FROM + SEEDS) {
                return;
            }
            try {
                Simulation life = new Simulation(seed);
                life.run();
                life.seen().forEach(kind -> seen.merge(kind, 1, Integer::sum));
                longest.accumulateAndGet(life.steps(), Math::max);
            } catch (Throwable e) {
                failures.add(e);
            }
            long done = seed - FROM + 1;
            if (done % TELL_EVERY == 0) {
                System.out.println(done + " seeds, " + failures.size() + " failed, "
                        + Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s");
            }
        }
    }

    @Test
    void aSeedTellsTheSameStoryEachTime() {
        List<String> first = IntStream.range(0, 5)
                .mapToObj(seed -> new Simulation(seed).run())
                .toList();
        List<String> second = IntStream.range(0, 5)
                .mapToObj(seed -> new Simulation(seed).run())
                .toList();

        assertThat(second).isEqualTo(first);
    }
}
