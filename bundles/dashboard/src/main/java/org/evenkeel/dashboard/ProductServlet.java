package org.evenkeel.dashboard;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.evenkeel.accounts.Principal;
import org.evenkeel.ledger.Adjustment;
import org.evenkeel.ledger.Catalogue;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.InventoryService;
import org.evenkeel.ledger.Journal;
import org.evenkeel.ledger.Level;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.ListingQuery;
import org.evenkeel.ledger.ListingView;
import org.evenkeel.ledger.Location;
import org.evenkeel.ledger.LocationId;
import org.evenkeel.ledger.Movement;
import org.evenkeel.ledger.MovementId;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.Posting;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.ProductRow;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.StoreLocationMapping;
import org.evenkeel.ledger.StoreRegistry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** One product: its figures by location, its listings with what each store shows, its journal, and its adjustment. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/products/*")
@Web.InContext
public final class ProductServlet extends Area {
    private static final long serialVersionUID = 1L;
    private static final PageRequest LISTINGS = new PageRequest(0, 200);
    private final transient Catalogue catalogue;
    private final transient InventoryService inventory;
    private final transient Journal journal;
    private final transient ListingBook listings;
    private final transient StoreRegistry stores;

    @Activate
    public ProductServlet(
            @Reference Catalogue catalogue,
            @Reference InventoryService inventory,
            @Reference Journal journal,
            @Reference ListingBook listings,
            @Reference StoreRegistry stores,
            @Reference Surroundings surroundings) {
        super(Name.PRODUCTS, surroundings);
        this.catalogue = catalogue;
        this.inventory = inventory;
        this.journal = journal;
        this.listings = listings;
        this.stores = stores;
    }

    /**
     * The page.
     *
     * @param key a fresh idempotency key: a form that is sent twice posts once
     */
    public record View(
            Frame frame,
            ProductRow row,
            List<Level> levels,
            Map<LocationId, Location> locations,
            Page<ListingView> listings,
            Map<StoreId, String> storeNames,
            List<StoreLocationMapping> places,
            Page<Movement> journal,
            Links links,
            String key) {
        /** What a store calls one of its locations; the end of its id where the store never said. */
        public String place(StoreId store, String storeLocation) {
            return Places.name(
                    places.stream().filter(place -> place.store().equals(store)).toList(), storeLocation);
        }
    }

    @Override
    void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ProductId id = product(request);
        ProductRow row =
                catalogue.productRow(id).orElseThrow(() -> new NotFoundException("There is no product " + id + "."));
        Page<ListingView> sold = listings.listings(new ListingQuery(null, id, null, false, "", LISTINGS));
        Map<LocationId, Location> locations =
                catalogue.locations().stream().collect(Collectors.toMap(Location::id, Function.identity()));
        render(
                response,
                "product.jte",
                new View(
                        frame(request, row.product().sku().raw()),
                        row,
                        levels(id),
                        locations,
                        sold,
                        stores.stores().stream().collect(Collectors.toMap(store -> store.id(), store -> store.name())),
                        places(sold),
                        journal.movements(Journal.Query.of(id), pageRequest(request)),
                        Links.of(request, "/products/" + id),
                        UUID.randomUUID().toString()));
    }

    private List<StoreLocationMapping> places(Page<ListingView> sold) {
        return sold.items().stream()
                .map(listing -> listing.key().store())
                .distinct()
                .flatMap(store -> catalogue.storeLocations(store).stream())
                .toList();
    }

    /** The product's levels; the default location is shown also before anything moved there. */
    private List<Level> levels(ProductId id) {
        List<Level> moved = inventory.stock(id).levels();
        return moved.isEmpty()
                ? List.of(inventory.level(id, catalogue.defaultLocation().id()))
                : moved;
    }

    @Override
    String act(HttpServletRequest request) {
        require(request, Principal.Scope.WRITE);
        return switch (text(request, "do")) {
            case "adjust" -> adjust(request);
            case "undo" -> undo(request);
            case "rename" ->
                "Renamed to "
                        + catalogue
                                .renameProduct(product(request), text(request, "name"), actor(request))
                                .name()
                        + ".";
            default -> throw new NotFoundException("This page takes no such form.");
        };
    }

    private String adjust(HttpServletRequest request) {
        Adjustment.Kind kind = choice(request, "kind", Adjustment.Kind.SET);
        Posting posting = inventory.adjust(new Adjustment(
                product(request),
                new LocationId(number(request, "location")),
                kind,
                number(request, "quantity"),
                kind == Adjustment.Kind.SET ? (Long) number(request, "version") : null,
                text(request, "reason"),
                actor(request),
                key(request)));
        if (posting.repeated()) {
            return "That was posted before; nothing was posted again.";
        }
        if (posting.movements().isEmpty()) {
            return "In Stock is that already; nothing had to be posted.";
        }
        Movement movement = posting.movements().get(0);
        return "In Stock is %d now, Available %d."
                .formatted(movement.inStock(), movement.inStock() - movement.booked());
    }

    private String undo(HttpServletRequest request) {
        MovementId movement = new MovementId(number(request, "movement"));
        inventory.undo(movement, actor(request), key(request));
        return "Movement " + movement + " was undone by its reverse.";
    }

    private static IdempotencyKey key(HttpServletRequest request) {
        return new IdempotencyKey(actor(request), text(request, "key"));
    }

    private static ProductId product(HttpServletRequest request) {
        String path = request.getPathInfo();
        if (path == null || !path.matches("/[1-9][0-9]{0,17}")) {
            throw new NotFoundException("There is no such product.");
        }
        return new ProductId(Long.parseLong(path.substring(1)));
    }

    private static long number(HttpServletRequest request, String parameter) {
        String value = text(request, parameter);
        if (!value.matches("[0-9]{1,18}")) {
            throw new InvalidInputException(
                    parameter, "'" + value + "' is no whole number for the field '" + parameter + "'.");
        }
        return Long.parseLong(value);
    }
}
