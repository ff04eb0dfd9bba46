package org.evenkeel.connector;

import java.util.Objects;

/**
 * A place of the store that has figures of its own.
 *
 * @param id the store's id of it
 * @param name the store's name of it
 * @param writable whether figures there may be set (a fulfilment service's may not)
 */
public record StoreLocation(String id, String name, boolean writable) {

    /** The id that a store without locations uses for its only place. */
    public static final String ONLY = "only";

    public StoreLocation {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
    }
}
