package org.evenkeel.connector.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.evenkeel.connector.ConfigurationException;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.connector.ListingId;
import org.evenkeel.connector.PushBatch;
import org.evenkeel.connector.PushOutcome;
import org.evenkeel.connector.RateLimitedException;
import org.evenkeel.connector.TransientException;
import org.evenkeel.connector.shopify.ScriptedStore.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table from Shopify's refusals to consequences, for reading and for pushing. */
class FailuresTest {
    private static final PushBatch BATCH = new PushBatch(
            "key-1",
            List.of(new PushBatch.Item(
                    new FigureTarget(
                            new ListingId("p", "v"), "gid://shopify/InventoryItem/1", "gid://shopify/Location/1"),
                    "SKU",
                    5,
                    null)));

    private ScriptedStore store;

    @BeforeEach
    void open() throws IOException {
        store = new ScriptedStore();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 400, 401, 402, 403, 404, 406, 423})
    void whatOnlyAPersonCanMendStopsTheLane(int status) {
        answerAll(Answer.status(status));
        assertThat(readFailure()).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(this::push).isInstanceOf(ConfigurationException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 500, 502, 503, 504, 520})
    void theStoresOwnFailurePassesAndLeavesAPushUnknown(int status) throws ConnectorException {
        answerAll(Answer.status(status));
        assertThat(readFailure()).isInstanceOf(TransientException.class);
        assertThat(push()).isInstanceOf(PushOutcome.Unknown.class);
    }

    @Test
    void tooManyRequestsTellTheWait() {
        answerAll(Answer.status(429).with("Retry-After", "3.0"));
        assertThat(readFailure())
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(3)));
        assertThatThrownBy(this::push).isInstanceOf(RateLimitedException.class);
    }

    @Test
    void requestsTakenForAnAttackRestAMinute() {
        answerAll(Answer.status(430));
        assertThat(readFailure())
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofMinutes(1)));
    }

    @Test
    void tooManyRequestsWithoutAWaitTakeADefault() {
        answerAll(Answer.status(429));
        assertThat(readFailure())
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(2)));
    }

    @ParameterizedTest
    @CsvSource({
        "THROTTLED, RateLimitedException",
        "MAX_COST_EXCEEDED, RateLimitedException",
        "ACCESS_DENIED, ConfigurationException",
        "SHOP_INACTIVE, ConfigurationException",
        "BAD_REQUEST, ConfigurationException",
        "INVALID_VARIABLE, ConfigurationException",
        "undefinedField, ConfigurationException"
    })
    void topLevelErrorsMeanThatNothingWasDone(String code, String consequence) {
        answerAll(Answer.errors(code, "Words of the store"));
        assertThat(readFailure().getClass().getSimpleName()).isEqualTo(consequence);
        assertThat(catchThrowable(this::push).getClass().getSimpleName()).isEqualTo(consequence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INTERNAL_SERVER_ERROR", "TIMEOUT"})
    void butTheStoresOwnFailureMayComeAfterTheDeed(String code) throws ConnectorException {
        answerAll(Answer.errors(code, "Words of the store"));
        assertThat(readFailure()).isInstanceOf(TransientException.class);
        assertThat(push()).isInstanceOf(PushOutcome.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>Bad gateway</html>", "[]", "{}", "{\"data\":null}", "{\"data\":{\"in"})
    void anAnswerThatMakesNoSensePassesAndLeavesAPushUnknown(String body) throws ConnectorException {
        answerAll(new Answer(200, body, Map.of()));
        assertThat(readFailure()).isInstanceOf(TransientException.class);
        assertThat(push()).isInstanceOf(PushOutcome.Unknown.class);
    }

    @Test
    void theStoresWordsAreToldWithoutTheToken() {
        answerAll(Answer.errors("BAD_REQUEST", "Token " + TestConfig.TOKEN + " is not welcome"));
        assertThat(readFailure())
                .hasMessageContaining("Token *** is not welcome")
                .hasMessageContaining("apiVersion");
    }

    @Test
    void whereNobodyListensNothingWasSentForCertain() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        ShopifyConnector nobody = new ShopifyConnector(
                TestConfig.valid().with("shop", "http://127.0.0.1:" + free).build());
        try {
            assertThatThrownBy(() -> nobody.push(BATCH, store.call()))
                    .isInstanceOf(TransientException.class)
                    .hasMessageContaining("Cannot connect");
        } finally {
            nobody.close();
        }
    }

    @Test
    void aStoppedConnectorSendsNothing() {
        store.connector().close();
        assertThatThrownBy(this::push).isInstanceOf(TransientException.class).hasMessageContaining("stopped");
    }

    private void answerAll(Answer answer) {
        store.tell("SetFigures", answer).tell("ReadBack", answer);
    }

    private Throwable readFailure() {
        return catchThrowable(
                () -> store.connector().readBack(List.of(BATCH.items().get(0).target()), store.call()));
    }

    private PushOutcome push() throws ConnectorException {
        return store.connector().push(BATCH, store.call()).get(0);
    }
}
