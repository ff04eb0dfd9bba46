package org.evenkeel.benchmarks.plans;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.evenkeel.connector.Call;
import org.evenkeel.connector.Capabilities;
import org.evenkeel.connector.CheckReport;
import org.evenkeel.connector.FigureReading;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.connector.ListingEntry;
import org.evenkeel.connector.ListingId;
import org.evenkeel.connector.ListingPage;
import org.evenkeel.connector.OrderEntry;
import org.evenkeel.connector.OrderLine;
import org.evenkeel.connector.OrderLookup;
import org.evenkeel.connector.OrderPage;
import org.evenkeel.connector.OrderSnapshot;
import org.evenkeel.connector.PushBatch;
import org.evenkeel.connector.PushOutcome;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.connector.StoreListing;
import org.evenkeel.connector.StoreLocation;

/**
 * A store whose listings are made up as they are asked for, so that it takes next to no time and memory: those of one number
 * have one SKU in every such store. Of a hundred listings one has no SKU, and one has that of the listing before it in capital
 * letters. Counts the time that it takes itself. Thread-safe.
 */
final class LargeStore implements StoreConnector {
    static final int PAGE = 250;
    private static final int HUNDRED = 100;
    private static final Duration BEFORE = Duration.ofHours(1);

    private final String name;
    private final int[] listings;
    private final AtomicLongArray figures;
    private final Instant began = Instant.now();
    private final int orders;
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong pushed = new AtomicLong();

    /**
     * @param numbers from 0 to before it
     * @param sold which of these numbers it sells
     * @param figure what it shows of each
     * @param orders how many open orders it has, of a unit each
     */
    LargeStore(String name, int numbers, IntPredicate sold, long figure, int orders) {
        this.name = name;
        this.listings = IntStream.range(0, numbers).filter(sold).toArray();
        this.figures = new AtomicLongArray(numbers);
        for (int number : listings) {
            figures.set(number, figure);
        }
        this.orders = orders;
    }

    String name() {
        return name;
    }

    /** How long its answers took so far. */
    Duration spent() {
        return Duration.ofNanos(nanos.get());
    }

    /** How many figures were set so far. */
    long pushed() {
        return pushed.get();
    }

    long shows(int number) {
        return figures.get(number);
    }

    private static String id(int number) {
        return "listing-" + number;
    }

    /** Null for one without a SKU. */
    static String sku(int number) {
        return switch (number % HUNDRED) {
            case 50 -> null;
            case 99 -> String.format(Locale.ROOT, "SKU-%07d", number - 1);
            default -> String.format(Locale.ROOT, "sku-%07d", number);
        };
    }

    private static int number(String listing) {
        return Integer.parseInt(listing.substring("listing-".length()));
    }

    private <T> T timed(Supplier<T> work) {
        long from = System.nanoTime();
        try {
            return work.get();
        } finally {
            nanos.addAndGet(System.nanoTime() - from);
        }
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.modest().withPush(PAGE, true, true, 1_000_000).withReads(PAGE, PAGE);
    }

    @Override
    public CheckReport check(Call call) {
        return new CheckReport(
                name + ".example",
                Instant.now(),
                List.of(new StoreLocation(StoreLocation.ONLY, "Shop", true)),
                List.of(new CheckReport.Finding(CheckReport.Severity.OK, "It is there.", "")));
    }

    @Override
    public ListingPage listings(String cursor, Call call) {
        return timed(() -> {
            int from = cursor == null ? 0 : Integer.parseInt(cursor);
            int to = Math.min(listings.length, from + PAGE);
            List<ListingEntry> page = new ArrayList<>();
            for (int at = from; at < to; at++) {
                page.add(listing(listings[at]));
            }
            return new ListingPage(page, to < listings.length ? String.valueOf(to) : null);
        });
    }

    private StoreListing listing(int number) {
        return new StoreListing(
                new ListingId(id(number), ""),
                sku(number),
                "A thing that is sold, number " + number,
                StoreListing.State.ACTIVE,
                "",
                id(number),
                List.of(new StoreListing.Figure(StoreLocation.ONLY, figures.get(number))));
    }

    @Override
    public OrderPage orders(String cursor, Instant since, Call call) {
        return timed(() -> {
            int from = cursor == null ? 0 : Integer.parseInt(cursor);
            int to = Math.min(orders, from + PAGE);
            List<OrderEntry> page = new ArrayList<>();
            for (int order = from; order < to; order++) {
                page.add(order(order));
            }
            return new OrderPage(page, String.valueOf(to), to < orders);
        });
    }

    private OrderSnapshot order(int order) {
        int number = listings[(int) ((long) order * listings.length / orders)];
        OrderLine line = new OrderLine(
                "line-" + order,
                new ListingId(id(number), ""),
                sku(number),
                "A thing",
                1,
                0,
                0,
                0,
                0,
                StoreLocation.ONLY,
                List.of());
        Instant placed = began.minus(BEFORE).plusMillis(order);
        return new OrderSnapshot("order-" + order, "#" + order, placed, 0, placed, false, null, List.of(line));
    }

    @Override
    public List<OrderLookup> ordersById(List<String> ids, Call call) {
        return timed(() -> ids.stream()
                .<OrderLookup>map(id -> new OrderLookup.Found(order(Integer.parseInt(id.substring("order-".length())))))
                .toList());
    }

    @Override
    public List<PushOutcome> push(PushBatch batch, Call call) {
        return timed(
                () -> batch.items().stream().<PushOutcome>map(item -> set(item)).toList());
    }

    private PushOutcome set(PushBatch.Item item) {
        int number = number(item.target().counter());
        if (item.expected() != null && !figures.compareAndSet(number, item.expected(), item.figure())) {
            return new PushOutcome.Stale(figures.get(number));
        }
        figures.set(number, item.figure());
        pushed.incrementAndGet();
        return new PushOutcome.Acknowledged();
    }

    @Override
    public List<FigureReading> readBack(List<FigureTarget> targets, Call call) {
        return timed(() -> targets.stream()
                .map(target -> new FigureReading(target, figures.get(number(target.counter()))))
                .toList());
    }
}
