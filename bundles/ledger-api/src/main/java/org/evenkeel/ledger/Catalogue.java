package org.evenkeel.ledger;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** Products, locations, and which store location stands for which of them. Thread-safe; each call is one transaction. */
@ProviderType
public interface Catalogue {

    /** A product by id; empty when there is none. */
    Optional<Product> product(ProductId id);

    /** The product that owns a code: by exact match of the canonical form, else by folded match; empty when none does. */
    Optional<Product> productBySku(Sku sku);

    /**
     * Creates a product by hand.
     *
     * @throws ConflictException when a product owns that code, also when only folded
     */
    Product createProduct(Sku sku, String name, String actor);

    /** Renames a product. @throws NotFoundException when there is none */
    Product renameProduct(ProductId id, String name, String actor);

    /** Products with their figures; made for 100,000 products. */
    Page<ProductRow> products(ProductQuery query);

    /** One product with its figures; empty when there is none. */
    Optional<ProductRow> productRow(ProductId id);

    /** All locations, the default location first. There is always one. */
    List<Location> locations();

    /** Where stock lies unless somebody says otherwise; created with the ledger. */
    Location defaultLocation();

    /** Creates a location. @throws ConflictException when its name is taken */
    Location createLocation(String name, String actor);

    /** The store's locations as last reported, with what stands behind them. */
    List<StoreLocationMapping> storeLocations(StoreId store);

    /**
     * Takes note of a store's locations; those not yet known are mapped to the default location if it is the store's first
     * one, and stay unmapped otherwise. Idempotent.
     *
     * @param reported what the store has now, with empty {@code locations}
     */
    void reportStoreLocations(StoreId store, List<StoreLocationMapping> reported);

    /** Maps a store location; every listing of the store becomes due. @throws NotFoundException when it is not known */
    void mapStoreLocation(StoreId store, String storeLocation, Set<LocationId> locations, String actor);
}
