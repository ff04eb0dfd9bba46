package org.evenkeel.itests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The way of one host to the simulated shops: takes note of when it calls which shop. */
final class Door implements AutoCloseable {
    private static final Set<String> OWN = Set.of("host", "connection", "content-length", "http2-settings", "upgrade");
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String host;
    private final URI shops;
    private final List<Visit> visits;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /**
     * A call into a shop.
     *
     * @param host who called
     * @param began when it arrived, in nanoseconds
     * @param ended when the shop had answered
     */
    record Visit(String host, String shop, long began, long ended) {}

    private Door(String host, URI shops, List<Visit> visits, HttpServer server) {
        this.host = host;
        this.shops = shops;
        this.visits = visits;
        this.server = server;
    }

    /** @param visits where the visits of all hosts are noted, in the order in which they end */
    static Door of(String host, URI shops, CopyOnWriteArrayList<Visit> visits) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        Door door = new Door(host, shops, visits, server);
        server.setExecutor(door.threads);
        server.createContext("/", door::pass);
        server.start();
        return door;
    }

    String address(String shop) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + shop;
    }

    private void pass(HttpExchange exchange) throws IOException {
        long began = System.nanoTime();
        try (exchange) {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            shops.resolve(exchange.getRequestURI().toString()))
                    .method(
                            exchange.getRequestMethod(),
                            HttpRequest.BodyPublishers.ofByteArray(
                                    exchange.getRequestBody().readAllBytes()));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            HttpResponse<byte[]> answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            String shop = exchange.getRequestURI().getPath().split("/")[1];
            visits.add(new Visit(host, shop, began, System.nanoTime()));
            answer.headers()
                    .firstValue("Content-Type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
