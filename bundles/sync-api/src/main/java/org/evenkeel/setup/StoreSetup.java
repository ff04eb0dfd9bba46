package org.evenkeel.setup;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenkeel.ledger.StoreId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Stores as configurations. A store is a factory configuration {@code <kind>~<store id>} of its connector, kept in one file
 * under {@code <data>/stores}, whoever edits it. Secrets go to {@code <data>/secrets} and stand in the configuration as
 * {@code $[secret:…]}. Thread-safe.
 */
@ProviderType
public interface StoreSetup {

    /** The kinds of stores that can be added now: connectors whose bundle is there, by name. */
    List<StoreKind> kinds();

    /** One kind; empty when its connector is away. */
    Optional<StoreKind> kind(String pid);

    /**
     * Saves a new store as a draft: its instance becomes active, synchronizing is off.
     *
     * @param kind the connector's factory PID
     * @param name what people call it; the id is made from it
     * @param values the form's values by attribute id
     * @throws org.evenkeel.ledger.InvalidInputException when a value is not what the attribute takes
     * @throws org.evenkeel.ledger.NotFoundException when there is no such kind
     */
    StoreId create(String kind, String name, Map<String, List<String>> values, String actor);

    /**
     * Changes a store's name and values. A secret attribute left out keeps its secret.
     *
     * @throws org.evenkeel.ledger.NotFoundException when there is no such store or its connector is away
     */
    void update(StoreId store, String name, Map<String, List<String>> values, String actor);

    /** Removes a store's configuration and secrets; its id and history stay in the ledger. Idempotent. */
    void remove(StoreId store, String actor);

    /** The values of a store's form; secrets are shown only as "set" or not. Empty when there is no configuration. */
    Optional<StoreForm> form(StoreId store);

    /** Why a store's instance is not active, in words; empty when it is. */
    Optional<String> activationFailure(StoreId store);
}
