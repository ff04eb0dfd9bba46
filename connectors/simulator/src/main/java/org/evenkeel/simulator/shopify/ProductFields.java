package org.evenkeel.simulator.shopify;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.evenkeel.simulator.Product;
import org.evenkeel.simulator.Shelf;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.Variant;

/** Products and variants as Shopify shows them. */
final class ProductFields {
    private static final Page.Sort<Variant> VARIANTS_BY_ID = Page.byId(Variant::id);
    private static final Map<String, Function<Variant, Comparable<?>>> VARIANT_SEARCH = Map.of(
            "id", Variant::id,
            "sku", Variant::sku,
            "title", Variant::title,
            "product_id", v -> v.product().id(),
            "product_status", v -> v.product().status().name(),
            "created_at", Variant::createdAt,
            "updated_at", Variant::updatedAt);

    private ProductFields() {}

    static void wire(RuntimeWiring.Builder all) {
        Fields.of("Product", Product.class)
                .field("createdAt", p -> p.createdAt())
                .field("handle", p -> p.title().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"))
                .field("id", p -> gid(p))
                .field("legacyResourceId", p -> p.id())
                .field("status", p -> p.status().name())
                .field("title", p -> p.title())
                .field("totalInventory", (p, env) -> total(p.variants().stream().filter(Variant::tracked), env))
                .field("tracksInventory", p -> p.variants().stream().anyMatch(Variant::tracked))
                .field("updatedAt", p -> p.updatedAt())
                .field("variants", (p, env) -> Page.of(env, p.variants().stream(), VARIANTS_BY_ID))
                .into(all);
        Fields.of("ProductVariant", Variant.class)
                .field("createdAt", v -> v.createdAt())
                .field("displayName", v -> v.product().title() + " - " + v.title())
                .field("id", v -> gid(v))
                .field("inventoryItem", v -> new Item(v))
                .field("inventoryPolicy", v -> v.sellsWithoutStock() ? "CONTINUE" : "DENY")
                .field("inventoryQuantity", (v, env) -> total(Stream.of(v), env))
                .field("legacyResourceId", v -> v.id())
                .field("position", v -> v.product().variants().indexOf(v) + 1)
                .field("product", v -> v.product())
                .field("requiresComponents", v -> v.composite())
                .field("sku", v -> v.sku())
                .field("title", v -> v.title())
                .field("updatedAt", v -> v.updatedAt())
                .into(all);
        Fields.connection(all, "ProductVariant");
    }

    static String gid(Product product) {
        return Gid.of("Product", product.id());
    }

    static String gid(Variant variant) {
        return Gid.of("ProductVariant", variant.id());
    }

    private static long total(Stream<Variant> variants, DataFetchingEnvironment env) {
        Shop shop = Fields.shop(env);
        return variants.flatMap(v -> shop.stock().of(v).stream())
                .filter(Shelf::active)
                .mapToLong(Shelf::available)
                .sum();
    }

    static Page variants(DataFetchingEnvironment env) {
        Predicate<Variant> wanted = search(env);
        if ("SKU".equals(env.getArgument("sortKey"))) {
            return Page.of(env, ranked(Fields.shop(env), wanted), new Page.Sort<>("SKU", Ranked::rank, r -> 0))
                    .map(r -> ((Ranked) r).variant());
        }
        Page.Request request = Page.Request.of(env, VARIANTS_BY_ID.name());
        long smallest = SearchQuery.parse(env.getArgument("query")).smallestId();
        var variants = Fields.shop(env).catalogue().variants();
        return Page.cut(request, Page.from(variants, smallest, request).filter(wanted), VARIANTS_BY_ID, false);
    }

    static long count(DataFetchingEnvironment env) {
        Predicate<Variant> wanted = search(env);
        return Fields.shop(env).catalogue().variants().values().stream()
                .filter(wanted)
                .count();
    }

    private static Predicate<Variant> search(DataFetchingEnvironment env) {
        return SearchQuery.parse(env.getArgument("query")).predicate(VARIANT_SEARCH);
    }

    /** A variant with its place in the order of SKUs. */
    private record Ranked(Variant variant, long rank) {}

    private static Stream<Ranked> ranked(Shop shop, Predicate<Variant> wanted) {
        List<Variant> sorted = shop.catalogue().variants().values().stream()
                .filter(wanted)
                .sorted(Comparator.comparing(Variant::sku, Comparator.nullsFirst(String.CASE_INSENSITIVE_ORDER))
                        .thenComparingLong(Variant::id))
                .toList();
        Map<Variant, Long> ranks = new LinkedHashMap<>();
        sorted.forEach(variant -> ranks.put(variant, (long) ranks.size()));
        return ranks.entrySet().stream().map(entry -> new Ranked(entry.getKey(), entry.getValue()));
    }
}
