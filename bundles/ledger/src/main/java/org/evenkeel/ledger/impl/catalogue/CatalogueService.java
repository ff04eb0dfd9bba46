package org.evenkeel.ledger.impl.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.evenkeel.ledger.Catalogue;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.ConflictException.Reason;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.LedgerListener.Change;
import org.evenkeel.ledger.Location;
import org.evenkeel.ledger.LocationId;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.Product;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.ProductQuery;
import org.evenkeel.ledger.ProductRow;
import org.evenkeel.ledger.Sku;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.StoreLocationMapping;
import org.evenkeel.ledger.impl.LedgerTransactions;
import org.evenkeel.ledger.impl.Texts;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.model.LocationEntity;
import org.evenkeel.ledger.impl.model.ProductEntity;
import org.evenkeel.ledger.impl.orders.Inbox;
import org.evenkeel.ledger.impl.posting.FigureMarks;

/** Products and locations. What stands behind stores' locations is in {@link LocationMapping}. Thread-safe. */
public final class CatalogueService implements Catalogue {
    private final LedgerTransactions transactions;
    private final Products products;
    private final Inbox inbox;
    private final ProductPages pages;
    private final LocationMapping mapping;
    private final FigureMarks marks;

    public CatalogueService(
            LedgerTransactions transactions, Products products, Inbox inbox, ListingCounts counts, FigureMarks marks) {
        this.transactions = transactions;
        this.products = products;
        this.inbox = inbox;
        this.pages = new ProductPages(counts);
        this.mapping = new LocationMapping(marks);
        this.marks = marks;
    }

    // --- products ----------------------------------------------------------------------------------------------------

    @Override
    public Optional<Product> product(ProductId id) {
        return transactions.read(tx -> product(tx, id.value()));
    }

    private static Optional<Product> product(Tx tx, long id) {
        return Optional.ofNullable(tx.session().get(ProductEntity.class, id)).map(CatalogueService::view);
    }

    @Override
    public Optional<Product> productBySku(Sku sku) {
        return transactions.read(tx -> products.find(tx, sku).flatMap(match -> product(tx, match.productId())));
    }

    @Override
    public Product createProduct(Sku sku, String name, String actor) {
        return transactions.run(tx -> {
            products.find(tx, sku)
                    .flatMap(match -> product(tx, match.productId()))
                    .ifPresent(owner -> {
                        throw new ConflictException(
                                Reason.EXISTS,
                                "Product " + owner.id() + " (" + owner.name() + ") owns the SKU " + owner.sku() + ".");
                    });
            long id = products.create(tx, sku, name, Texts.readable(actor, 255));
            inbox.productAppeared(tx, id, sku);
            tell(tx, id);
            return product(tx, id).orElseThrow();
        });
    }

    @Override
    public Product renameProduct(ProductId id, String name, String actor) {
        if (name.isBlank()) {
            throw new InvalidInputException("name", "A product has a name.");
        }
        return transactions.run(tx -> {
            ProductEntity named = tx.session().get(ProductEntity.class, id.value());
            if (named == null) {
                throw new NotFoundException("There is no product " + id + ".");
            }
            Products.named(named, name);
            // Only these columns: the rest of the row belongs to whoever posts at the same time.
            tx.session()
                    .createMutationQuery("update Product p set p.name = :name, p.nameFolded = :folded where p.id = :id")
                    .setParameter("name", named.name)
                    .setParameter("folded", named.nameFolded)
                    .setParameter("id", named.id)
                    .executeUpdate();
            tell(tx, named.id);
            return view(named);
        });
    }

    private static void tell(Tx tx, long product) {
        tx.changes().kinds(Change.Kind.PRODUCTS);
        tx.changes().products(List.of(product));
    }

    @Override
    public Page<ProductRow> products(ProductQuery query) {
        return transactions.read(tx -> pages.page(tx, query));
    }

    @Override
    public Optional<ProductRow> productRow(ProductId id) {
        return transactions.read(
                tx -> pages.rows(tx, List.of(id.value())).stream().findFirst());
    }

    static Product view(ProductEntity p) {
        return new Product(new ProductId(p.id), new Sku(p.sku), p.name, p.opened, p.archived, p.createdAt);
    }

    // --- locations ---------------------------------------------------------------------------------------------------

    @Override
    public List<Location> locations() {
        return transactions.read(CatalogueService::locations);
    }

    private static List<Location> locations(Tx tx) {
        List<LocationEntity> all = tx.session()
                .createSelectionQuery("from Location l order by l.nameFolded, l.id", LocationEntity.class)
                .getResultList();
        long first = all.stream().mapToLong(location -> location.id).min().orElseThrow();
        List<Location> sorted = new ArrayList<>();
        all.stream().filter(location -> location.id == first).forEach(location -> sorted.add(view(location)));
        all.stream().filter(location -> location.id != first).forEach(location -> sorted.add(view(location)));
        return sorted;
    }

    @Override
    public Location defaultLocation() {
        return locations().get(0);
    }

    @Override
    public Location createLocation(String name, String actor) {
        String readable = Texts.readable(name.strip(), 255);
        if (readable.isEmpty()) {
            throw new InvalidInputException("name", "A location has a name.");
        }
        return transactions.run(tx -> {
            LocationEntity location = new LocationEntity();
            location.name = readable;
            location.nameFolded = Texts.cut(Texts.fold(readable), 300);
            location.countsForSale = true;
            location.createdAt = tx.now();
            location.createdBy = Texts.readable(actor, 255);
            if (nameTaken(tx, location.nameFolded)) {
                throw new ConflictException(Reason.EXISTS, "There is a location named " + readable + " already.");
            }
            tx.session().insert(location);
            tx.changes().kinds(Change.Kind.LOCATIONS);
            return view(location);
        });
    }

    private static boolean nameTaken(Tx tx, String folded) {
        return tx.session()
                        .createSelectionQuery(
                                "select count(*) from Location l where l.nameFolded = :folded", Long.class)
                        .setParameter("folded", folded)
                        .getSingleResult()
                > 0;
    }

    private static Location view(LocationEntity location) {
        return new Location(new LocationId(location.id), location.name, location.countsForSale);
    }

    @Override
    public List<StoreLocationMapping> storeLocations(StoreId store) {
        return transactions.read(tx -> mapping.of(tx, store));
    }

    @Override
    public void reportStoreLocations(StoreId store, List<StoreLocationMapping> reported) {
        transactions.run(tx -> {
            mapping.report(tx, store, reported);
            return null;
        });
        marks.finish(transactions, store.value());
    }

    @Override
    public void mapStoreLocation(StoreId store, String storeLocation, Set<LocationId> locations, String actor) {
        Objects.requireNonNull(actor, "actor");
        transactions.run(tx -> {
            mapping.map(
                    tx,
                    store,
                    storeLocation,
                    locations.stream().map(LocationId::value).collect(Collectors.toCollection(TreeSet::new)));
            return null;
        });
        marks.finish(transactions, store.value());
    }
}
