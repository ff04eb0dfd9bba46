package org.evenkeel.setup;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A store's present values.
 *
 * @param kind its kind
 * @param name what people call it
 * @param values by attribute id, without secrets
 * @param secretsSet ids of the secret attributes that have a value
 */
public record StoreForm(StoreKind kind, String name, Map<String, List<String>> values, Set<String> secretsSet) {
    public StoreForm {
        values = Map.copyOf(values);
        secretsSet = Set.copyOf(secretsSet);
    }
}
