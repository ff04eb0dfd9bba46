package org.evenkeel.webhooks;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A webhook without a door. */
record Letter(String store, String text, long length) implements Post {

    Letter(String store, String text) {
        this(store, text, text.length());
    }

    @Override
    public String peer() {
        return "192.0.2.7";
    }

    @Override
    public Map<String, List<String>> headers() {
        return Map.of();
    }

    @Override
    public InputStream body() {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
