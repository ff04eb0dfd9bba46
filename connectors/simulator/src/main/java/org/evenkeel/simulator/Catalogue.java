package org.evenkeel.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a shop sells and where it keeps it: products, variants, locations. Methods that change something may be
 * called from any thread; collections and entities are read under {@link Shop#read}.
 */
public final class Catalogue {
    private final Shop shop;
    private final NavigableMap<Long, Product> products = new TreeMap<>();
    private final NavigableMap<Long, Variant> variants = new TreeMap<>();
    private final NavigableMap<Long, Variant> byItem = new TreeMap<>();
    private final Map<Long, Location> locations = new TreeMap<>();
    private final Map<String, Integer> skuCounts = new HashMap<>();

    Catalogue(Shop shop) {
        this.shop = shop;
    }

    // ---- locations

    /** Adds a location that apps may write to. */
    public Location addLocation(String name) {
        return addLocation(name, true);
    }

    /** Adds a location; one that belongs to a fulfilment service is not {@code writable}. */
    public Location addLocation(String name, boolean writable) {
        return shop.write(now -> {
            Location location = new Location(shop.nextId(), name, writable, now);
            locations.put(location.id(), location);
            return location;
        });
    }

    /** Opens or closes a location. */
    public void setActive(Location location, boolean active) {
        shop.change(now -> location.setActive(active));
    }

    public Collection<Location> locations() {
        return Collections.unmodifiableCollection(locations.values());
    }

    /** The location of that id, or null. */
    public Location location(long id) {
        return locations.get(id);
    }

    /**
     * The location of that name.
     *
     * @throws NoSuchElementException if the shop has none
     */
    public Location location(String name) {
        return shop.read(() -> locations.values().stream()
                .filter(location -> location.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("Shop " + shop.name() + " has no location " + name)));
    }

    /** The first location, where everything goes that names none. */
    public Location mainLocation() {
        return shop.read(() -> locations.values().iterator().next());
    }

    // ---- products

    /** Adds a product with one tracked variant, stocked nowhere yet. */
    public Variant addProduct(String title, String sku) {
        return shop.write(now -> {
            Product product = new Product(shop.nextId(), title, now);
            products.put(product.id(), product);
            shop.happened(Happening.Kind.PRODUCT_ADDED, product);
            return addVariant(product, "Default Title", sku, now);
        });
    }

    /** Adds a further variant to a product. */
    public Variant addVariant(Product product, String title, String sku) {
        return shop.write(now -> {
            product.touch(now);
            shop.happened(Happening.Kind.PRODUCT_CHANGED, product);
            return addVariant(product, title, sku, now);
        });
    }

    private Variant addVariant(Product product, String title, String sku, Instant now) {
        Variant variant = new Variant(shop.nextId(), shop.nextId(), product, title, sku, now);
        product.add(variant);
        variants.put(variant.id(), variant);
        byItem.put(variant.itemId(), variant);
        countSku(sku, 1);
        return variant;
    }

    /** Changes a SKU; null takes it away. */
    public void setSku(Variant variant, String sku) {
        shop.change(now -> {
            countSku(variant.sku(), -1);
            countSku(sku, 1);
            variant.setSku(sku, now);
            shop.happened(Happening.Kind.PRODUCT_CHANGED, variant.product());
        });
    }

    public void setTitle(Product product, String title) {
        Objects.requireNonNull(title, "title");
        change(product, now -> product.setTitle(title, now));
    }

    public void setStatus(Product product, Product.Status status) {
        change(product, now -> product.setStatus(status, now));
    }

    /** Starts or stops counting an item; orders placed before keep the units they took. */
    public void setTracked(Variant variant, boolean tracked) {
        change(variant.product(), now -> variant.setTracked(tracked, now));
    }

    public void setSellsWithoutStock(Variant variant, boolean sells) {
        change(variant.product(), now -> variant.setSellsWithoutStock(sells, now));
    }

    /** Makes a variant the parent of a bundle, whose figure apps cannot set. */
    public void setComposite(Variant variant, boolean composite) {
        change(variant.product(), now -> variant.setComposite(composite, now));
    }

    /** Deletes one variant; its product goes with its last one. */
    public void delete(Variant variant) {
        shop.change(now -> remove(variant, now));
    }

    /** Deletes a product with all its variants. */
    public void delete(Product product) {
        shop.change(now -> {
            for (Variant variant : new ArrayList<>(product.variants())) {
                remove(variant, now);
            }
        });
    }

    private void remove(Variant variant, Instant now) {
        variant.setDeleted();
        variants.remove(variant.id());
        byItem.remove(variant.itemId());
        countSku(variant.sku(), -1);
        shop.stock().forget(variant);
        Product product = variant.product();
        product.remove(variant, now);
        if (product.variants().isEmpty()) {
            products.remove(product.id());
            shop.happened(Happening.Kind.PRODUCT_DELETED, product);
        } else {
            shop.happened(Happening.Kind.PRODUCT_CHANGED, product);
        }
    }

    private void change(Product product, Shop.Change change) {
        shop.change(now -> {
            change.at(now);
            shop.happened(Happening.Kind.PRODUCT_CHANGED, product);
        });
    }

    // ---- reading

    public NavigableMap<Long, Product> products() {
        return Collections.unmodifiableNavigableMap(products);
    }

    /** All variants by id. */
    public NavigableMap<Long, Variant> variants() {
        return Collections.unmodifiableNavigableMap(variants);
    }

    /** All variants by the id of their item. */
    public NavigableMap<Long, Variant> items() {
        return Collections.unmodifiableNavigableMap(byItem);
    }

    /** The first variant with exactly this SKU. */
    public Variant variant(String sku) {
        return shop.read(() -> variants(sku).stream()
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("Shop " + shop.name() + " has no SKU " + sku)));
    }

    /** Every variant with exactly this SKU, oldest first. */
    public List<Variant> variants(String sku) {
        return shop.read(() ->
                variants.values().stream().filter(v -> sku.equals(v.sku())).toList());
    }

    /** How many other items carry the SKU of this one. */
    public int duplicates(Variant variant) {
        return variant.sku() == null ? 0 : skuCounts.getOrDefault(variant.sku(), 1) - 1;
    }

    private void countSku(String sku, int by) {
        if (sku != null) {
            skuCounts.merge(sku, by, (a, b) -> a + b == 0 ? null : a + b);
        }
    }
}
