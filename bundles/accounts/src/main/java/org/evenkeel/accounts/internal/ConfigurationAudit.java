package org.evenkeel.accounts.internal;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Dictionary;
import java.util.HexFormat;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.evenkeel.accounts.AuditLog;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that a configuration was changed, by whatever way (a form, the Web Console, an editor), never what it says.
 *
 * <p>Every start reads all configurations anew from their files. Only those that differ from what was last seen are a
 * change, which also finds those that were edited while Evenkeel was down.
 */
@Component(service = ConfigurationListener.class)
public final class ConfigurationAudit implements ConfigurationListener {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationAudit.class);
    private static final String ACTOR = "configuration";
    private static final int LONGEST_PID = 200;
    private static final int MOST_WAITING = 10_000;

    private final ConfigurationAdmin configurations;
    private final AccountsUnit unit;
    private final AuditLog audit;
    private final SecureRandom random = new SecureRandom();
    private final ThreadPoolExecutor worker;

    @Activate
    public ConfigurationAudit(
            @Reference ConfigurationAdmin configurations, @Reference AccountsUnit unit, @Reference AuditLog audit) {
        this.configurations = configurations;
        this.unit = unit;
        this.audit = audit;
        // One thread, so that changes are recorded in their order; the caller's thread delivers to everybody else too.
        this.worker = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                work -> {
                    Thread thread = new Thread(work, "evenkeel-configuration-audit");
                    thread.setDaemon(true);
                    return thread;
                },
                (work, executor) -> LOG.debug("A change of configuration came too late to be recorded"));
        worker.execute(() -> guarded("all", this::lookAtAll));
    }

    @Deactivate
    public void close() {
        Bounded.close(worker);
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        String pid = event.getPid();
        switch (event.getType()) {
            case ConfigurationEvent.CM_UPDATED -> worker.execute(() -> guarded(pid, () -> look(pid, false)));
            case ConfigurationEvent.CM_DELETED -> worker.execute(() -> guarded(pid, () -> deleted(pid)));
            default -> {
                // A changed location says nothing about what is configured.
            }
        }
    }

    private interface Work {
        void run() throws IOException, InvalidSyntaxException;
    }

    private static void guarded(String pid, Work work) {
        try {
            work.run();
        } catch (IOException | InvalidSyntaxException | RuntimeException e) {
            LOG.warn("A change of the configuration {} could not be looked at for the audit log", pid, e);
        }
    }

    private void lookAtAll() throws IOException, InvalidSyntaxException {
        boolean baseline = unit.call(
                        session -> session.createSelectionQuery("select count(s) from ConfigurationSeen s", Long.class)
                                .getSingleResult())
                == 0;
        Configuration[] all = configurations.listConfigurations(null);
        if (all != null) {
            for (Configuration one : all) {
                if (worker.isShutdown() && !baseline) {
                    return; // The next start looks at the rest; half a baseline would make it see changes in it.
                }
                look(one.getPid(), baseline);
            }
        }
    }

    private void look(String pid, boolean baseline) throws IOException, InvalidSyntaxException {
        Configuration[] found = configurations.listConfigurations("(service.pid=" + escape(pid) + ")");
        Dictionary<String, Object> properties = found == null ? null : found[0].getProperties();
        if (properties == null) {
            return;
        }
        String action = note(shorten(pid), properties);
        if (!action.isEmpty() && !baseline) {
            audit.record(ACTOR, action, pid, "");
        }
    }

    /** Keeps what was seen; returns what that was, or nothing when it was seen before. */
    private String note(String pid, Dictionary<String, Object> properties) {
        return unit.call(session -> {
            ConfigurationSeenEntity seen = session.get(ConfigurationSeenEntity.class, pid);
            if (seen != null && seen.digest.equals(ConfigurationDigest.of(properties, seen.salt))) {
                return "";
            }
            ConfigurationSeenEntity now = new ConfigurationSeenEntity();
            now.pid = pid;
            now.salt = salt();
            now.digest = ConfigurationDigest.of(properties, now.salt);
            if (seen == null) {
                session.insert(now);
                return "configuration.added";
            }
            session.update(now);
            return "configuration.changed";
        });
    }

    private void deleted(String pid) {
        boolean known =
                unit.call(session -> session.createMutationQuery("delete from ConfigurationSeen s where s.pid = :pid")
                                .setParameter("pid", shorten(pid))
                                .executeUpdate())
                        > 0;
        if (known) {
            audit.record(ACTOR, "configuration.deleted", pid, "");
        }
    }

    private String salt() {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        return HexFormat.of().formatHex(salt);
    }

    private static String shorten(String pid) {
        return pid.length() <= LONGEST_PID ? pid : pid.substring(0, LONGEST_PID);
    }

    private static String escape(String value) {
        return value.replaceAll("([\\\\*()])", "\\\\$1");
    }
}
