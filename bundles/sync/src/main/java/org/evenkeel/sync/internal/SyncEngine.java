package org.evenkeel.sync.internal;

import java.util.Optional;
import java.util.function.Supplier;
import org.evenkeel.accounts.AuditLog;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.ledger.LedgerListener;
import org.evenkeel.sync.StoreSync;
import org.evenkeel.sync.SyncListener;
import org.evenkeel.sync.internal.kept.SyncRecords;
import org.evenkeel.sync.internal.lane.LaneServices;

/**
 * The sync put together: lanes, wake-ups, and what people ask of them. It owns no thread and reads no clock of its own; both
 * are given, so that the very same engine runs in a host and in virtual time. Thread-safe.
 */
public final class SyncEngine implements LedgerListener, AutoCloseable {
    private final LaneServices services;
    private final Notifications notifications;
    private final LaneRegistry lanes;
    private final Wakeups wakeups;
    private final StoreSync sync;

    /**
     * Starts: runs that an earlier end left open are recorded as interrupted. Lanes appear with their connectors.
     *
     * @param services what lanes are given; its runs are kept by {@code records}
     * @param audit where it is written who did what; empty while there is no such log
     */
    public SyncEngine(LaneServices services, SyncRecords records, Supplier<Optional<AuditLog>> audit) {
        this.services = services;
        records.interruptOpen(services.clock().instant());
        notifications = new Notifications(services.clock(), services.scheduler());
        lanes = new LaneRegistry(services, records, notifications);
        wakeups = new Wakeups(
                services.clock(),
                services.scheduler(),
                services.settings().coalescing(),
                lanes::wake,
                lanes::storeChanged);
        sync = new Syncing(
                services.clock(),
                services.ledger().stores(),
                records,
                lanes,
                new StatusView(services.clock(), services.ledger().listings(), records, lanes),
                new WebhookView(services.callbacks()),
                audit);
    }

    /** What people can ask of it. */
    public StoreSync sync() {
        return sync;
    }

    /**
     * A connector's service appeared. Returns at once.
     *
     * @param id the store's id, as the service says it; refused in words when it is none
     * @param name the name that people gave the store
     * @param kind which connector it is
     */
    public void appeared(Object id, StoreConnector connector, String name, String kind) {
        lanes.appeared(id, new LaneRegistry.Present(connector, name, kind));
    }

    /** A connector's service vanished. The call under way is cancelled before this returns. */
    public void vanished(StoreConnector connector) {
        lanes.vanished(connector);
    }

    /** The ledger changed: lanes wake a moment later. Returns at once. */
    @Override
    public void changed(Change change) {
        wakeups.changed(change);
    }

    /** Where stores are to call back changed: those that are on are told, each by its lane. Returns at once. */
    public void callbacksChanged() {
        services.scheduler().schedule(services.clock().instant(), lanes::callbacksChanged);
    }

    void add(SyncListener listener) {
        notifications.add(listener);
    }

    void remove(SyncListener listener) {
        notifications.remove(listener);
    }

    /** Stops the lanes; nothing new begins afterwards. */
    @Override
    public void close() {
        lanes.close();
    }
}
