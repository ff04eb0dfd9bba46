package org.evenkeel.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.evenkeel.connector.CheckReport;
import org.evenkeel.connector.WebhookSubscriptions;
import org.evenkeel.ledger.Level;
import org.evenkeel.ledger.ListingView;
import org.evenkeel.ledger.Location;
import org.evenkeel.ledger.Movement;
import org.evenkeel.ledger.OrderView;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.ParkedOrder;
import org.evenkeel.ledger.Posting;
import org.evenkeel.ledger.ProductRow;
import org.evenkeel.ledger.Stock;
import org.evenkeel.ledger.StoreLocationMapping;
import org.evenkeel.ledger.UnmatchedLine;
import org.evenkeel.sync.Drift;
import org.evenkeel.sync.DriftedFigure;
import org.evenkeel.sync.Exchange;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.StoreSettings;
import org.evenkeel.sync.StoreStatus;
import org.evenkeel.sync.WebhookStatus;
import org.evenkeel.sync.WebhookTraffic;
import org.evenkeel.sync.WindowBucket;

/**
 * The shapes of the API's answers. They are the API's own, so that the services can change without breaking its callers.
 */
final class Views {
    private Views() {}

    /** A part of a list. */
    static <S, T> List<T> shaped(Page<S> page, Function<S, T> shape) {
        return page.items().stream().map(shape).toList();
    }

    record ProductPage(List<Product> items, long total, int offset, int limit) {
        static ProductPage of(Page<ProductRow> page) {
            return new ProductPage(
                    shaped(page, Product::of),
                    page.total(),
                    page.request().offset(),
                    page.request().limit());
        }
    }

    record Product(
            long id,
            String sku,
            String name,
            long inStock,
            long booked,
            long available,
            long forSale,
            long incoming,
            int listings,
            int behind,
            boolean opened,
            boolean archived) {
        static Product of(ProductRow row) {
            return new Product(
                    row.product().id().value(),
                    row.product().sku().raw(),
                    row.product().name(),
                    row.inStock(),
                    row.booked(),
                    row.available(),
                    row.forSale(),
                    row.incoming(),
                    row.listings(),
                    row.behind(),
                    row.product().opened(),
                    row.product().archived());
        }
    }

    record LevelAt(long location, long inStock, long booked, long available, long incoming, long version) {
        static LevelAt of(Level level) {
            return new LevelAt(
                    level.location().value(),
                    level.inStock(),
                    level.booked(),
                    level.available(),
                    level.incoming(),
                    level.version());
        }
    }

    record Levels(long product, long forSale, long shortage, List<LevelAt> levels) {
        static Levels of(Stock stock) {
            return new Levels(
                    stock.product().value(),
                    stock.forSale(),
                    stock.shortage(),
                    stock.levels().stream().map(LevelAt::of).toList());
        }
    }

    record MovementPage(List<MovementView> items, long total, int offset, int limit) {
        static MovementPage of(Page<Movement> page) {
            return new MovementPage(
                    shaped(page, MovementView::of),
                    page.total(),
                    page.request().offset(),
                    page.request().limit());
        }
    }

    record MovementView(
            long id,
            long product,
            long location,
            long deltaInStock,
            long deltaBooked,
            long deltaIncoming,
            long inStock,
            long booked,
            long incoming,
            long version,
            String reason,
            String referenceKind,
            String reference,
            String note,
            String actor,
            Instant at,
            Long reverses,
            Long reversedBy) {
        static MovementView of(Movement movement) {
            return new MovementView(
                    movement.id().value(),
                    movement.product().value(),
                    movement.location().value(),
                    movement.deltaInStock(),
                    movement.deltaBooked(),
                    movement.deltaIncoming(),
                    movement.inStock(),
                    movement.booked(),
                    movement.incoming(),
                    movement.version(),
                    movement.reason().name(),
                    movement.reference().kind().name(),
                    movement.reference().id(),
                    movement.note(),
                    movement.actor(),
                    movement.at(),
                    movement.reverses() == null ? null : movement.reverses().value(),
                    movement.reversedBy() == null ? null : movement.reversedBy().value());
        }
    }

    record PostingView(boolean repeated, List<MovementView> movements) {
        static PostingView of(Posting posting) {
            return new PostingView(
                    posting.repeated(),
                    posting.movements().stream().map(MovementView::of).toList());
        }
    }

