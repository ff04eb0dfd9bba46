package org.evenkeel.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What goes back to the caller: an HTTP response, or a connection that breaks. */
public sealed interface Reply {
    /** An HTTP response. */
    record Response(int status, Map<String, String> headers, byte[] body) implements Reply {}

    /** The connection is closed without a word. */
    record Broken() implements Reply {}

    /** The response starts well and stops in the middle of its body. */
    record CutOff(Response response) implements Reply {}

    /** A JSON response. */
    static Response json(int status, String body) {
        return json(status, body.getBytes(StandardCharsets.UTF_8));
    }

    static Response json(int status, byte[] body) {
        return new Response(status, Map.of("Content-Type", "application/json; charset=utf-8"), body);
    }
}
