package org.evenkeel.database;

import java.util.List;
import java.util.Objects;

/**
 * What a bundle keeps: its entities and the migrations of its tables.
 *
 * <p>Migrations are Flyway scripts on the class path of {@code loader}, in {@code <migrations>/derby} and
 * {@code <migrations>/postgresql}.
 *
 * @param name short and lower case; it names the unit's history table ({@code <name>_schema_history}) and its logger
 * @param loader the class loader of the bundle that owns the entities
 * @param entities the annotated classes, in no particular order
 * @param migrations the class path folder that holds one folder per vendor, without leading or trailing slash
 */
public record PersistenceUnit(String name, ClassLoader loader, List<Class<?>> entities, String migrations) {
    public PersistenceUnit {
        if (!name.matches("[a-z][a-z_]{0,20}")) {
            throw new IllegalArgumentException("A persistence unit's name is 1 to 21 of a-z and _, not: " + name);
        }
        Objects.requireNonNull(loader, "loader");
        Objects.requireNonNull(migrations, "migrations");
        entities = List.copyOf(entities);
    }
}
