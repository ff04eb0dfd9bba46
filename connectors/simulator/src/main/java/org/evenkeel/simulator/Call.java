package org.evenkeel.simulator;

import java.util.Map;
import java.util.TreeMap;

/**
 * An HTTP request as a protocol sees it.
 *
 * @param method such as {@code POST}
 * @param path decoded, with its leading slash
 * @param query decoded parameters of the query string
 * @param headers by name, without regard to case
 * @param body raw bytes, empty where there are none
 */
public record Call(String method, String path, Map<String, String> query, Map<String, String> headers, byte[] body) {
    public Call {
        Map<String, String> folded = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        folded.putAll(headers);
        headers = folded;
        query = Map.copyOf(query);
    }

    /** The header of that name, or null. */
    public String header(String name) {
        return headers.get(name);
    }
}
