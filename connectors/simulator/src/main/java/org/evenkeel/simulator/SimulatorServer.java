package org.evenkeel.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP side: loopback only, one thread for each call, as a call may hang. */
final class SimulatorServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SimulatorServer.class);
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";
    private static final int LARGEST_BODY = 10 * 1024 * 1024;

    private final HttpServer server;
    private final ExecutorService threads;
    private final Router router;

    private SimulatorServer(HttpServer server, ExecutorService threads, Router router) {
        this.server = server;
        this.threads = threads;
        this.router = router;
    }

    static SimulatorServer start(int port, Router router) throws IOException {
        answerAtOnce();
        InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
        HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
        AtomicInteger count = new AtomicInteger();
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "simulator-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        SimulatorServer started = new SimulatorServer(server, threads, router);
        server.setExecutor(threads);
        server.createContext("/", started::handle);
        server.start();
        return started;
    }

    /**
     * The JDK's server sends head and body of an answer apart and lets the second wait for the receipt of the first:
     * 40 ms for each call. Only a system property, read when its first server is made, stops that.
     */
    private static void answerAtOnce() {
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) {
        // Closing an exchange that got no response breaks its connection: that is how a dropped call looks.
        try (exchange) {
            Reply reply = router.answer(read(exchange));
            if (reply instanceof Reply.Response response) {
                send(exchange, response);
            } else if (reply instanceof Reply.CutOff cutOff) {
                sendHalf(exchange, cutOff.response());
            }
        } catch (IOException e) {
            LOG.debug("The caller is gone", e);
        } catch (RuntimeException e) {
            LOG.error("Call to {} failed", exchange.getRequestURI().getPath(), e);
        }
    }

    private static Call read(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw new IOException("Body larger than " + LARGEST_BODY + " bytes");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        URI uri = exchange.getRequestURI();
        return new Call(exchange.getRequestMethod(), uri.getPath(), query(uri.getRawQuery()), headers, body);
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            query.put(decode(equals < 0 ? pair : pair.substring(0, equals)), decode(pair.substring(equals + 1)));
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, Reply.Response response) throws IOException {
        response.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(response.status(), response.body().length == 0 ? -1 : response.body().length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(response.body());
        }
    }

    private static void sendHalf(HttpExchange exchange, Reply.Response response) throws IOException {
        byte[] half = new byte[response.body().length / 2];
        System.arraycopy(response.body(), 0, half, 0, half.length);
        send(exchange, new Reply.Response(response.status(), response.headers(), half));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("A call did not end within 5 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
