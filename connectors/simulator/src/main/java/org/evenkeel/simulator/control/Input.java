package org.evenkeel.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** What a caller of the control API sent. Every reader names the field that is missing or wrong. */
record Input(Map<String, String> path, Map<String, String> query, JsonNode body) {
    String path(String name) {
        return path.get(name);
    }

    long pathId(String name) {
        return id(path.get(name));
    }

    static long id(String text) {
        // Ids are accepted as the shop's API writes them, too: gid://…/Order/42.
        String digits = text.substring(text.lastIndexOf('/') + 1);
        if (!digits.matches("\\d{1,18}")) {
            throw new IllegalArgumentException("'" + text + "' is no id");
        }
        return Long.parseLong(digits);
    }

    Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    Input with(JsonNode other) {
        return new Input(path, query, other);
    }

    boolean has(String field) {
        return body.hasNonNull(field);
    }

    String text(String field) {
        return optional(field).orElseThrow(() -> new IllegalArgumentException("'" + field + "' is missing"));
    }

    Optional<String> optional(String field) {
        return has(field) ? Optional.of(body.get(field).asText()) : Optional.empty();
    }

    long number(String field) {
        if (!body.path(field).canConvertToLong() || !body.path(field).isIntegralNumber()) {
            throw new IllegalArgumentException("'" + field + "' must be a whole number");
        }
        return body.get(field).longValue();
    }

    int count(String field) {
        return Math.toIntExact(number(field));
    }

    boolean flag(String field, boolean otherwise) {
        return has(field) ? body.get(field).asBoolean() : otherwise;
    }

    <E extends Enum<E>> E choice(Class<E> type, String field) {
        return choice(type, field, text(field));
    }

    static <E extends Enum<E>> E choice(Class<E> type, String field, String text) {
        for (E value : type.getEnumConstants()) {
            if (value.name().equalsIgnoreCase(text)) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                "'" + field + "' is one of " + Arrays.toString(type.getEnumConstants()) + ", not '" + text + "'");
    }
}
