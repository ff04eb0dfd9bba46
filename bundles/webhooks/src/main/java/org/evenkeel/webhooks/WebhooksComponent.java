package org.evenkeel.webhooks;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.database.Database;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.StoreSync;
import org.evenkeel.sync.WebhookTraffic;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the intake together, tracks the connectors, and opens the door; tries again where a port is taken. */
@Component(service = WebhookTraffic.class, immediate = true, configurationPid = WebhookConfiguration.PID)
@Designate(ocd = WebhookConfiguration.class)
public final class WebhooksComponent implements WebhookTraffic {
    private static final Logger LOG = LoggerFactory.getLogger(WebhooksComponent.class);
    private static final int TRY_AGAIN_SECONDS = 10;
    private static final int KILO = 1024;

    private final Receivers receivers = new Receivers();
    private final Counting counting = new Counting();
    private final WebhookConfiguration configuration;
    private final BundleContext context;
    private final Inbox inbox;
    private final FollowUp followUp;
    private final Intake intake;
    private final ScheduledExecutorService opener;
    private Door door;
    private boolean complained;
    private boolean closed;

    @Activate
    public WebhooksComponent(
            @Reference StoreSync sync,
            @Reference Database database,
            @Reference PublicFace face,
            BundleContext context,
            WebhookConfiguration configuration) {
        InstantSource clock = InstantSource.system();
        this.configuration = configuration;
        this.context = context;
        this.inbox = new Inbox(database, Duration.ofDays(configuration.kept_days()), configuration.kept_events());
        this.followUp = new FollowUp(sync, inbox, clock);
        this.intake = new Intake(
                receivers,
                new KnownStores(
                        () -> sync.stores().stream()
                                .map(status -> status.store().id().value())
                                .collect(Collectors.toSet()),
                        clock),
                new Gate(configuration.at_once()),
                inbox,
                counting,
                new Intake.Surroundings(
                        clock,
                        post -> face.proxies()
                                .origin(post.peer(), name -> post.headers().getOrDefault(name, List.of()))
                                .client(),
                        store -> face.webhooks(new StoreId(store)),
                        followUp::kept),
                configuration.largest_kilobytes() * KILO);
        this.opener = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "evenkeel-webhooks-door");
            made.setDaemon(true);
            return made;
        });
        followUp.start();
        opener.scheduleWithFixedDelay(this::open, 0, TRY_AGAIN_SECONDS, TimeUnit.SECONDS);
    }

    /** Opens the door, unless it is open; says once why it does not open, and tries again. */
    private synchronized void open() {
        if (door != null || closed) {
            return;
        }
        try {
            door = configuration.port() == 0
                    ? new ServletDoor(context, intake)
                    : new OwnPort(configuration.address(), configuration.port(), configuration.at_once(), intake);
            LOG.info("Webhooks come in at {}", door.place());
        } catch (Exception | LinkageError e) {
            if (!complained) {
                complained = true;
                LOG.error(
                        "Webhooks do not come in: {}:{} cannot be listened on ({}). Set another port of {}, or free it;"
                                + " it is tried again every {} s.",
                        configuration.address(),
                        configuration.port(),
                        reason(e),
                        WebhookConfiguration.PID,
                        TRY_AGAIN_SECONDS);
            }
        }
    }

    private static String reason(Throwable failure) {
        return failure.getCause() == null
                ? failure.getMessage()
                : failure.getCause().getMessage();
    }

    /** The door first, so that nothing new comes in. */
    @Deactivate
    void close() {
        opener.shutdownNow();
        synchronized (this) {
            closed = true;
            if (door != null) {
                door.close();
            }
        }
        followUp.close();
        inbox.close();
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(" + StoreConnector.STORE + "=*)")
    void addConnector(StoreConnector connector, Map<String, Object> properties) {
        receivers.add(String.valueOf(properties.get(StoreConnector.STORE)), connector);
    }

    void removeConnector(StoreConnector connector, Map<String, Object> properties) {
        receivers.remove(String.valueOf(properties.get(StoreConnector.STORE)), connector);
    }

    @Override
    public Counts counts(StoreId store) {
        return counting.counts(store);
    }
}
