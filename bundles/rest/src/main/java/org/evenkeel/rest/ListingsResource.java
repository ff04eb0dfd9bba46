package org.evenkeel.rest;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Set;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.ListingQuery;
import org.evenkeel.ledger.ListingView;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.StoreId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What stores sell, what they show, and what they should show. */
@Component(service = ListingsResource.class)
@ApiResource
@Path("listings")
@Produces(MediaType.APPLICATION_JSON)
public final class ListingsResource {
    private final ListingBook listings;

    @Activate
    public ListingsResource(@Reference ListingBook listings) {
        this.listings = listings;
    }

    @GET
    public Views.ListingPage list(
            @QueryParam("store") String store,
            @QueryParam("product") Long product,
            @QueryParam("state") ListingView.State state,
            @QueryParam("problems") @DefaultValue("false") boolean problems,
            @QueryParam("q") @DefaultValue("") String text,
            @BeanParam Paging paging) {
        return Views.ListingPage.of(listings.listings(new ListingQuery(
                store == null ? null : new StoreId(store),
                product == null ? null : new ProductId(product),
                state,
                problems,
                text,
                paging.request())));
    }

    /** Lets a refused figure go again. */
    @POST
    @Path("{store}/figures/{figure}/retry")
    public void retry(
            @PathParam("store") String store, @PathParam("figure") long figure, @Context SecurityContext security) {
        listings.retry(new StoreId(store), Set.of(figure), Caller.of(security).actor());
    }
}
