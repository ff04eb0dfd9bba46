package org.evenkeel.connector;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A webhook as it came in. Immutable. */
public final class WebhookRequest {
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final byte[] body;

    /**
     * @param headers the request's headers
     * @param body the raw body, byte by byte as it was signed
     */
    public WebhookRequest(Map<String, List<String>> headers, byte[] body) {
        this.headers.putAll(headers);
        this.body = body.clone();
    }

    /** The first value of a header, by name without regard to case. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** A copy of the raw body. */
    public byte[] body() {
        return body.clone();
    }

    @Override
    public String toString() {
        return "WebhookRequest[" + body.length + " bytes, #" + Arrays.hashCode(body) + "]";
    }
}
