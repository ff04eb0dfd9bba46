package org.evenkeel.dashboard;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.setup.StoreForm;
import org.evenkeel.setup.StoreKind;

/**
 * What stands in the fields of a store's form.
 *
 * @param values by attribute id, without secrets
 * @param secretsSet which secrets have a value already
 */
public record StoreFields(Map<String, List<String>> values, Set<String> secretsSet) {
    private static final String PREFIX = "attribute.";

    /** A new store's: the connector's defaults. */
    static StoreFields fresh(StoreKind kind) {
        Map<String, List<String>> values = new HashMap<>();
        kind.attributes().forEach(attribute -> values.put(attribute.id(), attribute.defaults()));
        return new StoreFields(values, Set.of());
    }

    /** A store's present ones. */
    static StoreFields present(StoreForm form) {
        return new StoreFields(form.values(), form.secretsSet());
    }

    /** What was typed, without the secrets: they are never sent back. */
    static StoreFields typed(StoreKind kind, HttpServletRequest request) {
        Map<String, List<String>> values = new HashMap<>();
        kind.attributes().stream()
                .filter(attribute -> attribute.type() != StoreKind.Type.SECRET)
                .forEach(attribute -> values.put(attribute.id(), parameter(request, attribute)));
        return new StoreFields(values, Set.of());
    }

    /** What is to be saved: everything typed, and secrets only where something was typed. */
    Map<String, List<String>> changed(HttpServletRequest request) {
        Map<String, List<String>> changed = new HashMap<>(values);
        request.getParameterMap().forEach((name, typed) -> {
            String id = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : "";
            if (!id.isEmpty() && !changed.containsKey(id) && !typed[0].isEmpty()) {
                changed.put(id, List.of(typed[0]));
            }
        });
        return changed;
    }

    /** The text in a field. */
    public String text(StoreKind.Attribute attribute) {
        return String.join("\n", values.getOrDefault(attribute.id(), List.of()));
    }

    /** Whether a choice is taken. */
    public boolean has(StoreKind.Attribute attribute, String value) {
        return values.getOrDefault(attribute.id(), List.of()).contains(value);
    }

    private static List<String> parameter(HttpServletRequest request, StoreKind.Attribute attribute) {
        String[] typed = request.getParameterValues(PREFIX + attribute.id());
        if (attribute.type() == StoreKind.Type.BOOLEAN) {
            return List.of(Boolean.toString(typed != null));
        }
        if (typed == null) {
            return List.of();
        }
        return Arrays.stream(typed)
                .flatMap(value -> attribute.many() ? value.lines() : java.util.stream.Stream.of(value))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }
}
