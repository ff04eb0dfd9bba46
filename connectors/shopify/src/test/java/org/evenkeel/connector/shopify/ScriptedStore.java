package org.evenkeel.connector.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import org.evenkeel.connector.tck.TestCall;

/** A store that answers what a test tells it, operation by operation; the last answer told is given again. */
final class ScriptedStore implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An HTTP answer. */
    record Answer(int status, String body, Map<String, String> headers) {
        static Answer ok(String data) {
            return new Answer(200, "{\"data\":" + data.replace('\'', '"') + "}", Map.of());
        }

        static Answer errors(String code, String message) {
            return new Answer(
                    200,
                    "{\"errors\":[{\"message\":\"" + message + "\",\"extensions\":{\"code\":\"" + code + "\"}}]}",
                    Map.of());
        }

        static Answer status(int status) {
            return new Answer(status, "{\"errors\":\"Words of the store\"}", Map.of());
        }

        Answer with(String header, String value) {
            return new Answer(status, body, Map.of(header, value));
        }
    }

    private final HttpServer server;
    private final Map<String, Queue<Answer>> script = new ConcurrentHashMap<>();
    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
    private final ShopifyConnector connector;

    ScriptedStore() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        connector = new ShopifyConnector(TestConfig.valid()
                .with("shop", "http://127.0.0.1:" + server.getAddress().getPort() + "/shop/")
                .build());
        tell("Scopes", Answer.ok("{'currentAppInstallation':{'accessScopes':[{'handle':'read_all_orders'}]}}"));
    }

    ScriptedStore tell(String operation, Answer... answers) {
        script.put(operation, new ConcurrentLinkedDeque<>(List.of(answers)));
        return this;
    }

    ShopifyConnector connector() {
        return connector;
    }

    TestCall call() {
        return new TestCall(Duration.ofSeconds(10), new TestCall.State());
    }

    /** The bodies of the requests for an operation, in their order. */
    List<JsonNode> requests(String operation) {
        return requests.stream()
                .filter(request -> request.path("operationName").asText().equals(operation))
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = JSON.readTree(exchange.getRequestBody());
            requests.add(request);
            Queue<Answer> answers = script.getOrDefault(
                    request.path("operationName").asText(), new ArrayDeque<>(List.of(Answer.status(500))));
            Answer answer = answers.size() > 1 ? answers.poll() : answers.peek();
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            answer.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        connector.close();
        server.stop(0);
    }
}
