package org.evenkeel.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How long something took over a span of time, as a drawing: per bucket the time within which half, and within which 99 of 100
 * were done. Times are drawn by their order of magnitude, for a bad moment is a thousand times longer than a good one and both
 * are to be seen. A bucket in which nothing happened leaves a gap.
 *
 * @param from where the drawing begins
 * @param to where it ends
 * @param bucket how much time a point stands for
 * @param points in their order; those without a count may be there or not
 * @param bound a line that should not be crossed; null for none
 */
public record Chart(Instant from, Instant to, Duration bucket, List<Point> points, Duration bound) {
    public static final int WIDTH = 1120;
    public static final int HEIGHT = 240;
    public static final int LEFT = 60;
    public static final int RIGHT = 1108;
    public static final int TOP = 14;
    public static final int BOTTOM = 212;
    private static final List<Duration> MARKS = List.of(
            Duration.ofMillis(10),
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofDays(1),
            Duration.ofDays(10));
    private static final List<Duration> STEPS = List.of(
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(4),
            Duration.ofDays(1),
            Duration.ofDays(5),
            Duration.ofDays(30));
    private static final int MOST_LABELS = 8;

    public Chart {
        points = points.stream().filter(point -> point.count() > 0).toList();
    }

    /**
     * A bucket.
     *
     * @param from when it begins
     * @param count how many it holds
     * @param half within which half of them were done
     * @param most within which 99 of 100 were done
     * @param longest what the longest one took
     */
    public record Point(Instant from, long count, Duration half, Duration most, Duration longest) {}

    /**
     * A mark at an axis.
     *
     * @param at where, in units of the drawing
     * @param text its label
     * @param time the moment that it stands for, as ISO 8601; empty at the axis of times taken
     */
    public record Mark(double at, String text, String time) {
        private static final int HALF_A_LABEL = 40;

        /** Where its label is held, so that none reaches beyond the drawing. */
        public String anchor() {
            return at > RIGHT - HALF_A_LABEL ? "end" : "middle";
        }
    }

    /** A point as it is drawn, with what it says to who points at it. */
    public record Dot(double x, double half, double most, Point point, boolean over) {
        /** What it says. */
        public String words() {
            return Words.count(point.count(), "order", "orders") + ": half within " + Words.of(point.half())
                    + ", 99 of 100 within " + Words.of(point.most()) + ", the longest " + Words.of(point.longest());
        }
    }

    /** Whether there is nothing to draw. */
    public boolean isEmpty() {
        return points.isEmpty();
    }

    /** How many orders it tells of. */
    public long count() {
        return points.stream().mapToLong(Point::count).sum();
    }

    /** Buckets in which the bound was crossed. */
    public long over() {
        return points.stream().filter(this::isOver).count();
    }

    private boolean isOver(Point point) {
        return bound != null && point.most().compareTo(bound) > 0;
    }

    /** What the drawing says, for who cannot see it. */
    public String words() {
        Duration longest =
                points.stream().map(Point::longest).max(Duration::compareTo).orElse(Duration.ZERO);
        String all = Words.count(count(), "order", "orders") + " between " + utc(from) + " and " + utc(to)
                + ". The longest took " + Words.of(longest) + ".";
        return bound == null
                ? all
                : all + " The alarm is set to " + Words.of(bound) + "; it was crossed in "
                        + Words.count(over(), "part", "parts") + " of the time shown.";
    }

    private static String utc(Instant at) {
        return DateTimeFormatter.ofPattern("d MMM HH:mm 'UTC'", Locale.ENGLISH)
                .withZone(ZoneOffset.UTC)
                .format(at);
    }

    /** The points as they are drawn. */
    public List<Dot> dots() {
        return points.stream()
                .map(point -> new Dot(x(middle(point)), y(point.half()), y(point.most()), point, isOver(point)))
                .toList();
    }

