package org.evenkeel.connector.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.evenkeel.connector.ConfigurationException;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.RateLimitedException;
import org.evenkeel.connector.toolkit.Secret;

/**
 * The one table from Shopify's refusals to consequences. What it returns is thrown by the caller; what may have taken
 * effect comes as {@link UncertainException}.
 */
final class Failures {
    private static final int LONGEST_WORDS = 300;

    /** Another app, or an instance elsewhere, may spend the same budget: what is known of it may be too hopeful. */
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(500);

    private final Secret token;

    Failures(Secret token) {
        this.token = token;
    }

    /**
     * By HTTP status; called for each but 200.
     *
     * @param retryAfter what the header of that name says, or null
     * @param words what the store says, or empty
     */
    ConnectorException ofStatus(int status, Duration retryAfter, String words) throws UncertainException {
        String said = said(words);
        return switch (status) {
            case 401 ->
                new ConfigurationException("Shopify refuses the access token" + said
                        + " Copy the Admin API access token of the app again, or install the app anew.");
            case 403 ->
                new ConfigurationException("Shopify does not let this app in" + said
                        + " Check the app's scopes and that it is installed.");
            case 402 ->
                new ConfigurationException("The shop is frozen" + said + " Settle the bill in the store's admin.");
            case 404 ->
                new ConfigurationException(
                        "There is no such shop or API version" + said + " Check the properties shop and apiVersion.");
            case 423 -> new ConfigurationException("The shop is locked" + said + " Ask Shopify's support.");
            case 301, 302, 303, 307, 308 ->
                new ConfigurationException(
                        "The shop has another address now. Set the property shop to its present myshopify.com domain.");
            case 429 -> new RateLimitedException("Shopify asks for patience" + said, wait(retryAfter, 2));
            case 430 ->
                new RateLimitedException("Shopify takes the requests for an attack" + said, wait(retryAfter, 60));
            case 408, 425 -> throw new UncertainException("Shopify gave up with HTTP " + status + said, null);
            default -> {
                if (status >= 500) {
                    throw new UncertainException("Shopify failed with HTTP " + status + said, null);
                }
                yield new ConfigurationException("Shopify refuses the request with HTTP " + status + said
                        + " Check the properties shop and apiVersion.");
            }
        };
    }

    /**
     * By the first of GraphQL's top-level errors, by which nothing was done, except where Shopify itself failed.
     *
     * @param errors not empty; a list of errors, or a text
     * @param wait how long until the budget suffices
     */
    ConnectorException ofErrors(JsonNode errors, Duration wait) throws UncertainException {
        String code = code(errors);
        String said = said(words(errors));
        return switch (code) {
            case "THROTTLED" ->
                new RateLimitedException("Shopify asks for patience" + said, atLeast(SHORTEST_WAIT, wait));
            case "MAX_COST_EXCEEDED" ->
                new RateLimitedException("A page was too dear; the next one is shorter" + said, Duration.ZERO);
            case "ACCESS_DENIED" ->
                new ConfigurationException(
                        "The app may not do this" + said + " Grant the missing scope to the app and install it again.");
            case "SHOP_INACTIVE" -> new ConfigurationException("The shop is not active" + said);
            case "INTERNAL_SERVER_ERROR", "TIMEOUT", "SERVICE_UNAVAILABLE" ->
                throw new UncertainException("Shopify failed" + said, null);
            default ->
                new ConfigurationException("Shopify does not understand the request"
                        + (code.isEmpty() ? "" : " (" + code + ")") + said + " Check the property apiVersion.");
        };
    }

    static String code(JsonNode errors) {
        return errors.path(0).path("extensions").path("code").asText("");
    }

    private static String words(JsonNode errors) {
        return errors.isTextual()
                ? errors.asText()
                : errors.path(0).path("message").asText("");
    }

    /** The store's words, short and without the token. */
    String said(String words) {
        String line = token.blotOut(words.strip().replaceAll("\\s+", " "));
        if (line.isEmpty()) {
            return ".";
        }
        return ": " + (line.length() > LONGEST_WORDS ? line.substring(0, LONGEST_WORDS) + "…" : line)
                + (line.endsWith(".") ? "" : ".");
    }

    private static Duration atLeast(Duration least, Duration wait) {
        return wait.compareTo(least) < 0 ? least : wait;
    }

    private static Duration wait(Duration retryAfter, int otherwise) {
        return retryAfter == null ? Duration.ofSeconds(otherwise) : retryAfter;
    }
}
