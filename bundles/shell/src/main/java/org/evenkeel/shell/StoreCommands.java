package org.evenkeel.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenkeel.connector.CheckReport;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Drift;
import org.evenkeel.sync.DriftedFigure;
import org.evenkeel.sync.Exchange;
import org.evenkeel.sync.RefreshKind;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.StoreStatus;
import org.evenkeel.sync.StoreSync;
import org.evenkeel.sync.WebhookStatus;
import org.evenkeel.sync.WindowBucket;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What an administrator asks of the stores: {@code evenkeel:stores}, {@code evenkeel:refresh one}, … */
@Component(
        service = StoreCommands.class,
        property = {
            "osgi.command.scope=evenkeel",
            "osgi.command.function=stores",
            "osgi.command.function=runs",
            "osgi.command.function=check",
            "osgi.command.function=refresh",
            "osgi.command.function=exchanges",
            "osgi.command.function=hold",
            "osgi.command.function=holdAll",
            "osgi.command.function=drifts",
            "osgi.command.function=settle",
            "osgi.command.function=window",
            "osgi.command.function=webhooks",
            "osgi.command.function=resume",
            "osgi.command.function=turnOff"
        })
public final class StoreCommands {
    private static final int RUNS = 10;
    private static final int EXCHANGES = 100;
    private final StoreSync sync;

    @Activate
    public StoreCommands(@Reference StoreSync sync) {
        this.sync = sync;
    }

    /** All stores with their states. */
    public String stores() {
        List<StoreStatus> stores = sync.stores();
        return stores.isEmpty()
                ? "There is no store yet. Add one on the page under Stores."
                : stores.stream().map(StoreCommands::line).collect(Collectors.joining("\n"));
    }

    /** The last runs of a store. */
    public String runs(String store) {
        return Shell.said(() -> sync.runs(new StoreId(store), new PageRequest(0, RUNS)).items().stream()
                .map(StoreCommands::line)
                .collect(Collectors.joining("\n")));
    }

    /** Asks a store, and tells what was found. */
    public String check(String store) {
        return Shell.said(() -> {
            CheckReport report = sync.check(new StoreId(store), Shell.ACTOR)
                    .toCompletableFuture()
                    .join();
            return report.findings().stream()
                    .map(finding -> "%-8s %s %s".formatted(finding.severity(), finding.text(), finding.wayOut()))
                    .collect(Collectors.joining("\n"));
        });
    }

    /** Listings and orders in, then inventory out. */
    public String refresh(String store) {
        return refresh(store, RefreshKind.NORMAL.name());
    }

    /** The same of a kind: normal; hard, which compares every listing with a read-back; or dry, which sends nothing. */
    public String refresh(String store, String kind) {
        return Shell.said(() ->
                "Run " + sync.refresh(new StoreId(store), Shell.choice(RefreshKind.class, "kind", kind), Shell.ACTOR));
    }

    /** What a run asked of its store, sent there and got back; of a dry one, what it would send. */
    public String exchanges(long run) {
        return Shell.said(() -> {
            Page<Exchange> page = sync.exchanges(run, new PageRequest(0, EXCHANGES));
            String lines = page.items().stream().map(StoreCommands::line).collect(Collectors.joining("\n"));
            return page.items().isEmpty() ? "Nothing is kept of it." : lines + more(page);
        });
    }

    /** Holds a store: it is read, and nothing is sent until a plan releases it. */
    public String hold(String store, String reason) {
        return Shell.said(() -> {
            sync.hold(Set.of(new StoreId(store)), reason, Shell.ACTOR);
            return "It is held: nothing is sent. Release it by: plan " + store + " release";
        });
    }

    /** Holds all stores that were ever turned on. */
    public String holdAll(String reason) {
        return Shell.said(() -> {
            sync.hold(Set.of(), reason, Shell.ACTOR);
            return "All stores are held: nothing is sent to them until a plan releases each.";
        });
    }

    /** Figures that somebody changed in a store, and that wait for a person. */
    public String drifts(String store) {
        return Shell.said(() -> {
            Page<DriftedFigure> page = sync.drifts(new StoreId(store), new PageRequest(0, PageRequest.MAX_LIMIT));
            String lines = page.items().stream()
                    .map(drift -> "%-10d %-24s should be %-7d shows %-7d since %s"
                            .formatted(drift.figure(), drift.sku(), drift.believed(), drift.shown(), drift.since()))
                    .collect(Collectors.joining("\n"));
            return page.items().isEmpty() ? "None waits." : lines + more(page);
        });
    }

