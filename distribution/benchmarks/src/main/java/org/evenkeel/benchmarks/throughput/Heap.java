package org.evenkeel.benchmarks.throughput;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a log of garbage collections tells of a heap, in MB.
 *
 * @param peak the most that was in use, before a collection
 * @param live the most that a full collection left; 0 when there was none
 * @param collections how many there were
 */
record Heap(long peak, long live, long collections) {
    private static final Pattern PAUSE = Pattern.compile("Pause (\\w+).* (\\d+)M->(\\d+)M\\(\\d+M\\)");

    static Heap of(Path log) throws IOException {
        long peak = 0;
        long live = 0;
        long collections = 0;
        try (Stream<String> lines = Files.lines(log)) {
            for (String line : (Iterable<String>) lines::iterator) {
                Matcher pause = PAUSE.matcher(line);
                if (pause.find()) {
                    collections++;
                    peak = Math.max(peak, Long.parseLong(pause.group(2)));
                    live = pause.group(1).equals("Full") ? Math.max(live, Long.parseLong(pause.group(3))) : live;
                }
            }
        }
        return new Heap(peak, live, collections);
    }

    String words() {
        return "heap in use " + peak + " MB at most, " + live + " MB at most after a full collection, " + collections
                + " collections";
    }
}
