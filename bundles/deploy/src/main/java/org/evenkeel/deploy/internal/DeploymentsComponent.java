package org.evenkeel.deploy.internal;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.evenkeel.accounts.AuditLog;
import org.evenkeel.deploy.DeployedJar;
import org.evenkeel.deploy.Deployments;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the deploy folder once a second and after each event of a bundle, and logs what has changed, also to the audit log.
 *
 * <p>One thread of its own does all the looking; callers get the last result.
 */
@Component(immediate = true)
public final class DeploymentsComponent implements Deployments {
    private static final Logger LOG = LoggerFactory.getLogger(DeploymentsComponent.class);
    private static final long INTERVAL_MILLIS = 1_000;
    private static final long STOP_LIMIT_MILLIS = 2_000;

    private final BundleContext context;
    private final DeployFolder folder;
    private final ScheduledExecutorService executor;
    private final BundleListener listener;
    private final DeployLog deployLog = new DeployLog(Clock.systemUTC(), LOG::info, LOG::warn);
    private final DeployAudit deployAudit;
    private final AtomicReference<AuditLog> audit = new AtomicReference<>();
    private volatile List<DeployedJar> jars = List.of();

    @Activate
    public DeploymentsComponent(BundleContext context) {
        this.context = context;
        Path path = Path.of(context.getProperty("evenkeel.data")).resolve("deploy");
        folder = new DeployFolder(path, new Judge(context), Clock.systemUTC());
        deployAudit = new DeployAudit(path, Clock.systemUTC());
        executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "evenkeel-deployments");
            thread.setDaemon(true);
            return thread;
        });
        listener = event -> lookSoon();
    }

    @Activate
    void start() {
        executor.scheduleWithFixedDelay(this::look, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        context.addBundleListener(listener);
    }

    @Deactivate
    void stop() throws InterruptedException {
        context.removeBundleListener(listener);
        // Not at once: an entry of the audit log that is being written is written whole.
        executor.shutdown();
        if (!executor.awaitTermination(STOP_LIMIT_MILLIS, TimeUnit.MILLISECONDS)) {
            executor.shutdownNow();
        }
    }

    /** It needs the database, and may come late or never; jars are watched without it too. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindAudit(AuditLog log) {
        audit.set(log);
    }

    void unbindAudit(AuditLog log) {
        audit.compareAndSet(log, null);
    }

    @Override
    public List<DeployedJar> jars() {
        return jars;
    }

    private void lookSoon() {
        try {
            executor.execute(this::look);
        } catch (RejectedExecutionException stopping) {
            // an event that was under way when the component stopped
        }
    }

    /** Nothing may escape: the executor would never look again. */
    private void look() {
        try {
            jars = folder.look();
            deployLog.look(jars);
            Optional.ofNullable(audit.get()).ifPresent(log -> deployAudit.look(jars, log));
        } catch (RuntimeException e) {
            LOG.warn("Could not look at the deploy folder", e);
        }
    }
}
