package org.evenkeel.simulator.control;

import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.evenkeel.simulator.Callbacks.Manner;
import org.evenkeel.simulator.Callbacks.Subscription;
import org.evenkeel.simulator.Deliveries;
import org.evenkeel.simulator.Notice;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.Simulator;
import org.evenkeel.simulator.shopify.WebhookMessage;

/** Who subscribed, how deliveries go, and what a forger sends. */
final class CallbackRoutes {
    private static final String SHOP = "/control/shops/{shop}";

    private final Simulator simulator;

    CallbackRoutes(Simulator simulator) {
        this.simulator = simulator;
    }

    void addTo(List<Route> routes) {
        routes.add(new Route("GET", SHOP + "/subscriptions", this::subscriptions));
        routes.add(new Route("DELETE", SHOP + "/subscriptions/{id}", this::unsubscribe));
        routes.add(new Route("POST", SHOP + "/secret", this::secret));
        routes.add(new Route(
                "GET", SHOP + "/deliveries", input -> deliveries(shop(input).name())));
        routes.add(new Route("POST", SHOP + "/deliveries", this::deliver));
        routes.add(new Route("POST", SHOP + "/flood", this::flood));
        routes.add(new Route("POST", SHOP + "/remove-app", this::removeApp));
    }

    private Shop shop(Input input) {
        return simulator.shop(input.path("shop"));
    }

    private Object subscriptions(Input input) {
        Shop shop = shop(input);
        return shop.read(
                () -> shop.callbacks().all().stream().map(CallbackRoutes::view).toList());
    }

    private static Map<String, Object> view(Subscription subscription) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", subscription.id());
        view.put("topic", subscription.topic());
        view.put("address", subscription.address().toString());
        view.put("fields", subscription.fields());
        view.put("failures", subscription.failures());
        return view;
    }

    private Object unsubscribe(Input input) {
        Shop shop = shop(input);
        if (!shop.callbacks().delete(input.pathId("id"))) {
            throw new NoSuchElementException("Shop " + shop.name() + " has no subscription " + input.path("id"));
        }
        return Map.of("deleted", true);
    }

    private Object secret(Input input) {
        shop(input).callbacks().setSecret(input.text("secret"));
        return Map.of("changed", true);
    }

    private Object deliveries(String shop) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("pending", simulator.deliveries().pending());
        view.put(
                "tries",
                simulator.deliveries().log().stream()
                        .filter(one -> one.shop().equals(shop))
                        .map(CallbackRoutes::view)
                        .toList());
        return view;
    }

    private static Map<String, Object> view(Deliveries.Delivery delivery) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("topic", delivery.topic());
        view.put("address", delivery.address().toString());
        view.put("attempt", delivery.attempt());
        view.put("status", delivery.status());
        view.put("millis", delivery.millis());
        return view;
    }

    private Object deliver(Input input) {
        Shop shop = shop(input);
        Manner manner = shop.callbacks().manner();
        manner = input.has("delay") ? manner.delay(duration(input, "delay")) : manner;
        manner = input.has("spread") ? manner.spread(duration(input, "spread")) : manner;
        manner = input.has("copies") ? manner.copies(input.count("copies")) : manner;
        manner = input.has("lost") ? manner.lost(input.count("lost")) : manner;
        manner = input.has("outage") ? manner.outage(input.flag("outage", false)) : manner;
        manner = input.has("retry") ? manner.retry(duration(input, "retry")) : manner;
        simulator.deliver(shop, manner);
        return view(manner);
    }

    private static Map<String, Object> view(Manner manner) {
        return Map.of(
                "delay", manner.delay().toString(),
                "spread", manner.spread().toString(),
                "copies", manner.copies(),
                "lost", manner.lost(),
                "outage", manner.outage(),
                "retry", manner.retry().toString());
    }

    private static Duration duration(Input input, String field) {
        try {
            return Duration.parse(input.text(field));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + field + "' is a duration such as PT0.5S");
        }
    }

    /** Forged messages, or with {@code signed} one genuine message over and over, to the first subscription's address. */
    private Object flood(Input input) {
        Shop shop = shop(input);
        URI address = shop.read(() -> shop.callbacks().all().stream()
                .map(Subscription::address)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Nobody has subscribed")));
        int times = input.has("times") ? input.count("times") : 100;
        if (times < 1 || times > 100_000) {
            throw new IllegalArgumentException("'times' is between 1 and 100000");
        }
        WebhookMessage message = input.flag("signed", false) ? genuine(shop) : WebhookMessage.forged(shop);
        return simulator.deliveries().flood(address, new Notice.Message(message.headers(), message.body()), times);
    }

    private static WebhookMessage genuine(Shop shop) {
        return shop.read(() -> {
            var newest = shop.orders().byId().lastEntry();
            return newest == null
                    ? WebhookMessage.appTouched(shop, shop.callbacks().secret())
                    : WebhookMessage.order(
                            shop,
                            "orders/updated",
                            newest.getValue(),
                            shop.callbacks().secret());
        });
    }

    private Object removeApp(Input input) {
        shop(input).removeApp();
        return Map.of("removed", true);
    }
}
