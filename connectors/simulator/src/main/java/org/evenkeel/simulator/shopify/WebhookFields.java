package org.evenkeel.simulator.shopify;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.evenkeel.simulator.Callbacks;
import org.evenkeel.simulator.Callbacks.Subscription;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.shopify.InventoryMutations.UserError;

/** Webhook subscriptions as Shopify shows and changes them. Runs under the shop's lock. */
final class WebhookFields {
    private static final String TYPE = "WebhookSubscription";

    record Payload(Subscription webhookSubscription, List<UserError> userErrors) {}

    record Deleted(String id, List<UserError> userErrors) {}

    private WebhookFields() {}

    static void wire(RuntimeWiring.Builder all) {
        Fields.of(TYPE, Subscription.class)
                .field("createdAt", s -> s.createdAt())
                .field("format", s -> "JSON")
                .field("id", s -> gid(s))
                .field("includeFields", s -> new TreeSet<>(s.fields()))
                .field("legacyResourceId", s -> s.id())
                .field("topic", s -> s.topic())
                .field("updatedAt", s -> s.updatedAt())
                .field("uri", s -> s.address().toString())
                .into(all);
        Fields.connection(all, TYPE);
        for (String payload : List.of("WebhookSubscriptionCreatePayload", "WebhookSubscriptionUpdatePayload")) {
            Fields.of(payload, Payload.class)
                    .field("userErrors", p -> p.userErrors())
                    .field("webhookSubscription", p -> p.webhookSubscription())
                    .into(all);
        }
        Fields.of("WebhookSubscriptionDeletePayload", Deleted.class)
                .field("deletedWebhookSubscriptionId", p -> p.id())
                .field("userErrors", p -> p.userErrors())
                .into(all);
    }

    static String gid(Subscription subscription) {
        return Gid.of(TYPE, subscription.id());
    }

    static Object subscriptions(DataFetchingEnvironment env) {
        String uri = env.getArgument("uri");
        List<String> topics = env.getArgument("topics");
        return Page.of(
                env,
                Fields.shop(env).callbacks().all().stream()
                        .filter(s -> uri == null || uri.equals(s.address().toString()))
                        .filter(s -> topics == null || topics.contains(s.topic())),
                Page.byId(Subscription::id));
    }

    static Object create(DataFetchingEnvironment env) {
        Callbacks callbacks = Fields.shop(env).callbacks();
        String topic = env.getArgument("topic");
        Map<String, Object> input = env.getArgument("webhookSubscription");
        try {
            return new Payload(callbacks.subscribe(topic, address(input, null), fields(input, Set.of())), List.of());
        } catch (IllegalArgumentException e) {
            return refused(e);
        }
    }

    static Object update(DataFetchingEnvironment env) {
        Shop shop = Fields.shop(env);
        Subscription known = find(shop, env.getArgument("id"));
        Map<String, Object> input = env.getArgument("webhookSubscription");
        if (known == null) {
            return new Payload(null, gone());
        }
        try {
            shop.callbacks().move(known, address(input, known.address()), fields(input, known.fields()));
            return new Payload(known, List.of());
        } catch (IllegalArgumentException e) {
            return refused(e);
        }
    }

    static Object delete(DataFetchingEnvironment env) {
        Shop shop = Fields.shop(env);
        Subscription known = find(shop, env.getArgument("id"));
        if (known == null) {
            return new Deleted(null, gone());
        }
        shop.callbacks().delete(known.id());
        return new Deleted(gid(known), List.of());
    }

    private static Subscription find(Shop shop, String id) {
        Gid gid = Gid.parse(id);
        return gid == null || !gid.type().equals(TYPE)
                ? null
                : shop.callbacks().find(gid.id()).orElse(null);
    }

    private static List<UserError> gone() {
        return List.of(new UserError(List.of("id"), "Webhook subscription does not exist", null));
    }

    private static Payload refused(IllegalArgumentException why) {
        return new Payload(null, List.of(new UserError(List.of("webhookSubscription", "uri"), why.getMessage(), null)));
    }

    /** Shopify takes https only; here plain http does on this machine, where no certificate is to be had. */
    private static URI address(Map<String, Object> input, URI otherwise) {
        String uri = (String) input.get("uri");
        if (uri == null && otherwise != null) {
            return otherwise;
        }
        URI address;
        try {
            address = URI.create(String.valueOf(uri));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Address is invalid");
        }
        boolean secure = "https".equals(address.getScheme());
        boolean here = "http".equals(address.getScheme())
                && List.of("127.0.0.1", "localhost", "[::1]").contains(String.valueOf(address.getHost()));
        if (address.getHost() == null || !secure && !here) {
            throw new IllegalArgumentException("Address protocol http:// is not supported");
        }
        return address;
    }

    @SuppressWarnings("unchecked")
    private static Set<String> fields(Map<String, Object> input, Set<String> otherwise) {
        List<String> fields = (List<String>) input.get("includeFields");
        return fields == null ? otherwise : Set.copyOf(fields);
    }
}