    /** Decides about some of them: overwrite or adopt. */
    public String settle(String store, String decision, long... figures) {
        return Shell.said(() -> {
            Set<Long> chosen = Arrays.stream(figures).boxed().collect(Collectors.toSet());
            List<String> refused = sync.settleDrift(
                    new StoreId(store), chosen, Shell.choice(Drift.class, "decision", decision), Shell.ACTOR);
            return refused.isEmpty() ? "Settled." : String.join("\n", refused);
        });
    }

    /** How long sold units stayed on sale elsewhere: the last 24 hours, hour by hour. */
    public String window(String store) {
        return Shell.said(() -> {
            Instant now = Instant.now();
            List<WindowBucket> hours =
                    sync.windows(new StoreId(store), now.minus(Duration.ofDays(1)), now, Duration.ofHours(1));
            String lines = hours.stream()
                    .filter(hour -> hour.count() > 0)
                    .map(hour -> "%s  orders %-6d half within %-8d 99 of 100 within %-8d longest %-8d ms"
                            .formatted(
                                    hour.from().truncatedTo(ChronoUnit.SECONDS),
                                    hour.count(),
                                    hour.p50().toMillis(),
                                    hour.p99().toMillis(),
                                    hour.max().toMillis()))
                    .collect(Collectors.joining("\n"));
            return lines.isEmpty() ? "No order went through to the other stores in the last 24 hours." : lines;
        });
    }

    /** Where a store stands with its webhooks. */
    public String webhooks(String store) {
        return Shell.said(() -> {
            WebhookStatus status = sync.webhooks(new StoreId(store));
            return status.state() + ": " + status.words();
        });
    }

    /** Lets a stopped lane try again. */
    public String resume(String store) {
        return Shell.said(() -> {
            sync.resume(new StoreId(store), Shell.ACTOR);
            return "It tries again.";
        });
    }

    /** Turns synchronizing off. */
    public String turnOff(String store) {
        return Shell.said(() -> {
            sync.turnOff(new StoreId(store), Shell.ACTOR);
            return "It is off. Its cursor stays.";
        });
    }

    private static String line(StoreStatus status) {
        return "%-20s %-12s due %-5d last pull %-25s %s"
                .formatted(
                        status.store().id(),
                        status.state(),
                        status.due().ready(),
                        status.lastPullAt() == null ? "never" : status.lastPullAt(),
                        Stream.of(
                                        status.shadow() ? "shadow" : "",
                                        status.windowAlarm() ? "window alarm" : "",
                                        status.drifting() > 0 ? status.drifting() + " changed there" : "",
                                        status.node().isEmpty() ? "" : "served by " + status.node(),
                                        status.explanation().contains(status.heldReason())
                                                ? ""
                                                : "held: " + status.heldReason(),
                                        status.explanation())
                                .filter(words -> !words.isEmpty())
                                .collect(Collectors.joining("; ")));
    }

    private static String line(Exchange exchange) {
        String lines = exchange.lines().stream()
                .map(line -> "\n    %-32s %8s %s"
                        .formatted(line.subject(), line.number() == null ? "" : line.number(), line.words()))
                .collect(Collectors.joining());
        return "%s %-12s %-9s %6d ms  %s%s"
                .formatted(
                        exchange.at().truncatedTo(ChronoUnit.MILLIS),
                        exchange.operation(),
                        exchange.outcome(),
                        exchange.duration().toMillis(),
                        exchange.summary(),
                        lines);
    }

    private static String more(Page<?> page) {
        return page.hasMore() ? "\n… " + (page.total() - page.items().size()) + " more" : "";
    }

    private static String line(Run run) {
        return "%-6d %-13s %-25s %-12s pushed %-5d orders %-5d %s"
                .formatted(
                        run.id(),
                        run.trigger(),
                        run.startedAt(),
                        run.result() == null ? "under way" : run.result(),
                        run.counts().pushed(),
                        run.counts().orders(),
                        run.errors().isEmpty()
                                ? ""
                                : run.errors().get(run.errors().size() - 1));
    }
}