    record LocationView(long id, String name, boolean countsForSale) {
        static LocationView of(Location location) {
            return new LocationView(location.id().value(), location.name(), location.countsForSale());
        }
    }

    record StoreLocation(String id, String name, boolean writable, List<Long> locations) {
        static StoreLocation of(StoreLocationMapping mapping) {
            return new StoreLocation(
                    mapping.storeLocation(),
                    mapping.name(),
                    mapping.writable(),
                    mapping.locations().stream().map(id -> id.value()).sorted().toList());
        }
    }

    record OrderPage(List<Order> items, long total, int offset, int limit) {
        static OrderPage of(Page<OrderView> page) {
            return new OrderPage(
                    shaped(page, Order::of),
                    page.total(),
                    page.request().offset(),
                    page.request().limit());
        }
    }

    record Order(
            String store,
            String id,
            String name,
            String state,
            Instant placedAt,
            Instant updatedAt,
            Instant firstSeenAt,
            Instant appliedAt,
            boolean pending,
            boolean beforeTurnOn,
            List<Line> lines) {
        static Order of(OrderView order) {
            return new Order(
                    order.key().store().value(),
                    order.key().id(),
                    order.name(),
                    order.state().name(),
                    order.placedAt(),
                    order.updatedAt(),
                    order.firstSeenAt(),
                    order.appliedAt(),
                    order.pending(),
                    order.beforeTurnOn(),
                    order.lines().stream().map(Line::of).toList());
        }
    }

    record Line(
            String id,
            String title,
            String sku,
            Long product,
            String match,
            long ordered,
            long cancelled,
            long lost,
            long fulfilled,
            long returned,
            long booked,
            Long location,
            boolean oversold,
            boolean flagged) {
        static Line of(OrderView.Line line) {
            return new Line(
                    line.id(),
                    line.title(),
                    line.sku(),
                    line.product() == null ? null : line.product().value(),
                    line.match().name(),
                    line.counts().ordered(),
                    line.counts().cancelled(),
                    line.counts().lost(),
                    line.counts().fulfilled(),
                    line.counts().returned(),
                    line.booked(),
                    line.location() == null ? null : line.location().value(),
                    line.oversold(),
                    line.flagged());
        }
    }

    record UnmatchedPage(List<Unmatched> items, long total, int offset, int limit) {
        static UnmatchedPage of(Page<UnmatchedLine> page) {
            return new UnmatchedPage(
                    shaped(page, Unmatched::of),
                    page.total(),
                    page.request().offset(),
                    page.request().limit());
        }
    }

    record Unmatched(String store, String order, String line, String sku, String title, long ordered, Instant since) {
        static Unmatched of(UnmatchedLine line) {
            return new Unmatched(
                    line.order().store().value(),
                    line.order().id(),
                    line.line(),
                    line.sku(),
                    line.title(),
                    line.counts().ordered(),
                    line.since());
        }
    }

    record ParkedPage(List<Parked> items, long total, int offset, int limit) {
        static ParkedPage of(Page<ParkedOrder> page) {
            return new ParkedPage(
                    shaped(page, Parked::of),
                    page.total(),
                    page.request().offset(),
                    page.request().limit());
        }
    }

    record Parked(String store, String order, String reason, String content, Instant since, int tries) {
        static Parked of(ParkedOrder order) {
            return new Parked(
                    order.key().store().value(),
                    order.key().id(),
                    order.reason(),
                    order.content(),
                    order.since(),
                    order.tries());
        }
    }

    record ListingPage(List<Listing> items, long total, int offset, int limit) {
        static ListingPage of(Page<ListingView> page) {
            return new ListingPage(
                    shaped(page, Listing::of),
                    page.total(),
                    page.request().offset(),
                    page.request().limit());
        }
    }

    record Listing(
            String store,
            String listing,
            String variant,
            String sku,
            String title,
            String state,
            String stateReason,
            Long product,
            boolean foldedMatch,
            RuleViews.Effective rule,
            List<Figure> figures) {
        static Listing of(ListingView view) {
            return new Listing(
                    view.key().store().value(),
                    view.key().listing(),
                    view.key().variant(),
                    view.sku(),
                    view.title(),
                    view.state().name(),
                    view.stateReason(),
                    view.product() == null ? null : view.product().value(),
                    view.foldedMatch(),
                    RuleViews.Effective.of(view.rule()),
                    view.figures().stream().map(Figure::of).toList());
        }
    }

