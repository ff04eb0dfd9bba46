package org.evenkeel.simulator.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.evenkeel.simulator.Location;
import org.evenkeel.simulator.Product;
import org.evenkeel.simulator.Shelf;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.Simulator;
import org.evenkeel.simulator.Variant;

/** Shops, products, locations and shelves. */
final class ShopRoutes {
    private static final String SHOP = "/control/shops/{shop}";

    private final Simulator simulator;

    ShopRoutes(Simulator simulator) {
        this.simulator = simulator;
    }

    void addTo(List<Route> routes) {
        routes.add(new Route("GET", "/control/shops", this::shops));
        routes.add(new Route("POST", "/control/shops", this::addShop));
        routes.add(new Route("GET", SHOP + "/locations", this::locations));
        routes.add(new Route("POST", SHOP + "/locations", this::addLocation));
        routes.add(new Route("GET", SHOP + "/products", this::products));
        routes.add(new Route("POST", SHOP + "/products", this::addProduct));
        routes.add(new Route("PATCH", SHOP + "/products/{variant}", this::changeProduct));
        routes.add(new Route("DELETE", SHOP + "/products/{variant}", this::deleteProduct));
        routes.add(new Route("GET", SHOP + "/shelves", this::shelves));
        routes.add(new Route("POST", SHOP + "/shelves", this::editShelf));
    }

    private Object shops(Input input) {
        return simulator.shops().stream().map(this::view).toList();
    }

    private Map<String, Object> view(Shop shop) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", shop.name());
        view.put("address", simulator.address(shop).toString());
        shop.inspect(s -> {
            view.put("products", s.catalogue().variants().size());
            view.put("orders", s.orders().size());
        });
        view.put("calls", shop.log().total());
        return view;
    }

    private Object addShop(Input input) {
        return view(simulator.addShop(input.text("name"), input.text("token")));
    }

    private Shop shop(Input input) {
        return simulator.shop(input.path("shop"));
    }

    // ---- locations

    private Object locations(Input input) {
        Shop shop = shop(input);
        return shop.read(() ->
                shop.catalogue().locations().stream().map(ShopRoutes::view).toList());
    }

    private static Map<String, Object> view(Location location) {
        return Map.of(
                "id", location.id(),
                "name", location.name(),
                "active", location.active(),
                "writable", location.writable());
    }

    private Object addLocation(Input input) {
        return view(shop(input).catalogue().addLocation(input.text("name"), input.flag("writable", true)));
    }

    // ---- products

    private Object products(Input input) {
        Shop shop = shop(input);
        return shop.read(() -> shop.catalogue().variants().values().stream()
                .filter(v -> input.query("sku").map(sku -> sku.equals(v.sku())).orElse(true))
                .map(v -> Views.variant(shop, v))
                .toList());
    }

    private Object addProduct(Input input) {
        Shop shop = shop(input);
        long available = input.has("available") ? input.number("available") : 0;
        Variant variant =
                shop.addProduct(input.text("title"), input.optional("sku").orElse(null), available);
        change(shop, variant, input);
        return shop.read(() -> Views.variant(shop, variant));
    }

    private Object changeProduct(Input input) {
        Shop shop = shop(input);
        Variant variant = variant(shop, input.pathId("variant"));
        if (input.body().has("sku")) {
            shop.catalogue().setSku(variant, input.optional("sku").orElse(null));
        }
        input.optional("title").ifPresent(title -> shop.catalogue().setTitle(variant.product(), title));
        change(shop, variant, input);
        return shop.read(() -> Views.variant(shop, variant));
    }

    private static void change(Shop shop, Variant variant, Input input) {
        if (input.has("status")) {
            shop.catalogue().setStatus(variant.product(), input.choice(Product.Status.class, "status"));
        }
        if (input.has("tracked")) {
            shop.catalogue().setTracked(variant, input.flag("tracked", true));
        }
    }

    private Object deleteProduct(Input input) {
        Shop shop = shop(input);
        shop.catalogue().delete(variant(shop, input.pathId("variant")));
        return Map.of("deleted", true);
    }

    static Variant variant(Shop shop, long id) {
        Variant variant = shop.read(() -> shop.catalogue().variants().get(id));
        if (variant == null) {
            throw new NoSuchElementException("Shop " + shop.name() + " has no variant " + id);
        }
        return variant;
    }

    /** The variant that a body names by {@code variant} (its id) or {@code sku}. */
    static Variant variant(Shop shop, Input input) {
        return input.has("variant")
                ? variant(shop, Input.id(input.text("variant")))
                : shop.catalogue().variant(input.text("sku"));
    }

    /** The location that a body names; the main one where it names none. */
    static Location location(Shop shop, Input input) {
        return input.optional("location")
                .map(shop.catalogue()::location)
                .orElseGet(() -> shop.catalogue().mainLocation());
    }

    // ---- shelves

    private Object shelves(Input input) {
        Shop shop = shop(input);
        return shop.read(() -> {
            List<Map<String, Object>> views = new ArrayList<>();
            for (Variant variant : shop.catalogue().variants().values()) {
                if (input.query("sku").map(sku -> sku.equals(variant.sku())).orElse(true)) {
                    shop.stock().of(variant).forEach(shelf -> views.add(Views.shelf(shelf)));
                }
            }
            return views;
        });
    }

    private Object editShelf(Input input) {
        Shop shop = shop(input);
        Variant variant = variant(shop, input);
        Location location = location(shop, input);
        if (input.has("available")) {
            shop.stock().setAvailable(variant, location, input.number("available"));
        } else if (input.has("onHand")) {
            shop.stock().setOnHand(variant, location, input.number("onHand"));
        } else if (input.has("adjust")) {
            shop.stock().adjustAvailable(variant, location, input.number("adjust"));
        } else if (input.has("holdBack")) {
            Shelf.HeldBack why = input.choice(Shelf.HeldBack.class, "why");
            shop.stock().holdBack(variant, location, why, input.number("holdBack"));
        } else {
            throw new IllegalArgumentException("One of 'available', 'onHand', 'adjust', 'holdBack' is needed");
        }
        return shop.read(() -> Views.shelf(shop.stock().find(variant, location)));
    }
}
