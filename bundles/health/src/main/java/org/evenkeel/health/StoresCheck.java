package org.evenkeel.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.evenkeel.sync.StoreStatus;
import org.evenkeel.sync.StoreSync;
import org.evenkeel.sync.WebhookStatus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Whether the stores are kept level, told from the age of what their lanes last completed and never from "is running".
 * A store that is off, a draft or removed has no health.
 */
@Component(
        service = HealthCheck.class,
        configurationPid = StoresCheck.PID,
        property = {"hc.name=Stores are level", "hc.tags=evenkeel", "hc.tags=stores"})
@Designate(ocd = StoresCheck.Settings.class)
public final class StoresCheck implements HealthCheck {
    static final String PID = "org.evenkeel.health.stores";

    /** How old is too old. */
    @ObjectClassDefinition(
            name = "Evenkeel: health of the stores",
            description = "From which age of the last complete order pull a store counts as late, and as failed.")
    public @interface Settings {
        @AttributeDefinition(name = "Late after, in minutes", description = "A warning from this age on.", min = "1")
        int late_minutes() default 20;

        @AttributeDefinition(name = "Failed after, in minutes", description = "Critical from this age on.", min = "1")
        int failed_minutes() default 60;
    }

    private final StoreSync sync;
    private final Duration late;
    private final Duration failed;

    @Activate
    public StoresCheck(@Reference StoreSync sync, Settings settings) {
        this.sync = sync;
        this.late = Duration.ofMinutes(settings.late_minutes());
        this.failed = Duration.ofMinutes(settings.failed_minutes());
    }

    @Override
    public Result execute() {
        FormattingResultLog log = new FormattingResultLog();
        List<StoreStatus> stores = sync.stores();
        judge(stores, Instant.now(), log);
        on(stores).forEach(status -> judgeWebhooks(status, log));
        return new Result(log);
    }

    void judge(List<StoreStatus> stores, Instant now, FormattingResultLog log) {
        log.info("{} of {} stores are turned on.", on(stores).size(), stores.size());
        on(stores).forEach(status -> judge(status, now, log));
    }

    private static List<StoreStatus> on(List<StoreStatus> stores) {
        return stores.stream().filter(status -> status.store().syncOn()).toList();
    }

    private void judge(StoreStatus status, Instant now, FormattingResultLog log) {
        String name = status.store().name();
        switch (status.state()) {
            case STOPPED, QUARANTINED, AWAY -> log.critical("{}: {}", name, words(status));
            default -> judgeAge(status, now, log);
        }
        if (status.due().parked() > 0) {
            log.warn(
                    "{}: {} figures are refused by the store.",
                    name,
                    status.due().parked());
        }
        judgeWhatWaits(status, log);
    }

    /** What a person should look at though the store is read in time. */
    private static void judgeWhatWaits(StoreStatus status, FormattingResultLog log) {
        String name = status.store().name();
        if (!status.heldReason().isEmpty()) {
            log.warn("{}: held, nothing is sent until a plan releases it. {}", name, status.heldReason());
        }
        if (status.windowAlarm()) {
            log.warn("{}: units sold there stayed on sale elsewhere for longer than the alarm allows.", name);
        }
        if (status.drifting() > 0) {
            log.warn("{}: {} figures were changed there and wait for a person.", name, status.drifting());
        }
        if (status.shadow()) {
            log.info("{}: in shadow, nothing is sent.", name);
        }
        if (!status.node().isEmpty()) {
            log.info("{}: served by {}.", name, status.node());
        }
    }

    /** A store without webhooks is polled, and as well as it can be; one whose webhooks fail is not. */
    private void judgeWebhooks(StoreStatus status, FormattingResultLog log) {
        WebhookStatus webhooks = sync.webhooks(status.store().id());
        if (webhooks.state() == WebhookStatus.State.TROUBLE) {
            log.warn("{}: webhooks: {}", status.store().name(), webhooks.words());
        }
    }

    private void judgeAge(StoreStatus status, Instant now, FormattingResultLog log) {
        String name = status.store().name();
        Instant last = status.lastPullAt();
        if (last == null) {
            log.warn("{}: its orders have not been read in full yet. {}", name, status.explanation());
            return;
        }
        Duration age = Duration.between(last, now);
        if (age.compareTo(failed) >= 0) {
            log.critical("{}: orders were last read {} minutes ago. {}", name, age.toMinutes(), status.explanation());
        } else if (age.compareTo(late) >= 0) {
            log.warn("{}: orders were last read {} minutes ago. {}", name, age.toMinutes(), status.explanation());
        } else {
            log.info(
                    "{}: orders were read {} s ago, {} figures are due.",
                    name,
                    age.toSeconds(),
                    status.due().ready());
        }
    }

    private static String words(StoreStatus status) {
        return status.explanation().isEmpty() ? status.state().name() : status.explanation();
    }
}
