package org.evenkeel.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The stores, their switches and their cursors. Thread-safe; each call is one transaction. */
@ProviderType
public interface StoreRegistry {

    /**
     * Takes note of a store, or that a removed one is back. Idempotent; renames when the name differs.
     *
     * @throws ConflictException when the id was used by a store of another kind
     */
    Store register(StoreId id, String name, String kind, String actor);

    Optional<Store> find(StoreId id);

    /** All stores by name, removed ones last. */
    List<Store> stores();

    /** Takes note of what the store calls itself and of what its figures count. Idempotent. */
    void describe(StoreId id, String account, boolean onHandFigures);

    /**
     * Turns synchronizing on. The first time fixes the moment before which orders are not booked.
     *
     * @param moment now, by the store's clock
     * @param takeOpenOrders the first time: whether open orders placed before the moment are booked too
     */
    Store turnOn(StoreId id, Instant moment, boolean takeOpenOrders, String actor);

    /** Turns synchronizing off. The cursor stays. Idempotent. */
    Store turnOff(StoreId id, String actor);

    /** Marks a store as removed and turns it off. Its history, cursor and id stay. Idempotent. */
    Store remove(StoreId id, String actor);
}
