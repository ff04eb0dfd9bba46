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
     * @param values the form's values by attribute id; of an attribute that is left out or blank the connector's default
     *     holds, so that an unticked box must be given as {@code false}. A secret may be a place where it is found, such as
     *     {@code $[env:SHOP_TOKEN]}
     * @throws org.evenkeel.ledger.InvalidInputException when a value is not what the attribute takes; its field is the
     *     attribute's id, or {@code name}
     * @throws org.evenkeel.ledger.NotFoundException when there is no such kind
     */
    StoreId create(String kind, String name, Map<String, List<String>> values, String actor);

    /**
     * Changes a store's name and values. A secret attribute that is left out or blank keeps its secret; one given as an
     * empty list loses it. Properties that are not on the form stay as they are.
     *
     * @throws org.evenkeel.ledger.InvalidInputException as {@link #create}
     * @throws org.evenkeel.ledger.NotFoundException when there is no such store or its connector is away
     */
    void update(StoreId store, String name, Map<String, List<String>> values, String actor);

    /** Removes a store's configuration and secrets; its id and history stay in the ledger. Idempotent. */
    void remove(StoreId store, String actor);

    /** The values of a store's form; secrets are shown only as "set" or not. Empty when there is no configuration. */
    Optional<StoreForm> form(StoreId store);

    /**
     * Why a store's instance is not active, or cannot work because a secret is missing, in words and without secrets; empty
     * when all is well, and for a store that was removed or never was.
     */
    Optional<String> activationFailure(StoreId store);
}
