package org.evenkeel.ledger.impl;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.evenkeel.database.Database;
import org.evenkeel.database.Persistence;
import org.evenkeel.database.PersistenceUnit;
import org.evenkeel.ledger.Catalogue;
import org.evenkeel.ledger.InventoryService;
import org.evenkeel.ledger.Journal;
import org.evenkeel.ledger.LaneLeases;
import org.evenkeel.ledger.LedgerListener.Change;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.OrderBook;
import org.evenkeel.ledger.RuleBook;
import org.evenkeel.ledger.RuleImports;
import org.evenkeel.ledger.StoreRegistry;
import org.evenkeel.ledger.impl.journal.JournalService;
import org.evenkeel.ledger.impl.leases.LeaseEntity;
import org.evenkeel.ledger.impl.leases.LeaseFence;
import org.evenkeel.ledger.impl.leases.Leases;
import org.evenkeel.ledger.impl.leases.TermEntity;
import org.evenkeel.ledger.impl.listings.Listings;
import org.evenkeel.ledger.impl.model.AllocationEntity;
import org.evenkeel.ledger.impl.model.IdempotencyEntity;
import org.evenkeel.ledger.impl.model.LevelEntity;
import org.evenkeel.ledger.impl.model.LocationEntity;
import org.evenkeel.ledger.impl.model.MovementEntity;
import org.evenkeel.ledger.impl.model.OrderEntity;
import org.evenkeel.ledger.impl.model.OrderLineEntity;
import org.evenkeel.ledger.impl.model.ParkedOrderEntity;
import org.evenkeel.ledger.impl.model.ProductEntity;
import org.evenkeel.ledger.impl.model.StoreLocationEntity;
import org.evenkeel.ledger.impl.model.StoreLocationTarget;
import org.evenkeel.ledger.impl.registry.StoreEntity;

/** An open ledger: all of its services over one persistence unit, put together by hand. Needs no framework. Thread-safe. */
public final class Ledger implements AutoCloseable {
    private static final List<Class<?>> ENTITIES = List.of(
            StoreEntity.class,
            LocationEntity.class,
            StoreLocationEntity.class,
            StoreLocationTarget.class,
            ProductEntity.class,
            LevelEntity.class,
            MovementEntity.class,
            OrderEntity.class,
            OrderLineEntity.class,
            AllocationEntity.class,
            ParkedOrderEntity.class,
            IdempotencyEntity.class,
            LeaseEntity.class,
            TermEntity.class);

    private final Persistence persistence;
    private final LedgerTransactions transactions;
    private final Services services;
    private final Journal journal;
    private final LaneLeases leases;

    /**
     * Opens the ledger on a database, and brings its tables up to date.
     *
     * @param clock gives the times of movements
     * @param listeners told after each commit that changed something, on the committing thread; must not throw
     * @throws org.evenkeel.database.DatabaseException when it cannot be opened
     */
    public static Ledger open(Database database, Clock clock, Consumer<Change> listeners) {
        ListingSide side = new Listings(database.vendor());
        List<Class<?>> entities = new ArrayList<>(ENTITIES);
        entities.addAll(side.entities());
        Persistence persistence =
                database.open(new PersistenceUnit("ledger", Ledger.class.getClassLoader(), entities, "db/ledger"));
        return new Ledger(persistence, clock, listeners, side);
    }

    private Ledger(Persistence persistence, Clock clock, Consumer<Change> listeners, ListingSide side) {
        this.persistence = persistence;
        this.transactions = new LedgerTransactions(persistence, clock, listeners);
        this.services = Services.over(transactions, side);
        this.journal = new JournalService(transactions);
        this.leases = new Leases(
                transactions,
                lease -> new LeasedServices(lease, Services.over(transactions.behind(new LeaseFence(lease)), side)));
    }

    public InventoryService inventory() {
        return services.inventory();
    }

    public Catalogue catalogue() {
        return services.catalogue();
    }

    public Journal journal() {
        return journal;
    }

    public OrderBook orders() {
        return services.orders();
    }

    public ListingBook listings() {
        return services.listings();
    }

    public RuleBook rules() {
        return services.rules();
    }

    public RuleImports ruleImports() {
        return services.ruleImports();
    }

    public StoreRegistry stores() {
        return services.stores();
    }

    public LaneLeases leases() {
        return leases;
    }

    LedgerTransactions transactions() {
        return transactions;
    }

    /** Closes the unit; calls under way end with an exception. Idempotent. */
    @Override
    public void close() {
        persistence.close();
    }
}
