package org.evenkeel.simulator.shopify;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What goes back to the caller.
 *
 * @param body the JSON object
 * @param outcome {@code OK} or the code of the first error, for the log
 */
record AdminAnswer(Map<String, Object> body, String outcome) {
    /** An answer without data. */
    static AdminAnswer errors(List<Map<String, Object>> errors, Map<String, Object> extensions) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("errors", errors);
        if (extensions != null) {
            body.put("extensions", extensions);
        }
        Map<?, ?> first = (Map<?, ?>) errors.get(0).get("extensions");
        return new AdminAnswer(body, first.get("code").toString());
    }

    static AdminAnswer error(Map<String, Object> error, Map<String, Object> extensions) {
        return errors(List.of(error), extensions);
    }
}
