package org.evenkeel.simulator.control;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One thing that can be done.
 *
 * @param method such as {@code POST}
 * @param path with its variable parts in braces
 * @param action makes the answer, which becomes JSON
 */
record Route(String method, String path, Function<Input, Object> action) {
    /** The variable parts of a path that fits; empty where it does not. */
    Optional<Map<String, String>> match(String actual) {
        String[] wanted = path.split("/");
        String[] parts = actual.split("/");
        if (wanted.length != parts.length) {
            return Optional.empty();
        }
        Map<String, String> found = new LinkedHashMap<>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{")) {
                found.put(wanted[i].substring(1, wanted[i].length() - 1), parts[i]);
            } else if (!wanted[i].equals(parts[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(found);
    }
}
