package org.evenkeel.shell;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.evenkeel.connector.CheckReport;
import org.evenkeel.ledger.LedgerException;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.RefreshKind;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.StoreStatus;
import org.evenkeel.sync.StoreSync;
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
            "osgi.command.function=resume",
            "osgi.command.function=turnOff"
        })
public final class StoreCommands {
    private static final String ACTOR = "user:shell";
    private static final int RUNS = 10;
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
        return said(() -> sync.runs(new StoreId(store), new PageRequest(0, RUNS)).items().stream()
                .map(StoreCommands::line)
                .collect(Collectors.joining("\n")));
    }

    /** Asks a store, and tells what was found. */
    public String check(String store) {
        return said(() -> {
            CheckReport report =
                    sync.check(new StoreId(store), ACTOR).toCompletableFuture().join();
            return report.findings().stream()
                    .map(finding -> "%-8s %s %s".formatted(finding.severity(), finding.text(), finding.wayOut()))
                    .collect(Collectors.joining("\n"));
        });
    }

    /** Listings and orders in, then inventory out. */
    public String refresh(String store) {
        return said(() -> "Run " + sync.refresh(new StoreId(store), RefreshKind.NORMAL, ACTOR));
    }

    /** Lets a stopped lane try again. */
    public String resume(String store) {
        return said(() -> {
            sync.resume(new StoreId(store), ACTOR);
            return "It tries again.";
        });
    }

    /** Turns synchronizing off. */
    public String turnOff(String store) {
        return said(() -> {
            sync.turnOff(new StoreId(store), ACTOR);
            return "It is off. Its cursor stays.";
        });
    }

    private static String said(java.util.function.Supplier<String> command) {
        try {
            return command.get();
        } catch (LedgerException refused) {
            return refused.getMessage();
        } catch (CompletionException failed) {
            return String.valueOf(failed.getCause().getMessage());
        }
    }

    private static String line(StoreStatus status) {
        return "%-20s %-12s due %-5d last pull %-25s %s"
                .formatted(
                        status.store().id(),
                        status.state(),
                        status.due().ready(),
                        status.lastPullAt() == null ? "never" : status.lastPullAt(),
                        status.explanation());
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