    record Figure(
            long id,
            String storeLocation,
            boolean mapped,
            Long seen,
            Instant seenAt,
            Long acknowledged,
            Instant acknowledgedAt,
            Long belief,
            Long wanted,
            boolean due,
            String outcome,
            String message,
            Instant retryAt,
            String notSent) {
        static Figure of(ListingView.Figure figure) {
            return new Figure(
                    figure.id(),
                    figure.storeLocation(),
                    figure.mapped(),
                    figure.seen(),
                    figure.seenAt(),
                    figure.acknowledged(),
                    figure.acknowledgedAt(),
                    figure.belief(),
                    figure.wanted(),
                    figure.due(),
                    figure.outcome().name(),
                    figure.message(),
                    figure.retryAt(),
                    figure.notSent());
        }
    }

    record Store(
            String id,
            String name,
            String kind,
            String account,
            String state,
            String explanation,
            boolean syncOn,
            boolean connected,
            Instant firstTurnedOnAt,
            Instant removedAt,
            Instant lastPullAt,
            Instant lastListingPullAt,
            Instant lastPushAt,
            Instant nextRunAt,
            int due,
            int waiting,
            int unknown,
            int parked,
            Long currentRun,
            Long lastRun,
            Long oversellWindowMillis,
            boolean windowAlarm,
            long windowBoundMillis,
            boolean shadow,
            String heldReason,
            int drifting,
            String node,
            Check lastCheck) {
        static Store of(StoreStatus status) {
            return new Store(
                    status.store().id().value(),
                    status.store().name(),
                    status.store().kind(),
                    status.store().account(),
                    status.state().name(),
                    status.explanation(),
                    status.store().syncOn(),
                    status.connected(),
                    status.store().firstTurnedOnAt(),
                    status.store().removedAt(),
                    status.lastPullAt(),
                    status.lastListingPullAt(),
                    status.lastPushAt(),
                    status.nextRunAt(),
                    status.due().ready(),
                    status.due().waiting(),
                    status.due().unknown(),
                    status.due().parked(),
                    status.currentRun() == null ? null : status.currentRun().id(),
                    status.lastRun() == null ? null : status.lastRun().id(),
                    status.oversellWindow() == null
                            ? null
                            : status.oversellWindow().toMillis(),
                    status.windowAlarm(),
                    status.settings().windowBound().toMillis(),
                    status.shadow(),
                    status.heldReason(),
                    status.drifting(),
                    status.node(),
                    status.lastCheck() == null ? null : Check.of(status.lastCheck()));
        }
    }

    record Check(boolean passed, String account, List<Finding> findings) {
        static Check of(CheckReport report) {
            return new Check(
                    report.passed(),
                    report.account(),
                    report.findings().stream()
                            .map(finding -> new Finding(finding.severity().name(), finding.text(), finding.wayOut()))
                            .toList());
        }
    }

    record Finding(String severity, String text, String wayOut) {}

    /** How a store is kept level; what is null is as for all stores. */
    record Keeping(Long intervalSeconds, Drift drift, Boolean shadow, Integer guardShare, Long windowAlarmMillis) {
        static Keeping of(StoreSettings settings) {
            return new Keeping(
                    settings.interval() == null ? null : settings.interval().toSeconds(),
                    settings.drift(),
                    settings.shadow(),
                    settings.guardShare(),
                    settings.windowAlarm() == null
                            ? null
                            : settings.windowAlarm().toMillis());
        }

        StoreSettings settings() {
            return new StoreSettings(
                    intervalSeconds == null ? null : Duration.ofSeconds(intervalSeconds),
                    drift == null ? StoreSettings.DEFAULT.drift() : drift,
                    shadow != null && shadow,
                    guardShare,
                    windowAlarmMillis == null ? null : Duration.ofMillis(windowAlarmMillis));
        }
    }

    /** Where a store stands with its webhooks; {@code traffic} is null where nothing takes them. */
    record Webhooks(String state, String words, List<Subscription> subscriptions, Instant at, Traffic traffic) {
        static Webhooks of(WebhookStatus status, WebhookTraffic.Counts counts) {
            return new Webhooks(
                    status.state().name(),
                    status.words(),
                    status.subscriptions().stream().map(Subscription::of).toList(),
                    status.at(),
                    counts == null ? null : Traffic.of(counts));
        }
    }

