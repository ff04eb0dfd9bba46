package org.evenkeel.sync.internal.lane;

import java.util.List;
import java.util.function.Consumer;
import org.evenkeel.connector.Capabilities;
import org.evenkeel.connector.CheckReport;
import org.evenkeel.connector.RateLimitedException;
import org.evenkeel.sync.internal.call.CallResult;

/** Checks the store, remembers the report, and takes note of the store's name and locations. */
final class StoreCheck implements Activity {
    private final Scope scope;
    private final Consumer<CheckReport> told;
    private final boolean byHand;
    private boolean done;

    /**
     * @param byHand whether a person waits for it: then a failure to ask is a finding rather than the lane's trouble
     * @param told given the report
     */
    StoreCheck(Scope scope, boolean byHand, Consumer<CheckReport> told) {
        this.scope = scope;
        this.byHand = byHand;
        this.told = told;
    }

    @Override
    public Next next() {
        if (done) {
            return Next.DONE;
        }
        return new Next.Calling<CheckReport>(
                "check", Transcript.check(), call -> scope.connector.check(call), this::take, this::failed);
    }

    private void take(CheckReport report) {
        done = true;
        remember(report);
        if (!report.account().isEmpty()) {
            boolean onHand = scope.can.meaning() == Capabilities.Meaning.ON_HAND;
            scope.ledger.stores().describe(scope.store, report.account(), onHand);
        }
        if (!report.locations().isEmpty()) {
            scope.ledger
                    .catalogue()
                    .reportStoreLocations(scope.store, new Border(scope.store, account -> null).locations(report));
        }
        report.findings().stream()
                .filter(finding -> finding.severity() == CheckReport.Severity.ERROR)
                .forEach(finding -> scope.run.error(finding.text() + " " + finding.wayOut()));
        told.accept(report);
    }

    private boolean failed(CallResult.Trouble<CheckReport> trouble) {
        if (!byHand) {
            return false;
        }
        done = true;
        CheckReport report = new CheckReport(
                "",
                null,
                List.of(),
                List.of(new CheckReport.Finding(CheckReport.Severity.ERROR, trouble.words(), wayOut(trouble))));
        remember(report);
        told.accept(report);
        return true;
    }

    private static String wayOut(CallResult.Trouble<CheckReport> trouble) {
        if (trouble instanceof CallResult.Failed<CheckReport> failed) {
            return failed.failure() instanceof RateLimitedException limited
                    ? "Check again in " + Math.max(1, limited.retryAfter().toSeconds()) + " s."
                    : "Mend it and check again.";
        }
        return trouble instanceof CallResult.Bug
                ? "This is a bug of the connector; the log has the details."
                : "Check the address and the network, then check again.";
    }

    private void remember(CheckReport report) {
        scope.memory.change(state -> {
            state.check = report;
            state.checkedAt = scope.now();
        });
    }
}
