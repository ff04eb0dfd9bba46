package org.evenkeel.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.evenkeel.connector.CheckReport;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.StoreSettings;
import org.evenkeel.sync.StoreStatus;

/** A store as it stands on a good day; a test changes what it is about. */
final class Sample {
    static final StoreId HARBOUR = new StoreId("harbour");
    static final Instant NOW = Instant.now();
    StoreStatus.State state = StoreStatus.State.IDLE;
    StoreSettings settings = StoreSettings.DEFAULT;
    String held = "";
    String node = "";
    int drifting;
    boolean alarm;
    boolean on = true;

    StoreStatus status() {
        Store store = new Store(
                HARBOUR, "Harbour Shop", "kind", "harbour.example", NOW, on, on ? NOW : null, null, null, false);
        return new StoreStatus(
                store,
                state,
                words(),
                true,
                new CheckReport("harbour.example", NOW, List.of(), List.of()),
                NOW,
                NOW,
                NOW,
                NOW,
                NOW,
                new ListingBook.DueCount(0, 0, 0, 0, 0, null),
                null,
                null,
                Duration.ofMillis(356),
                alarm,
                settings,
                held,
                drifting,
                node);
    }

    private String words() {
        return (held.isEmpty() ? "" : "Held, nothing is pushed: " + held)
                + (settings.shadow() ? "In shadow: nothing is sent." : "");
    }

    static Run run(Run.Trigger trigger, Run.Counts counts) {
        return new Run(
                23,
                HARBOUR,
                trigger,
                "user:anna",
                NOW,
                NOW.plusMillis(2_300),
                Run.Result.DONE,
                List.of(new Run.Phase(Run.Phase.Kind.ORDERS, NOW, NOW.plusMillis(800), 12, -1)),
                counts,
                List.of());
    }
}
