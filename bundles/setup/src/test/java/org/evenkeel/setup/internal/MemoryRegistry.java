package org.evenkeel.setup.internal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.StoreRegistry;

/** The ledger's register of stores, in memory. */
final class MemoryRegistry implements StoreRegistry {

    private final Map<StoreId, Store> stores = new ConcurrentSkipListMap<>();

    @Override
    public Store register(StoreId id, String name, String kind, String actor) {
        return stores.compute(id, (key, known) -> {
            if (known != null && !known.kind().equals(kind)) {
                throw new ConflictException(ConflictException.Reason.EXISTS, id + " was a store of another kind");
            }
            return store(id, name, kind, false);
        });
    }

    private static Store store(StoreId id, String name, String kind, boolean removed) {
        return new Store(id, name, kind, "", Instant.EPOCH, false, null, removed ? Instant.EPOCH : null, null, false);
    }

    @Override
    public Optional<Store> find(StoreId id) {
        return Optional.ofNullable(stores.get(id));
    }

    @Override
    public List<Store> stores() {
        return List.copyOf(stores.values());
    }

    @Override
    public void describe(StoreId id, String account, boolean onHandFigures) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Store turnOn(StoreId id, Instant moment, boolean takeOpenOrders, String actor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Store turnOff(StoreId id, String actor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Store remove(StoreId id, String actor) {
        return stores.computeIfPresent(id, (key, known) -> store(id, known.name(), known.kind(), true));
    }
}