    /** The lines between points that follow each other without a gap; each is what {@code polyline} takes. */
    public List<String> lines(boolean most) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        Point before = null;
        for (Point point : points) {
            if (before != null && !before.from().plus(bucket).equals(point.from())) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(rounded(x(middle(point))))
                    .append(',')
                    .append(rounded(y(most ? point.most() : point.half())))
                    .append(' ');
            before = point;
        }
        lines.add(line.toString());
        return lines;
    }

    private Instant middle(Point point) {
        return point.from().plus(bucket.dividedBy(2));
    }

    /** The axis of times taken. */
    public List<Mark> heights() {
        return MARKS.stream()
                .filter(mark -> mark.compareTo(least()) >= 0 && mark.compareTo(greatest()) <= 0)
                .map(mark -> new Mark(y(mark), label(mark), ""))
                .toList();
    }

    private static String label(Duration mark) {
        if (mark.toMillis() < 1_000) {
            return mark.toMillis() / 1_000.0 + " s";
        }
        return mark.equals(Duration.ofMinutes(1)) ? "1 min" : Words.of(mark);
    }

    /** The axis of time, at whole hours or days. */
    public List<Mark> times() {
        Duration span = Duration.between(from, to);
        Duration step = STEPS.stream()
                .filter(candidate -> span.dividedBy(candidate) <= MOST_LABELS)
                .findFirst()
                .orElse(STEPS.get(STEPS.size() - 1));
        long seconds = step.toSeconds();
        Instant first = Instant.ofEpochSecond(Math.floorDiv(from.getEpochSecond() + seconds - 1, seconds) * seconds);
        DateTimeFormatter form = DateTimeFormatter.ofPattern(isByDay() ? "d MMM" : "HH:mm", Locale.ENGLISH)
                .withZone(ZoneOffset.UTC);
        return Stream.iterate(first, at -> !at.isAfter(to), at -> at.plus(step))
                .map(at -> new Mark(x(at), form.format(at), at.toString()))
                .toList();
    }

    /** Whether its span is told in days rather than in hours. */
    public boolean isByDay() {
        return Duration.between(from, to).compareTo(Duration.ofDays(2)) > 0;
    }

    /** Where the bound is drawn. */
    public double boundHeight() {
        return y(bound);
    }

    private double x(Instant at) {
        double share = (double) Duration.between(from, at).toMillis()
                / Duration.between(from, to).toMillis();
        return LEFT + share * (RIGHT - LEFT);
    }

    private double y(Duration took) {
        double lowest = Math.log(least().toMillis());
        double share = (Math.log(Math.max(1, took.toMillis())) - lowest)
                / (Math.log(greatest().toMillis()) - lowest);
        return BOTTOM - Math.min(1, Math.max(0, share)) * (BOTTOM - TOP);
    }

    /** The mark at or below everything drawn. */
    private Duration least() {
        Duration shortest = drawn(Point::half).min(Duration::compareTo).orElse(MARKS.get(1));
        return MARKS.stream()
                .filter(mark -> mark.compareTo(shortest) <= 0)
                .reduce((lower, higher) -> higher)
                .orElse(MARKS.get(0));
    }

    /** The mark at or above everything drawn, and above the least. */
    private Duration greatest() {
        Duration longest = drawn(Point::most).max(Duration::compareTo).orElse(MARKS.get(2));
        return MARKS.stream()
                .filter(mark -> mark.compareTo(longest) >= 0 && mark.compareTo(least()) > 0)
                .findFirst()
                .orElse(MARKS.get(MARKS.size() - 1));
    }

    private Stream<Duration> drawn(Function<Point, Duration> value) {
        return Stream.concat(points.stream().map(value), Stream.ofNullable(bound));
    }

    /** A length of the drawing; a tenth of a unit is less than can be seen. */
    public static String rounded(double length) {
        return String.format(Locale.ROOT, "%.1f", length);
    }
}
