package org.evenkeel.simulator.shopify;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.evenkeel.simulator.Location;
import org.evenkeel.simulator.Shelf;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.Variant;

/** Items, levels, quantities and locations as Shopify shows them. */
final class InventoryFields {
    private static final Page.Sort<Item> ITEMS_BY_ID = Page.byId(Item::id);
    private static final Page.Sort<Shelf> LEVELS_BY_ID = Page.byId(Shelf::id);
    private static final Map<String, Function<Item, Comparable<?>>> ITEM_SEARCH = Map.of(
            "id", Item::id,
            "sku", i -> i.variant().sku(),
            "created_at", i -> i.variant().createdAt(),
            "updated_at", i -> i.variant().itemUpdatedAt());

    /** One figure of a level. */
    record Quantity(Shelf shelf, String name, long quantity, Instant updatedAt) {}

    private InventoryFields() {}

    static void wire(RuntimeWiring.Builder all) {
        wireItems(all);
        wireLevels(all);
        wireLocations(all);
    }

    private static void wireItems(RuntimeWiring.Builder all) {
        Fields.of("InventoryItem", Item.class)
                .field("createdAt", i -> i.variant().createdAt())
                .field(
                        "duplicateSkuCount",
                        (i, env) -> Fields.shop(env).catalogue().duplicates(i.variant()))
                .field("id", i -> i.gid())
                .field("inventoryLevel", (i, env) -> level(env, i, location(env)))
                .field("inventoryLevels", (i, env) -> Page.of(env, levels(env, i), LEVELS_BY_ID))
                .field("legacyResourceId", i -> i.id())
                .field("locationsCount", (i, env) -> new Count(levels(env, i).count()))
                .field("requiresShipping", i -> true)
                .field("sku", i -> i.variant().sku())
                .field("tracked", i -> i.variant().tracked())
                .field("updatedAt", i -> i.variant().itemUpdatedAt())
                .field("variant", i -> i.variant())
                .field("variants", (i, env) -> Page.of(env, Stream.of(i.variant()), Page.byId(Variant::id)))
                .into(all);
        Fields.connection(all, "InventoryItem");
    }

    private static void wireLevels(RuntimeWiring.Builder all) {
        Fields.of("InventoryLevel", Shelf.class)
                .field("canDeactivate", s -> s.figures().onHand() == 0)
                .field("createdAt", s -> s.createdAt())
                .field("id", s -> gid(s))
                .field("isActive", s -> s.active())
                .field("item", s -> new Item(s.variant()))
                .field("location", s -> s.location())
                .field("quantities", (s, env) -> quantities(s, env.getArgument("names")))
                .field("updatedAt", s -> s.updatedAt())
                .into(all);
        Fields.connection(all, "InventoryLevel");
        Fields.of("InventoryQuantity", Quantity.class)
                .field("id", q -> Gid.of("InventoryQuantity", q.shelf().id()) + "?name=" + q.name())
                .field("name", q -> q.name())
                .field("quantity", q -> q.quantity())
                .field("updatedAt", q -> q.updatedAt())
                .into(all);
    }

    private static void wireLocations(RuntimeWiring.Builder all) {
        Fields.of("Location", Location.class)
                .field("createdAt", l -> l.createdAt())
                .field("fulfillsOnlineOrders", l -> l.active())
                .field("id", l -> gid(l))
                .field("inventoryLevel", (l, env) -> level(env, item(env), l))
                .field("isActive", l -> l.active())
                .field("isFulfillmentService", l -> !l.writable())
                .field("isPrimary", (l, env) -> Fields.shop(env).catalogue().mainLocation() == l)
                .field("legacyResourceId", l -> l.id())
                .field("name", l -> l.name())
                .field("shipsInventory", l -> l.active())
                .field("updatedAt", l -> l.createdAt())
                .into(all);
        Fields.connection(all, "Location");
    }

    static String gid(Shelf shelf) {
        return Gid.of("InventoryLevel", shelf.id()) + "?inventory_item_id="
                + shelf.variant().itemId();
    }

    static String gid(Location location) {
        return Gid.of("Location", location.id());
    }

    // ---- finding