    /** What came in by webhooks at the host that answers, since it started. */
    record Traffic(
            long taken,
            long repeated,
            long rejected,
            long turnedAway,
            Instant lastTakenAt,
            Instant lastRejectedAt,
            String lastWords) {
        static Traffic of(WebhookTraffic.Counts counts) {
            return new Traffic(
                    counts.taken(),
                    counts.repeated(),
                    counts.rejected(),
                    counts.turnedAway(),
                    counts.lastTakenAt(),
                    counts.lastRejectedAt(),
                    counts.lastWords());
        }
    }

    record Subscription(String id, String topic, String address, boolean active) {
        static Subscription of(WebhookSubscriptions.Subscription subscription) {
            return new Subscription(
                    subscription.id(),
                    subscription.topic(),
                    subscription.address().toString(),
                    subscription.active());
        }
    }

    record ExchangePage(List<ExchangeView> items, long total, int offset, int limit) {
        static ExchangePage of(Page<Exchange> page) {
            return new ExchangePage(
                    shaped(page, ExchangeView::of),
                    page.total(),
                    page.request().offset(),
                    page.request().limit());
        }
    }

    record ExchangeView(
            Instant at,
            String operation,
            long durationMillis,
            String summary,
            List<ExchangeLine> lines,
            int linesLeftOut,
            String outcome) {
        static ExchangeView of(Exchange exchange) {
            return new ExchangeView(
                    exchange.at(),
                    exchange.operation(),
                    exchange.duration().toMillis(),
                    exchange.summary(),
                    exchange.lines().stream().map(ExchangeLine::of).toList(),
                    exchange.linesLeftOut(),
                    exchange.outcome().name());
        }
    }

    record ExchangeLine(String subject, Long number, Long expected, String words) {
        static ExchangeLine of(Exchange.Line line) {
            return new ExchangeLine(line.subject(), line.number(), line.expected(), line.words());
        }
    }

    record DriftPage(List<DriftView> items, long total, int offset, int limit) {
        static DriftPage of(Page<DriftedFigure> page) {
            return new DriftPage(
                    shaped(page, DriftView::of),
                    page.total(),
                    page.request().offset(),
                    page.request().limit());
        }
    }

    record DriftView(
            long figure,
            String listing,
            String variant,
            String sku,
            String title,
            String storeLocation,
            long believed,
            long shown,
            Instant since,
            Instant seenAt) {
        static DriftView of(DriftedFigure drift) {
            return new DriftView(
                    drift.figure(),
                    drift.listing().listing(),
                    drift.listing().variant(),
                    drift.sku(),
                    drift.title(),
                    drift.storeLocation(),
                    drift.believed(),
                    drift.shown(),
                    drift.since(),
                    drift.seenAt());
        }
    }

    /** Oversell windows that closed within a span of time; without any the times are null. */
    record WindowView(Instant from, long count, Long p50Millis, Long p99Millis, Long maxMillis) {
        static WindowView of(WindowBucket bucket) {
            return new WindowView(
                    bucket.from(), bucket.count(), millis(bucket.p50()), millis(bucket.p99()), millis(bucket.max()));
        }

        private static Long millis(Duration took) {
            return took == null ? null : took.toMillis();
        }
    }

    record RunPage(List<RunView> items, long total, int offset, int limit) {
        static RunPage of(Page<Run> page) {
            return new RunPage(
                    shaped(page, RunView::of),
                    page.total(),
                    page.request().offset(),
                    page.request().limit());
        }
    }

    record RunView(
            long id,
            String store,
            String trigger,
            String actor,
            Instant startedAt,
            Instant endedAt,
            String result,
            List<Phase> phases,
            Run.Counts counts,
            List<String> errors) {
        static RunView of(Run run) {
            return new RunView(
                    run.id(),
                    run.store().value(),
                    run.trigger().name(),
                    run.actor(),
                    run.startedAt(),
                    run.endedAt(),
                    run.result() == null ? null : run.result().name(),
                    run.phases().stream().map(Phase::of).toList(),
                    run.counts(),
                    run.errors());
        }
    }

    record Phase(String kind, Instant startedAt, Instant endedAt, long done, long total) {
        static Phase of(Run.Phase phase) {
            return new Phase(phase.kind().name(), phase.startedAt(), phase.endedAt(), phase.done(), phase.total());
        }
    }
}
