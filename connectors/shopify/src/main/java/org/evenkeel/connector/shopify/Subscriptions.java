package org.evenkeel.connector.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.connector.ConfigurationException;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.WebhookSubscriptions.Done;
import org.evenkeel.connector.WebhookSubscriptions.Report;
import org.evenkeel.connector.WebhookSubscriptions.Step;
import org.evenkeel.connector.WebhookSubscriptions.Subscription;

/** Lists, makes, mends and ends the app's webhook subscriptions, within one call of the host. */
final class Subscriptions {
    private static final int PAGE = 100;

    private final Conversation store;
    private final List<Done> done = new ArrayList<>();

    Subscriptions(Conversation store) {
        this.store = store;
    }

    /** A subscription and the fields that it tells. */
    private record Known(Subscription subscription, Set<String> fields) {
        String id() {
            return subscription.id();
        }

        String topic() {
            return subscription.topic();
        }

        boolean isRight(URI address, Topic topic) {
            return subscription.address().equals(address.toString()) && fields.equals(Set.copyOf(topic.fields()));
        }

        /** Whatever comes before them, the last two segments of the address are ours. */
        boolean isOurs(URI address) {
            return ending(subscription.address()).equals(ending(address.toString()));
        }

        private static String ending(String address) {
            int slash = address.lastIndexOf('/');
            return slash < 1 ? address : address.substring(address.lastIndexOf('/', slash - 1) + 1);
        }
    }

    List<Subscription> all() throws ConnectorException {
        return known().stream().map(Known::subscription).toList();
    }

    Report subscribe(URI address) throws ConnectorException {
        List<Known> ours = ours(address);
        List<Subscription> present = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            List<Known> same = ours.stream()
                    .filter(one -> one.topic().equals(topic.name()))
                    .toList();
            Known right = same.stream()
                    .filter(one -> one.isRight(address, topic))
                    .findFirst()
                    .orElse(null);
            if (right != null) {
                present.add(right.subscription());
            } else if (same.isEmpty()) {
                create(topic, address, present);
            } else {
                right = same.get(0);
                mend(right, topic, address, present);
            }
            for (Known twice : same) {
                if (twice != right) {
                    remove(twice, "It was there twice.", present);
                }
            }
        }
        for (Known one : ours) {
            if (Topic.of(one.topic()).isEmpty()) {
                remove(one, "Nothing here needs it.", present);
            }
        }
        return new Report(present, done);
    }

    Report unsubscribe(URI address) throws ConnectorException {
        List<Subscription> present = new ArrayList<>();
        for (Known one : ours(address)) {
            remove(one, "", present);
        }
        return new Report(present, done);
    }

    // --- reading

    private List<Known> ours(URI address) throws ConnectorException {
        return known().stream().filter(one -> one.isOurs(address)).toList();
    }

    private List<Known> known() throws ConnectorException {
        List<Known> known = new ArrayList<>();
        JsonNode page = page(null);
        known.addAll(read(page));
        while (Json.more(page)) {
            page = page(Json.end(page));
            known.addAll(read(page));
        }
        return known;
    }

    private JsonNode page(String after) throws ConnectorException {
        int first = store.costs().pageSize(Operation.SUBSCRIPTIONS, Cost.OBJECT);
        Map<String, Object> variables = new HashMap<>();
        variables.put("first", Math.min(PAGE, first));
        variables.put("after", after);
        int cost = Cost.connection(Math.min(PAGE, first), Cost.OBJECT);
        JsonNode data = store.query(new Request(Operation.SUBSCRIPTIONS, variables, cost, Math.min(PAGE, first)));
        return Json.connection(data, "webhookSubscriptions");
    }

    private static List<Known> read(JsonNode page) {
        List<Known> known = new ArrayList<>();
        page.path("nodes").forEach(node -> known.add(one(node)));
        return known;
    }

    private static Known one(JsonNode node) {
        Set<String> fields = new HashSet<>();
        node.path("includeFields").forEach(field -> fields.add(field.asText()));
        return new Known(
                new Subscription(
                        node.path("id").asText(),
                        node.path("topic").asText(),
                        node.path("uri").asText(),
                        true,
                        time(node.path("updatedAt").asText(""))),
                fields);
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    // --- changing

    private void create(Topic topic, URI address, List<Subscription> present) throws ConnectorException {
        change(
                Step.CREATED,
                topic.name(),
                "",
                present,
                null,
                new Request(
                        Operation.SUBSCRIBE,
                        Map.of("topic", topic.name(), "input", input(topic, address)),
                        Cost.MUTATION + Cost.OBJECT,
                        0),
                "webhookSubscriptionCreate");
    }

    private void mend(Known known, Topic topic, URI address, List<Subscription> present) throws ConnectorException {
        boolean elsewhere = !known.subscription().address().equals(address.toString());
        change(
                Step.REPAIRED,
                topic.name(),
                elsewhere ? "It pointed to " + known.subscription().address() + "." : "It told more than is wanted.",
                present,
                known,
                new Request(
                        Operation.RESUBSCRIBE,
                        Map.of("id", known.id(), "input", input(topic, address)),
                        Cost.MUTATION + Cost.OBJECT,
                        0),
                "webhookSubscriptionUpdate");
    }

    private void remove(Known known, String why, List<Subscription> present) throws ConnectorException {
        change(
                Step.REMOVED,
                known.topic(),
                why,
                present,
                known,
                new Request(Operation.UNSUBSCRIBE, Map.of("id", known.id()), Cost.MUTATION, 0),
                "webhookSubscriptionDelete");
    }

    private static Map<String, Object> input(Topic topic, URI address) {
        return Map.of("uri", address.toString(), "format", "JSON", "includeFields", topic.fields());
    }

    /** One change; where the shop refuses it, what was there stays, and the other topics go on. */
    private void change(
            Step step,
            String topic,
            String words,
            List<Subscription> present,
            Known before,
            Request request,
            String payload)
            throws ConnectorException {
        String refused;
        JsonNode made = null;
        try {
            JsonNode answer = store.query(request).path(payload);
            made = answer.path("webhookSubscription");
            refused = refusal(answer);
        } catch (ConfigurationException e) {
            refused = e.getMessage();
        }
        if (refused.isEmpty()) {
            done.add(new Done(step, topic, words));
            if (step != Step.REMOVED) {
                present.add(one(made).subscription());
            }
        } else {
            done.add(new Done(Step.REFUSED, topic, refused));
            if (before != null) {
                present.add(before.subscription());
            }
        }
    }

    /** What is gone already needs no ending. */
    private String refusal(JsonNode answer) {
        JsonNode errors = answer.path("userErrors");
        String message = errors.path(0).path("message").asText("");
        boolean gone = answer.has("deletedWebhookSubscriptionId") && message.contains("does not exist");
        return errors.isEmpty() || gone ? "" : "Shopify says" + store.failures().said(message);
    }
}