    /** The item of that global id, or null. */
    static Item item(Shop shop, String gid) {
        OptionalLong id = Gid.idOf("InventoryItem", gid);
        Variant variant = id.isPresent() ? shop.catalogue().items().get(id.getAsLong()) : null;
        return variant == null ? null : new Item(variant);
    }

    /** The location of that global id, or null. */
    static Location location(Shop shop, String gid) {
        OptionalLong id = Gid.idOf("Location", gid);
        return id.isPresent() ? shop.catalogue().location(id.getAsLong()) : null;
    }

    private static Item item(DataFetchingEnvironment env) {
        return item(Fields.shop(env), env.getArgument("inventoryItemId"));
    }

    private static Location location(DataFetchingEnvironment env) {
        return location(Fields.shop(env), env.getArgument("locationId"));
    }

    private static Shelf level(DataFetchingEnvironment env, Item item, Location location) {
        if (item == null || location == null) {
            return null;
        }
        Shelf shelf = Fields.shop(env).stock().find(item.variant(), location);
        return shelf != null && (shelf.active() || inactiveToo(env)) ? shelf : null;
    }

    private static Stream<Shelf> levels(DataFetchingEnvironment env, Item item) {
        return Fields.shop(env).stock().of(item.variant()).stream().filter(shelf -> shelf.active() || inactiveToo(env));
    }

    private static boolean inactiveToo(DataFetchingEnvironment env) {
        return Boolean.TRUE.equals(env.getArgument("includeInactive"));
    }

    static Page items(DataFetchingEnvironment env) {
        SearchQuery search = SearchQuery.parse(env.getArgument("query"));
        Predicate<Item> wanted = search.predicate(ITEM_SEARCH);
        Page.Request request = Page.Request.of(env, ITEMS_BY_ID.name());
        var items = Fields.shop(env).catalogue().items();
        var sorted = Page.from(items, search.smallestId(), request).map(Item::new);
        return Page.cut(request, sorted.filter(wanted), ITEMS_BY_ID, false);
    }

    static Page locations(DataFetchingEnvironment env) {
        Predicate<Location> wanted = SearchQuery.parse(env.getArgument("query"))
                .predicate(Map.of("id", Location::id, "name", Location::name));
        List<Location> sorted = Fields.shop(env).catalogue().locations().stream()
                .filter(l -> l.active() || inactiveToo(env))
                .filter(l -> l.writable() || includeLegacy(env))
                .filter(wanted)
                .sorted(Comparator.comparing(Location::name).thenComparingLong(Location::id))
                .toList();
        boolean byName = "NAME".equals(env.getArgument("sortKey"));
        Page.Sort<Location> sort =
                byName ? new Page.Sort<>("NAME", sorted::indexOf, Location::id) : Page.byId(Location::id);
        return Page.of(env, sorted.stream(), sort);
    }

    /** Shopify lists the locations of fulfilment services only where they are asked for. */
    private static boolean includeLegacy(DataFetchingEnvironment env) {
        return Boolean.TRUE.equals(env.getArgument("includeLegacy"));
    }

    // ---- quantities

    private static List<Quantity> quantities(Shelf shelf, List<String> names) {
        List<Quantity> found = new ArrayList<>();
        for (String name : names) {
            found.add(quantity(shelf, name));
        }
        return found;
    }

    private static Quantity quantity(Shelf shelf, String name) {
        return switch (name) {
            case "available" -> new Quantity(shelf, name, shelf.available(), shelf.availableUpdatedAt());
            case "committed" -> new Quantity(shelf, name, shelf.committed(), shelf.updatedAt());
            case "on_hand" -> new Quantity(shelf, name, shelf.figures().onHand(), null);
            case "incoming" -> new Quantity(shelf, name, 0, null);
            case "reserved", "damaged", "safety_stock", "quality_control" -> {
                Shelf.HeldBack why = Shelf.HeldBack.valueOf(name.toUpperCase(Locale.ROOT));
                yield new Quantity(shelf, name, shelf.heldBack(why), shelf.updatedAt());
            }
            default -> throw AdminError.badRequest("The quantity name '" + name + "' is invalid.");
        };
    }
}
