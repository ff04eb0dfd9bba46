package org.evenkeel.accounts.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.evenkeel.accounts.AuditLog;
import org.hibernate.StatelessSession;
import org.hibernate.query.SelectionQuery;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The audit log as a table, bounded by age and number. Thread-safe. */
@Component(service = AuditLog.class, configurationPid = AuditConfiguration.PID)
@Designate(ocd = AuditConfiguration.class)
public final class DatabaseAuditLog implements AuditLog {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseAuditLog.class);
    private static final int LARGEST_PAGE = 1_000;
    private static final String MATCHES = " where lower(a.actor) like :text escape '!'"
            + " or lower(a.action) like :text escape '!' or lower(a.subject) like :text escape '!'";

    private final AccountsUnit unit;
    private final Duration age;
    private final long most;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor broom;

    @Activate
    public DatabaseAuditLog(@Reference AccountsUnit unit, AuditConfiguration configuration) {
        this(
                unit,
                Duration.ofDays(configuration.retention_days()),
                configuration.retention_entries(),
                Clock.systemUTC());
        broom.scheduleWithFixedDelay(this::sweepGuarded, 1, 60, TimeUnit.MINUTES);
    }

    DatabaseAuditLog(AccountsUnit unit, Duration age, long most, Clock clock) {
        if (age.toDays() < 1 || most < 1) {
            throw new IllegalArgumentException("The audit log must be kept for at least a day and an entry");
        }
        this.unit = unit;
        this.age = age;
        this.most = most;
        this.clock = clock;
        this.broom = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "evenkeel-audit-retention");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Deactivate
    public void close() {
        Bounded.close(broom);
    }

    @Override
    public void record(String actor, String action, String subject, String detail) {
        AuditEntity entry = new AuditEntity();
        entry.recordedAt = clock.instant();
        entry.actor = AuditText.fit(actor, AuditText.ACTOR);
        entry.action = AuditText.fit(action, AuditText.ACTION);
        entry.subject = AuditText.fit(subject, AuditText.SUBJECT);
        entry.detail = AuditText.fit(detail, AuditText.DETAIL);
        try {
            unit.call(session -> session.insert(entry));
        } catch (RuntimeException e) {
            LOG.error(
                    "Not in the audit log, because the database refused: {} {} {} {}",
                    entry.actor,
                    entry.action,
                    entry.subject,
                    entry.detail,
                    e);
        }
    }

    @Override
    public List<Entry> entries(String text, int offset, int limit) {
        return unit.call(session -> filtered(
                        session, "select a from Audit a", text, " order by a.id desc", AuditEntity.class)
                .setFirstResult(Math.max(0, offset))
                .setMaxResults(Math.max(0, Math.min(limit, LARGEST_PAGE)))
                .getResultList()
                .stream()
                .map(AuditEntity::entry)
                .toList());
    }

    @Override
    public long count(String text) {
        return unit.call(session -> filtered(session, "select count(a) from Audit a", text, "", Long.class)
                .getSingleResult());
    }

    private static <T> SelectionQuery<T> filtered(
            StatelessSession session, String select, String text, String order, Class<T> type) {
        String wanted = text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
        if (wanted.isEmpty()) {
            return session.createSelectionQuery(select + order, type);
        }
        return session.createSelectionQuery(select + MATCHES + order, type)
                .setParameter("text", "%" + wanted.replaceAll("([!%_])", "!$1") + "%");
    }

    private void sweepGuarded() {
        try {
            sweep();
        } catch (RuntimeException e) {
            LOG.warn("Old entries of the audit log could not be deleted; tried again in an hour", e);
        }
    }

    /** Deletes what is too old and what is too much. */
    void sweep() {
        Instant oldest = clock.instant().minus(age);
        unit.call(session -> session.createMutationQuery("delete from Audit a where a.recordedAt < :oldest")
                .setParameter("oldest", oldest)
                .executeUpdate());
        unit.call(session -> {
            List<Long> surplus = session.createSelectionQuery("select a.id from Audit a order by a.id desc", Long.class)
                    .setFirstResult(Math.toIntExact(Math.min(most, Integer.MAX_VALUE)))
                    .setMaxResults(1)
                    .getResultList();
            return surplus.isEmpty()
                    ? 0
                    : session.createMutationQuery("delete from Audit a where a.id <= :id")
                            .setParameter("id", surplus.get(0))
                            .executeUpdate();
        });
    }
}
