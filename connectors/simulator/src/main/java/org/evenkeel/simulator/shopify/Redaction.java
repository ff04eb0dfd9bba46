package org.evenkeel.simulator.shopify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes variables down without what must not be written down. */
final class Redaction {
    private static final Pattern SECRET =
            Pattern.compile("token|secret|password|email|phone|address|customer", Pattern.CASE_INSENSITIVE);
    private static final int LONGEST = 10_000;

    private final ObjectMapper json;

    Redaction(ObjectMapper json) {
        this.json = json;
    }

    String redact(Map<String, Object> variables) {
        try {
            String text = json.writeValueAsString(clean(variables));
            return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        } catch (JsonProcessingException e) {
            return "{}";
        }
    }

    private static Object clean(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> cleaned = new LinkedHashMap<>();
            map.forEach((key, v) ->
                    cleaned.put(key.toString(), SECRET.matcher(key.toString()).find() ? "***" : clean(v)));
            return cleaned;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Redaction::clean).collect(Collectors.toList());
        }
        return value;
    }
}
