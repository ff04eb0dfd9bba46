package org.evenkeel.ledger.impl;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.evenkeel.accounts.AuditLog;
import org.evenkeel.database.Database;
import org.evenkeel.database.DatabaseException;
import org.evenkeel.ledger.Catalogue;
import org.evenkeel.ledger.InventoryService;
import org.evenkeel.ledger.Journal;
import org.evenkeel.ledger.LaneLeases;
import org.evenkeel.ledger.LedgerListener;
import org.evenkeel.ledger.LedgerListener.Change;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.OrderBook;
import org.evenkeel.ledger.RuleBook;
import org.evenkeel.ledger.RuleImports;
import org.evenkeel.ledger.StoreRegistry;
import org.evenkeel.ledger.impl.rules.RuleAudit;
import org.evenkeel.ledger.impl.rules.RuleImportAudit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the ledger while a database is there and offers its services; when the database goes, so do they. Tells every
 * {@link LedgerListener} after each commit that changed something.
 */
@Component(
        service = {},
        immediate = true)
public final class LedgerComponent {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerComponent.class);

    private final List<LedgerListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicReference<AuditLog> audit = new AtomicReference<>();
    private final Ledger ledger;
    private final Deque<ServiceRegistration<?>> registrations = new ArrayDeque<>();

    /** @throws DatabaseException when the ledger cannot be opened; the component then stays inactive, with that reason */
    @Activate
    public LedgerComponent(BundleContext context, @Reference Database database) {
        this.ledger = Ledger.open(database, Clock.systemUTC(), this::tell);
        register(context, StoreRegistry.class, ledger.stores());
        register(context, Catalogue.class, ledger.catalogue());
        register(context, InventoryService.class, ledger.inventory());
        register(context, Journal.class, ledger.journal());
        register(context, ListingBook.class, ledger.listings());
        register(context, RuleBook.class, new RuleAudit(ledger.rules(), this::audit));
        register(context, RuleImports.class, new RuleImportAudit(ledger.ruleImports(), this::audit));
        register(context, OrderBook.class, ledger.orders());
        register(context, LaneLeases.class, ledger.leases());
    }

    private <T> void register(BundleContext context, Class<T> type, T service) {
        registrations.push(context.registerService(type, service, null));
    }

    /** Without it, changes of rules are not on record there, and happen all the same. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void addAudit(AuditLog log) {
        audit.set(log);
    }

    void removeAudit(AuditLog log) {
        audit.compareAndSet(log, null);
    }

    private Optional<AuditLog> audit() {
        return Optional.ofNullable(audit.get());
    }

    /** A listener that comes after activation is told of commits from then on; they are hints. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addListener(LedgerListener listener) {
        listeners.add(listener);
    }

    void removeListener(LedgerListener listener) {
        listeners.remove(listener);
    }

    private void tell(Change change) {
        for (LedgerListener listener : listeners) {
            try {
                listener.changed(change);
            } catch (RuntimeException e) {
                LOG.warn("A listener of the ledger failed, which changes nothing: {}", listener, e);
            }
        }
    }

    @Deactivate
    void deactivate() {
        while (!registrations.isEmpty()) {
            registrations.pop().unregister();
        }
        ledger.close();
    }
}
