package org.evenkeel.connector.shopify;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.evenkeel.connector.TransientException;
import org.evenkeel.connector.toolkit.Secret;

/**
 * Posts to one address. Client and threads come with the first request, not with the instance; redirects are not
 * followed, as the token must not travel to another host. Thread-safe.
 */
final class Http implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final URI address;
    private final Secret token;
    private final ExecutorService workers;
    private final Set<CompletableFuture<?>> inFlight = ConcurrentHashMap.newKeySet();
    private HttpClient client;
    private boolean closed;

    Http(Settings settings) {
        this.address = settings.endpoint();
        this.token = settings.token();
        this.workers =
                new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "evenkeel-shopify-" + settings.store());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Posts a body and waits for the whole answer.
     *
     * @param body JSON
     * @param patience how long to wait in all
     * @throws TransientException when nothing was sent for certain
     * @throws UncertainException when it may have been sent
     */
    HttpResponse<byte[]> post(byte[] body, Duration patience) throws TransientException, UncertainException {
        if (patience.isNegative() || patience.isZero()) {
            throw new TransientException("No time was left to ask Shopify.");
        }
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("X-Shopify-Access-Token", token.reveal())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer = start(request);
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new UncertainException("Shopify did not answer within " + patience.toMillis() + " ms.", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new UncertainException("The call was given up before Shopify answered.", e);
        } catch (CancellationException e) {
            throw new UncertainException("The connector was stopped before Shopify answered.", e);
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        } finally {
            inFlight.remove(answer);
        }
    }

    /** Connecting comes before sending; after that nothing is certain. */
    private UncertainException failed(Throwable cause) throws TransientException {
        if (cause instanceof HttpConnectTimeoutException || cause instanceof ConnectException) {
            throw new TransientException(
                    "Cannot connect to " + address.getHost() + ". Check the property shop and the network.", cause);
        }
        if (cause instanceof SSLHandshakeException) {
            throw new TransientException("No secure connection to " + address.getHost() + ".", cause);
        }
        return new UncertainException("The connection to " + address.getHost() + " broke.", cause);
    }

    /** Whatever is started before {@link #close} is cancelled by it. */
    private synchronized CompletableFuture<HttpResponse<byte[]>> start(HttpRequest request) throws TransientException {
        if (closed) {
            throw new TransientException("The connector was stopped.");
        }
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_TIMEOUT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .executor(workers)
                    .build();
        }
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, new LimitedBody());
        inFlight.add(answer);
        return answer;
    }

    /** Ends the threads; a call in flight fails. */
    @Override
    public synchronized void close() {
        closed = true;
        client = null;
        inFlight.forEach(answer -> answer.cancel(true));
        workers.shutdownNow();
    }
}
