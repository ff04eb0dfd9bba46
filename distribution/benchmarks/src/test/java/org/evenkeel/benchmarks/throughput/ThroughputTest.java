package org.evenkeel.benchmarks.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small catalogue. The run checks by itself that all shops end level. */
class ThroughputTest {
    private static final int LISTINGS = 300;

    @Test
    void theOthersAreFilledAndWorkFollowsWhatChanged() throws Exception {
        Throughput.Result result = new Throughput(2, LISTINGS, 512, words -> {}).run(null);

        assertThat(result.first().figures()).isEqualTo(LISTINGS);
        assertThat(result.changed().figures()).isEqualTo(LISTINGS / 100);
        assertThat(result.unchanged().figures()).isZero();
        assertThat(result.unchanged().pushes()).isZero();
        assertThat(result.heap().peak()).isBetween(1L, 512L);
    }

    @Test
    void theHeapIsReadFromTheLogOfCollections(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("log");
        Files.writeString(log, """
                [0.1s][info][gc] Using Serial
                [1.0s][info][gc] GC(0) Pause Young (Allocation Failure) 140M->39M(365M) 11.472ms
                [2.0s][info][gc] GC(1) Pause Full (Ergonomics) 301M->28M(365M) 80.1ms
                """);

        assertThat(Heap.of(log)).isEqualTo(new Heap(301, 28, 2));
    }
}
