package org.evenkeel.benchmarks.window;

import java.time.Duration;
import org.evenkeel.sync.internal.lane.Settings;

/** How the sync comes to know of orders. */
enum News {
    /** A webhook tells of each; such stores are not looked at between runs. */
    WEBHOOKS("sync, webhooks", Duration.ZERO),
    /** Orders are looked for between runs, as often as stores are looked at that do not call back. */
    LOOKS("sync, polling", Settings.DEFAULT.orderLook()),
    /** Only full runs pull orders. */
    RUNS("sync, full runs only", Duration.ZERO);

    final String title;
    private final Duration look;

    News(String title, Duration look) {
        this.title = title;
        this.look = look;
    }

    /** Everything sells out here, which would otherwise wait for a person. */
    Settings settings() {
        return Settings.DEFAULT.every(Settings.DEFAULT.interval(), look).guarding(10_000);
    }
}
