package org.evenkeel.connector.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.evenkeel.connector.CheckReport;
import org.evenkeel.connector.CheckReport.Finding;
import org.evenkeel.connector.CheckReport.Severity;
import org.evenkeel.connector.ConfigurationException;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.StoreLocation;

/** Looks whether everything is in place, reading only, and says it in words. */
final class Check {
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    private final Settings settings;
    private final List<Finding> findings = new ArrayList<>();
    private Scopes scopes;

    Check(Settings settings) {
        this.settings = settings;
    }

    /** The scopes that the shop told; null when it could not be asked. */
    Scopes scopes() {
        return scopes;
    }

    CheckReport run(Conversation store) throws ConnectorException {
        AdminApi.Answer answer;
        List<StoreLocation> locations = new ArrayList<>();
        try {
            answer = store.ask(request(null));
            add(answer.data(), locations);
            followLocations(answer.data(), locations, store);
        } catch (ConfigurationException e) {
            return new CheckReport(
                    "",
                    null,
                    List.of(),
                    List.of(new Finding(Severity.ERROR, e.getMessage(), "Mend it, then check again.")));
        }
        scopes = Scopes.of(answer.data());
        JsonNode shop = answer.data().path("shop");
        String account = shop.path("myshopifyDomain").asText("");
        found(Severity.OK, "Connected to " + shop.path("name").asText(account) + " (" + account + ").", "");
        scopes(locations);
        locations(locations);
        version(answer.version());
        clock(answer.at(), store.now());
        webhooks();
        return new CheckReport(account, answer.at(), locations, findings);
    }

    private static Request request(String after) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("after", after);
        return new Request(Operation.CHECK, variables, 22 + Cost.connection(100, Cost.OBJECT), 100);
    }

    private static void followLocations(JsonNode first, List<StoreLocation> locations, Conversation store)
            throws ConnectorException {
        JsonNode page = first.path("locations");
        while (Json.more(page)) {
            JsonNode data = store.query(request(Json.end(page)));
            add(data, locations);
            page = data.path("locations");
        }
    }

    private static void add(JsonNode data, List<StoreLocation> locations) {
        for (JsonNode location : data.path("locations").path("nodes")) {
            locations.add(new StoreLocation(
                    location.path("id").asText(),
                    location.path("name").asText(),
                    location.path("isActive").asBoolean()
                            && !location.path("isFulfillmentService").asBoolean()));
        }
    }

    private void scopes(List<StoreLocation> locations) {
        List<String> missing = scopes.missing();
        if (missing.isEmpty()) {
            found(Severity.OK, "The app has every scope that is needed.", "");
        } else {
            found(
                    Severity.ERROR,
                    "The app lacks " + (missing.size() == 1 ? "the scope " : "the scopes ") + String.join(", ", missing)
                            + ".",
                    "Grant them in the app's configuration in the store's admin, then install the app again.");
        }
        if (!scopes.allOrders()) {
            found(
                    Severity.WARNING,
                    "The app lacks the scope " + Scopes.ALL_ORDERS
                            + ": orders older than 60 days are hidden from it, and their late returns are missed.",
                    "Request access to all orders for the app, or accept it if open orders never get that old.");
        }
        if (locations.size() > 1 && !scopes.places()) {
            found(
                    Severity.WARNING,
                    "The shop has several locations, and the app may not see which of them an order is sent from.",
                    "Grant the scope " + Scopes.PLACES.get(0)
                            + "; until then the place is only known once an order is sent.");
        }
    }

    private void locations(List<StoreLocation> locations) {
        long writable = locations.stream().filter(StoreLocation::writable).count();
        if (writable == 0) {
            found(
                    Severity.ERROR,
                    "The shop has no active location of its own.",
                    "Add a location in the store's admin under Settings, Locations.");
            return;
        }
        found(Severity.OK, writable == 1 ? "One location can be set." : writable + " locations can be set.", "");
        List<String> readOnly = locations.stream()
                .filter(location -> !location.writable())
                .map(StoreLocation::name)
                .toList();
        if (!readOnly.isEmpty()) {
            found(
                    Severity.OK,
                    "Shown, but never set (inactive or run by a fulfilment service): " + String.join(", ", readOnly)
                            + ".",
                    "");
        }
    }

    private void version(String served) {
        if (!served.isEmpty() && !served.equals(settings.version())) {
            found(
                    Severity.WARNING,
                    "Shopify serves API version " + served + " instead of " + settings.version() + ".",
                    "Update the connector, then set the property apiVersion to a version that Shopify still serves.");
        }
    }

    private void clock(Instant store, Instant here) {
        if (store != null && Duration.between(store, here).abs().compareTo(CLOCKS_APART) > 0) {
            found(
                    Severity.WARNING,
                    "The clock here and Shopify's differ by "
                            + Duration.between(store, here).abs().toMinutes() + " minutes.",
                    "Let this machine set its clock by the network.");
        }
    }

    private void webhooks() {
        if (settings.clientSecret().isEmpty()) {
            found(Severity.OK, "No client secret is set: webhooks are not taken, the schedule does without.", "");
        }
    }

    private void found(Severity severity, String text, String wayOut) {
        findings.add(new Finding(severity, text, wayOut));
    }
}
