package org.evenkeel.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.database.testing.TestDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A port of their own, over HTTP. */
@Timeout(60)
class OwnPortTest {
    private static final int LARGEST = 1000;

    private static final AtomicInteger TESTS = new AtomicInteger();
    private static TestDatabase database;
    private static Inbox inbox;

    private final String event = "order e" + TESTS.incrementAndGet();
    private final ConcurrentLinkedQueue<String> kept = new ConcurrentLinkedQueue<>();
    private final Counting counting = new Counting();
    private final HttpClient http = HttpClient.newHttpClient();
    private Intake intake;
    private OwnPort door;

    @BeforeEach
    void open() throws Exception {
        Receivers receivers = new Receivers();
        receivers.add("one", new FakeReceiver().connector());
        intake = new Intake(
                receivers,
                new KnownStores(() -> Set.of("away"), InstantSource.system()),
                new Gate(16),
                inbox,
                counting,
                new Intake.Surroundings(
                        InstantSource.system(),
                        Post::peer,
                        id -> Optional.empty(),
                        (store, figures) -> kept.add(store)),
                LARGEST);
        door = new OwnPort("127.0.0.1", 0, 16, intake);
    }

    @AfterEach
    void close() {
        door.close();
    }

    @BeforeAll
    static void openDatabase() {
        database = TestDatabases.derby();
        inbox = new Inbox(database.database(), Duration.ofDays(7), 100_000);
    }

    @AfterAll
    static void closeDatabase() {
        inbox.close();
        database.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return http.send(
                request(path).POST(BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void webhooksComeInAndNothingElseIsThere() throws Exception {
        assertThat(post("/webhooks/one", event).statusCode()).isEqualTo(200);
        assertThat(kept).containsExactly("one");
        assertThat(post("/webhooks/one", "forged").statusCode()).isEqualTo(401);
        assertThat(post("/webhooks/stranger", event).statusCode()).isEqualTo(404);
        assertThat(post("/webhooks/one/more", event).statusCode()).isEqualTo(404);
        for (String path :
                List.of("/", "/login", "/api/stores", "/system/console", "/webhooks", "/webhooks/../login")) {
            assertThat(post(path, "").statusCode()).as(path).isIn(400, 404);
        }
        HttpResponse<String> read =
                http.send(request("/webhooks/one").GET().build(), HttpResponse.BodyHandlers.ofString());
        assertThat(read.statusCode()).isEqualTo(405);
        assertThat(read.headers().firstValue("Allow")).contains("POST");
        assertThat(read.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void whoIsToComeAgainIsToldWhen() throws Exception {
        HttpResponse<String> away = post("/webhooks/away", event);
        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(away.headers().firstValue("Retry-After")).contains("30");
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedWithOrWithoutItsLength() throws Exception {
        String large = "order " + "x".repeat(LARGEST * 50);
        assertThat(post("/webhooks/one", large).statusCode()).isEqualTo(413);
        HttpRequest chunked = request("/webhooks/one")
                .POST(BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))))
                .build();
        assertThat(http.send(chunked, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(413);
    }

    @Test
    void aFloodIsAnsweredAndLeavesGenuineOnesTheirTurn() throws Exception {
        List<CompletableFuture<Integer>> flood = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            flood.add(http.sendAsync(
                            request("/webhooks/one")
                                    .POST(BodyPublishers.ofString("forged " + i))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .handle((response, failure) -> failure == null ? response.statusCode() : 0));
        }
        int status = 0;
        for (int tries = 0; tries < 1_000 && status != 200; tries++) {
            status = post("/webhooks/one", event).statusCode();
        }
        assertThat(status).isEqualTo(200);
        assertThat(flood.stream().map(CompletableFuture::join))
                .allMatch(answer -> Set.of(0, 401, 429, 503).contains(answer));
        assertThat(kept).containsExactly("one");
    }

    @Test
    void aTakenPortIsToldAndLeavesNothingBehind() {
        assertThatThrownBy(() -> new OwnPort("127.0.0.1", door.port(), 16, intake))
                .hasStackTraceContaining("Address already in use");
    }

    @Test
    void whoSendsHalfABodyAndWaitsHoldsUpNobody() throws Exception {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            Socket socket = new Socket("127.0.0.1", door.port());
            OutputStream out = socket.getOutputStream();
            out.write("POST /webhooks/one HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\norder"
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            slow.add(socket);
        }
        assertThat(post("/webhooks/one", event).statusCode()).isEqualTo(200);
        for (Socket socket : slow) {
            socket.close();
        }
    }
}
