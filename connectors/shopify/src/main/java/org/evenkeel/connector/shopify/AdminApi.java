package org.evenkeel.connector.shopify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.evenkeel.connector.Call;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.RateLimitedException;
import org.evenkeel.connector.toolkit.RateBudget;
import org.evenkeel.connector.toolkit.RetryAfter;
import org.evenkeel.connector.toolkit.Urgency;

/** Shopify's GraphQL Admin API for one shop: one budget, one model of costs, one table of failures. Thread-safe. */
final class AdminApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Http http;
    private final Failures failures;
    private final RateBudget budget;
    private final CostModel costs = new CostModel();

    /** @param budget what all who speak to this shop may spend together */
    AdminApi(Settings settings, RateBudget budget) {
        this.budget = budget;
        this.http = new Http(settings);
        this.failures = new Failures(settings.token());
    }

    /**
     * What the store answered.
     *
     * @param data of the operation, not null
     * @param at the store's clock; null when it does not tell
     * @param version the API version that served it; empty when it does not tell
     */
    record Answer(JsonNode data, Instant at, String version) {}

    CostModel costs() {
        return costs;
    }

    Failures failures() {
        return failures;
    }

    /**
     * Sends one operation.
     *
     * @param spent what the present call has spent already, in points; it is spent again when the call is repeated
     * @param urgency what is calm leaves half of the budget
     * @throws ConnectorException when the operation took no effect
     * @throws UncertainException when it may have
     */
    Answer send(Request request, double spent, Urgency urgency, Call call)
            throws ConnectorException, UncertainException {
        double expected = costs.expected(request.operation(), request.cost());
        try (RateBudget.Reservation reservation = budget.reserve(expected, spent, urgency, call.now())) {
            HttpResponse<byte[]> response = http.post(body(request), Duration.between(call.now(), call.deadline()));
            if (response.statusCode() != 200) {
                throw refused(response, call.now());
            }
            JsonNode answer = parse(response.body());
            learn(request, reservation, answer.path("extensions").path("cost"), call.now());
            refuse(request, answer.path("errors"), expected + spent, call);
            return new Answer(data(answer), date(response), served(response));
        }
    }

    /** Where the shop asks for patience, nobody who speaks to it sends anything meanwhile. */
    private ConnectorException refused(HttpResponse<byte[]> response, Instant now) throws UncertainException {
        Instant there = date(response);
        Duration retryAfter = response.headers()
                .firstValue("Retry-After")
                .flatMap(header -> RetryAfter.parse(header, there == null ? now : there))
                .orElse(null);
        ConnectorException failure = failures.ofStatus(response.statusCode(), retryAfter, words(response.body()));
        if (failure instanceof RateLimitedException limited) {
            budget.pause(limited.retryAfter(), now);
        }
        return failure;
    }

    private void learn(Request request, RateBudget.Reservation reservation, JsonNode cost, Instant now) {
        costs.learn(
                request.operation(),
                request.cost(),
                cost.path("requestedQueryCost").asDouble());
        JsonNode throttle = cost.path("throttleStatus");
        reservation.answered(
                throttle.path("currentlyAvailable").asDouble(),
                throttle.path("maximumAvailable").asDouble(),
                throttle.path("restoreRate").asDouble(),
                now);
    }

    private void refuse(Request request, JsonNode errors, double needed, Call call)
            throws ConnectorException, UncertainException {
        if (errors.isMissingNode() || errors.isNull() || (errors.isArray() && errors.isEmpty())) {
            return;
        }
        if (Failures.code(errors).equals("MAX_COST_EXCEEDED")) {
            costs.tooDear(request.operation(), request.length());
        }
        throw failures.ofErrors(errors, budget.until(needed, call.now()));
    }

    private static byte[] body(Request request) {
        ObjectNode body = JSON.createObjectNode();
        body.put("query", request.operation().text());
        body.put("operationName", request.operation().title());
        body.set("variables", JSON.valueToTree(request.variables()));
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Variables of " + request.operation() + " are no JSON", e);
        }
    }

    private static JsonNode parse(byte[] body) throws UncertainException {
        try {
            JsonNode node = JSON.readTree(body);
            if (node != null && node.isObject()) {
                return node;
            }
            throw new UncertainException("Shopify's answer is no JSON object.", null);
        } catch (IOException e) {
            throw new UncertainException("Shopify's answer is no JSON.", e);
        }
    }

    private static JsonNode data(JsonNode answer) throws UncertainException {
        JsonNode data = answer.path("data");
        if (!data.isObject()) {
            throw new UncertainException("Shopify's answer holds no data.", null);
        }
        return data;
    }

    /** What a refusal says; Shopify puts a text or an object under {@code errors}. */
    private static String words(byte[] body) {
        JsonNode errors;
        try {
            JsonNode node = JSON.readTree(body);
            errors = node == null ? MissingNode.getInstance() : node.path("errors");
        } catch (IOException e) {
            return "";
        }
        if (errors.isTextual()) {
            return errors.asText();
        }
        return errors.isMissingNode() ? "" : errors.path(0).path("message").asText("");
    }

    private static Instant date(HttpResponse<?> response) {
        try {
            return response.headers()
                    .firstValue("Date")
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant())
                    .orElse(null);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String served(HttpResponse<?> response) {
        return response.headers().firstValue("X-Shopify-API-Version").orElse("");
    }

    @Override
    public void close() {
        http.close();
    }
}
