package org.evenkeel.webhooks;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A port on which webhooks come in and nothing else is served: a server of its own on the Jetty that is here anyway. That
 * nothing else can be reached here is so by construction, not by a rule that somebody must keep, and a flood uses up the
 * threads and connections of this port, not those of the pages.
 */
final class OwnPort implements Door {
    private static final int HEADER_BYTES = 16 * 1024;
    private static final int IDLE_MILLIS = 10_000;
    private static final int STOP_MILLIS = 2_000;
    private static final int SLOWEST_BYTES_A_SECOND = 256;
    private static final int MOST_CONNECTIONS = 2_000;
    private static final int MOST_WAITING = 512;
    private static final int IDLE_MILLIS_WHEN_FULL = 1_000;
    private static final int THREADS_BESIDES = 6;

    private final Server server;
    private final ServerConnector connector;

    /**
     * Opens the port.
     *
     * @param port 0 for any free one
     * @param atOnce how many webhooks are at work at once
     * @throws Exception as Jetty fails, most likely because the port is taken
     */
    OwnPort(String address, int port, int atOnce, Intake intake) throws Exception {
        QueuedThreadPool threads = new QueuedThreadPool(atOnce + THREADS_BESIDES, 2, IDLE_MILLIS);
        threads.setName("evenkeel-webhooks-port");
        threads.setDaemon(true);
        server = new Server(threads);
        server.setStopTimeout(STOP_MILLIS);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setMinRequestDataRate(SLOWEST_BYTES_A_SECOND);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(address);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setAcceptQueueSize(MOST_WAITING);
        server.addConnector(connector);
        NetworkConnectionLimit limit = new NetworkConnectionLimit(MOST_CONNECTIONS, server);
        limit.setEndPointIdleTimeout(IDLE_MILLIS_WHEN_FULL);
        server.addBean(limit);
        server.setHandler(new Webhooks(intake));
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    /** The port that was opened. */
    int port() {
        return connector.getLocalPort();
    }

    @Override
    public String place() {
        return PATH + " at " + connector.getHost() + ":" + port() + ", and nothing else there";
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            // It stops all the same; what was inside is answered or broken off.
            server.destroy();
        }
    }

    /** Hands requests to the intake. */
    private static final class Webhooks extends Handler.Abstract {
        private final Intake intake;

        Webhooks(Intake intake) {
            this.intake = intake;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            String path = Request.getPathInContext(request);
            Answer answer;
            if (!path.startsWith(PATH)) {
                answer = Answer.NOBODY;
            } else if (!request.getMethod().equals("POST")) {
                answer = Answer.NOT_POST;
            } else {
                answer = intake.take(new JettyPost(request, path.substring(PATH.length())));
            }
            answer(answer, response, callback);
            return true;
        }

        private static void answer(Answer answer, Response response, Callback callback) {
            response.setStatus(answer.status());
            if (answer == Answer.NOT_POST) {
                response.getHeaders().put(HttpHeader.ALLOW, "POST");
            }
            if (answer == Answer.REJECTED || answer == Answer.NOBODY) {
                // Who is not a store keeps no connection.
                response.getHeaders().put(HttpHeader.CONNECTION, "close");
            }
            if (answer.retryAfter() != null) {
                response.getHeaders()
                        .put(
                                HttpHeader.RETRY_AFTER,
                                Long.toString(answer.retryAfter().toSeconds()));
            }
            if (!answer.words().isEmpty()) {
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
            }
            response.write(true, BufferUtil.toBuffer(answer.words(), StandardCharsets.UTF_8), callback);
        }
    }

    private record JettyPost(Request request, String store) implements Post {
        @Override
        public String peer() {
            return Request.getRemoteAddr(request);
        }

        @Override
        public long length() {
            return request.getLength();
        }

        @Override
        public Map<String, List<String>> headers() {
            Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            request.getHeaders()
                    .getFieldNamesCollection()
                    .forEach(name -> headers.put(name, request.getHeaders().getValuesList(name)));
            return headers;
        }

        @Override
        public InputStream body() {
            return Request.asInputStream(request);
        }
    }
}
