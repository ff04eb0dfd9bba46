package org.evenkeel.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a drawing of times shows. */
class ChartTest {
    private static final Instant FROM = Instant.parse("2026-05-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private static Chart chart(Duration bound, Chart.Point... points) {
        return new Chart(FROM, FROM.plus(Duration.ofDays(1)), HOUR, List.of(points), bound);
    }

    private static Chart.Point point(int hour, long half, long most) {
        return new Chart.Point(
                FROM.plus(Duration.ofHours(hour)),
                3,
                Duration.ofMillis(half),
                Duration.ofMillis(most),
                Duration.ofMillis(most));
    }

    @Test
    void everythingDrawnIsWithinTheDrawing() {
        long[] wild = {0, 1, 9, 400, 75_000, 3_600_000, 900_000_000};
        Chart chart = chart(
                Duration.ofSeconds(5),
                IntStream.range(0, wild.length)
                        .mapToObj(hour -> point(hour, wild[hour] / 2, wild[hour]))
                        .toArray(Chart.Point[]::new));
        assertEquals(wild.length, chart.dots().size());
        chart.dots().forEach(dot -> {
            assertTrue(dot.half() <= Chart.BOTTOM && dot.most() >= Chart.TOP, dot.toString());
            assertTrue(dot.most() <= dot.half(), "what takes longer is drawn higher");
            assertTrue(dot.x() >= Chart.LEFT && dot.x() <= Chart.RIGHT, dot.toString());
        });
        assertTrue(chart.heights().size() >= 2);
    }

    @Test
    void theBoundIsInSightThoughEverythingIsFarBelow() {
        Chart chart = chart(Duration.ofMinutes(5), point(1, 300, 900));
        assertTrue(chart.boundHeight() >= Chart.TOP
                && chart.boundHeight() < chart.dots().get(0).most());
        assertEquals(0, chart.over());
    }

    @Test
    void aGapBreaksTheLine() {
        Chart chart = chart(null, point(1, 300, 900), point(2, 300, 900), point(5, 300, 900));
        assertEquals(2, chart.lines(true).size());
    }

    @Test
    void bucketsWithoutOrdersAreNotDrawn() {
        Chart.Point nothing = new Chart.Point(FROM, 0, null, null, null);
        assertTrue(chart(null, nothing).isEmpty());
        assertEquals(1, chart(null, nothing, point(1, 1, 2)).dots().size());
    }

    @Test
    void itsWordsTellWhatIsSeen() {
        String words = chart(Duration.ofSeconds(1), point(1, 300, 900), point(2, 300, 90_000))
                .words();
        assertTrue(words.contains("6 orders"), words);
        assertTrue(words.contains("The longest took 90 s"), words);
        assertTrue(words.contains("alarm is set to 1 s; it was crossed in 1 part"), words);
    }

    @Test
    void aDayIsMarkedByHoursAndAMonthByDays() {
        assertFalse(chart(null, point(1, 300, 900)).isByDay());
        Chart month = new Chart(FROM, FROM.plus(Duration.ofDays(30)), Duration.ofDays(1), List.of(), null);
        assertTrue(month.isByDay());
        month.times().forEach(mark -> assertTrue(mark.time().endsWith("T00:00:00Z"), mark.time()));
        assertTrue(month.times().size() <= 9, month.times().toString());
    }
}
