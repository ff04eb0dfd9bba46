package org.evenkeel.rest;

import io.swagger.v3.oas.annotations.Parameter;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import org.evenkeel.ledger.Adjustment;
import org.evenkeel.ledger.Catalogue;
import org.evenkeel.ledger.InventoryService;
import org.evenkeel.ledger.Journal;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.ListingQuery;
import org.evenkeel.ledger.LocationId;
import org.evenkeel.ledger.Posting;
import org.evenkeel.ledger.Product;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.ProductQuery;
import org.evenkeel.ledger.Sku;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Products, their levels, and adjustments of In Stock. */
@Component(service = ProductsResource.class)
@ApiResource
@Path("products")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ProductsResource {
    private final Catalogue catalogue;
    private final InventoryService inventory;
    private final Journal journal;
    private final ListingBook listings;

    @Activate
    public ProductsResource(
            @Reference Catalogue catalogue,
            @Reference InventoryService inventory,
            @Reference Journal journal,
            @Reference ListingBook listings) {
        this.catalogue = catalogue;
        this.inventory = inventory;
        this.journal = journal;
        this.listings = listings;
    }

    /** A product to be made. */
    record NewProduct(String sku, String name) {}

    /** A product's new name. */
    record Rename(String name) {}

    /**
     * An adjustment.
     *
     * @param location where; the default location when left out
     * @param kind SET, ADD or SUBTRACT
     * @param quantity units
     * @param seenVersion for SET, the level's version that its author saw
     * @param reason a short word for why
     */
    record NewAdjustment(Long location, Adjustment.Kind kind, Long quantity, Long seenVersion, String reason) {}

    @GET
    public Views.ProductPage list(
            @QueryParam("q") @DefaultValue("") String text,
            @QueryParam("filter") @DefaultValue("ALL") ProductQuery.Filter filter,
            @QueryParam("sort") @DefaultValue("SKU") ProductQuery.Sort sort,
            @QueryParam("descending") @DefaultValue("false") boolean descending,
            @BeanParam Paging paging) {
        return Views.ProductPage.of(
                catalogue.products(new ProductQuery(text, filter, sort, descending, paging.request())));
    }

    @POST
    public Response create(NewProduct wanted, @Context SecurityContext security) {
        if (wanted.sku() == null) {
            throw Problem.invalid("sku", "A product needs a sku.");
        }
        Product product = catalogue.createProduct(
                new Sku(wanted.sku()),
                wanted.name() == null ? wanted.sku() : wanted.name(),
                Caller.of(security).actor());
        return Response.created(URI.create("products/" + product.id()))
                .entity(view(product.id()))
                .build();
    }

    @GET
    @Path("{product}")
    public Views.Product get(@PathParam("product") long product) {
        return view(new ProductId(product));
    }

    @PATCH
    @Path("{product}")
    public Views.Product rename(@PathParam("product") long product, Rename wanted, @Context SecurityContext security) {
        if (wanted.name() == null || wanted.name().isBlank()) {
            throw Problem.invalid("name", "A product's name is not blank.");
        }
        catalogue.renameProduct(
                new ProductId(product), wanted.name(), Caller.of(security).actor());
        return get(product);
    }

    @GET
    @Path("{product}/levels")
    public Views.Levels levels(@PathParam("product") long product) {
        return Views.Levels.of(inventory.stock(new ProductId(product)));
    }

    @GET
    @Path("{product}/movements")
    public Views.MovementPage movements(@PathParam("product") long product, @BeanParam Paging paging) {
        ProductId id = new ProductId(product);
        view(id);
        return Views.MovementPage.of(journal.movements(Journal.Query.of(id), paging.request()));
    }

    @GET
    @Path("{product}/listings")
    public Views.ListingPage listings(@PathParam("product") long product, @BeanParam Paging paging) {
        ProductId id = new ProductId(product);
        view(id);
        return Views.ListingPage.of(listings.listings(new ListingQuery(null, id, null, false, "", paging.request())));
    }

    /** Sets, adds or subtracts In Stock. 201 when it was posted now, 200 when the key had been used before. */
    @POST
    @Path("{product}/adjustments")
    public Response adjust(
            @PathParam("product") long product,
            @Parameter(required = true) @HeaderParam(Keys.HEADER) String key,
            NewAdjustment wanted,
            @Context SecurityContext security) {
        if (wanted.kind() == null || wanted.quantity() == null) {
            throw Problem.invalid(
                    wanted.kind() == null ? "kind" : "quantity",
                    "An adjustment needs a kind (SET, ADD or SUBTRACT) and a quantity.");
        }
        String actor = Caller.of(security).actor();
        LocationId location =
                wanted.location() == null ? catalogue.defaultLocation().id() : new LocationId(wanted.location());
        Posting posting = inventory.adjust(new Adjustment(
                new ProductId(product),
                location,
                wanted.kind(),
                wanted.quantity(),
                wanted.seenVersion(),
                wanted.reason() == null ? "" : wanted.reason(),
                actor,
                Keys.of(actor, key)));
        return Keys.answer(posting);
    }

    private Views.Product view(ProductId id) {
        return catalogue
                .productRow(id)
                .map(Views.Product::of)
                .orElseThrow(() -> Problem.notFound("There is no product " + id + "."));
    }
}
