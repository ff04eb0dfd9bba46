package org.evenkeel.ledger.impl.registry;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.LedgerListener.Change;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.StoreRegistry;
import org.evenkeel.ledger.impl.LedgerTransactions;
import org.evenkeel.ledger.impl.Texts;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.posting.FigureMarks;
import org.hibernate.LockMode;

/** The stores. Thread-safe. */
public final class Registry implements StoreRegistry {
    private final LedgerTransactions transactions;
    private final FigureMarks marks;

    public Registry(LedgerTransactions transactions, FigureMarks marks) {
        this.transactions = transactions;
        this.marks = marks;
    }

    @Override
    public Store register(StoreId id, String name, String kind, String actor) {
        String readable = Texts.readable(name.strip(), 255);
        if (readable.isEmpty()) {
            throw new InvalidInputException("name", "A store has a name.");
        }
        return transactions.run(tx -> {
            StoreEntity store = tx.session().get(StoreEntity.class, id.value(), LockMode.PESSIMISTIC_WRITE);
            if (store == null) {
                return created(tx, id, readable, kind, actor);
            }
            if (!store.kind.equals(kind)) {
                throw new ConflictException(
                        ConflictException.Reason.EXISTS,
                        "The id " + id + " belongs to a store of another kind (" + store.kind
                                + ") and keeps its history; choose another id.");
            }
            return update(tx, store, row -> {
                row.name = readable;
                row.removedAt = null;
            });
        });
    }

    private static Store created(Tx tx, StoreId id, String name, String kind, String actor) {
        StoreEntity store = new StoreEntity();
        store.id = id.value();
        store.name = name;
        store.kind = Texts.readable(kind, 255);
        store.account = "";
        store.createdAt = tx.now();
        store.createdBy = Texts.readable(actor, 255);
        tx.session().insert(store);
        tell(tx, id.value());
        return view(store);
    }

    @Override
    public Optional<Store> find(StoreId id) {
        return transactions.read(tx -> Optional.ofNullable(tx.session().get(StoreEntity.class, id.value()))
                .map(Registry::view));
    }

    @Override
    public List<Store> stores() {
        return transactions.read(tx -> tx.session()
                .createSelectionQuery(
                        "from Store s order by case when s.removedAt is null then 0 else 1 end, lower(s.name), s.id",
                        StoreEntity.class)
                .getResultStream()
                .map(Registry::view)
                .toList());
    }

    @Override
    public void describe(StoreId id, String account, boolean onHandFigures) {
        transactions.run(tx -> {
            StoreEntity store = locked(tx, id);
            boolean another = store.onHandFigures != onHandFigures;
            update(tx, store, row -> {
                row.account = Texts.readable(account, 255);
                row.onHandFigures = onHandFigures;
            });
            if (another) {
                // Every number there means something else now.
                marks.mappingChanged(tx, id.value());
            }
            return null;
        });
    }

    @Override
    public Store turnOn(StoreId id, Instant moment, boolean takeOpenOrders, String actor) {
        Objects.requireNonNull(moment, "moment");
        return change(id, store -> {
            if (store.removedAt != null) {
                throw new ConflictException(
                        ConflictException.Reason.STATE, "The store " + id + " was removed; add it again first.");
            }
            if (store.firstTurnedOnAt == null) {
                store.firstTurnedOnAt = moment.truncatedTo(ChronoUnit.MICROS);
                store.takeOpenOrders = takeOpenOrders;
            }
            store.syncOn = true;
        });
    }

    @Override
    public Store turnOff(StoreId id, String actor) {
        return change(id, store -> store.syncOn = false);
    }

    @Override
    public Store remove(StoreId id, String actor) {
        return transactions.run(tx -> {
            StoreEntity store = locked(tx, id);
            return update(tx, store, row -> {
                row.syncOn = false;
                row.removedAt = row.removedAt == null ? tx.now() : row.removedAt;
            });
        });
    }

    private Store change(StoreId id, Consumer<StoreEntity> change) {
        return transactions.run(tx -> update(tx, locked(tx, id), change));
    }

    private static StoreEntity locked(Tx tx, StoreId id) {
        StoreEntity store = tx.session().get(StoreEntity.class, id.value(), LockMode.PESSIMISTIC_WRITE);
        if (store == null) {
            throw new NotFoundException("There is no store " + id + ".");
        }
        return store;
    }

    /** Writes, and tells, only what differs. */
    private static Store update(Tx tx, StoreEntity store, Consumer<StoreEntity> change) {
        Store before = view(store);
        change.accept(store);
        Store after = view(store);
        if (!after.equals(before)) {
            tx.session().update(store);
            tell(tx, store.id);
        }
        return after;
    }

    private static void tell(Tx tx, String store) {
        tx.changes().kinds(Change.Kind.STORES);
        tx.changes().stores(List.of(store));
    }

    static Store view(StoreEntity store) {
        return new Store(
                new StoreId(store.id),
                store.name,
                store.kind,
                store.account,
                store.createdAt,
                store.syncOn,
                store.firstTurnedOnAt,
                store.removedAt,
                store.orderCursor,
                store.onHandFigures);
    }
}
