package org.evenkeel.connector;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A webhook as it came in. Immutable. */
public final class WebhookRequest {
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final URI address;
    private final byte[] body;

    /**
     * @param headers the request's headers
     * @param body the raw body, byte by byte as it was signed
     */
    public WebhookRequest(Map<String, List<String>> headers, byte[] body) {
        this(null, headers, body);
    }

    /**
     * @param address where the store was told to call, for those that sign it with the body; null when the host does not know
     * @param headers the request's headers
     * @param body the raw body, byte by byte as it was signed
     */
    public WebhookRequest(URI address, Map<String, List<String>> headers, byte[] body) {
        this.address = address;
        this.headers.putAll(headers);
        this.body = body.clone();
    }

    /** Where the store was told to call: the host's public address of it, never what the request itself claims. */
    public Optional<URI> address() {
        return Optional.ofNullable(address);
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
