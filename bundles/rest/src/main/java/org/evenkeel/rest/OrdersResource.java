package org.evenkeel.rest;

import io.swagger.v3.oas.annotations.Parameter;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.evenkeel.ledger.OrderBook;
import org.evenkeel.ledger.OrderKey;
import org.evenkeel.ledger.OrderQuery;
import org.evenkeel.ledger.OrderView;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.StoreSync;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Orders as the ledger keeps them, lines that wait for their product, orders that could not be applied. */
@Component(service = OrdersResource.class)
@ApiResource
@Path("orders")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class OrdersResource {
    private final OrderBook orders;
    private final StoreSync sync;

    @Activate
    public OrdersResource(@Reference OrderBook orders, @Reference StoreSync sync) {
        this.orders = orders;
        this.sync = sync;
    }

    /** Which product an unmatched line is. */
    record LineMapping(Long product) {}

    /** What became of a retry, in words. */
    record Retried(String outcome) {}

    @GET
    public Views.OrderPage list(
            @QueryParam("store") String store,
            @QueryParam("state") OrderView.State state,
            @QueryParam("q") @DefaultValue("") String text,
            @QueryParam("product") Long product,
            @BeanParam Paging paging) {
        return Views.OrderPage.of(orders.orders(new OrderQuery(
                store == null ? null : new StoreId(store),
                state,
                text,
                product == null ? null : new ProductId(product),
                paging.request())));
    }

    @GET
    @Path("unmatched")
    public Views.UnmatchedPage unmatched(@BeanParam Paging paging) {
        return Views.UnmatchedPage.of(orders.unmatched(paging.request()));
    }

    @GET
    @Path("parked")
    public Views.ParkedPage parked(@BeanParam Paging paging) {
        return Views.ParkedPage.of(orders.parked(paging.request()));
    }

    /** An order's id may hold slashes, as Shopify's do: it is a query parameter. */
    @GET
    @Path("{store}")
    public Views.Order get(@PathParam("store") String store, @Parameter(required = true) @QueryParam("id") String id) {
        return orders.order(key(store, id))
                .map(Views.Order::of)
                .orElseThrow(() -> Problem.notFound("Store " + store + " has no order " + id + " here."));
    }

    /** Decides what an unmatched line is, and books it. */
    @PUT
    @Path("{store}/lines/product")
    public Views.Order map(
            @PathParam("store") String store,
            @Parameter(required = true) @QueryParam("id") String id,
            @Parameter(required = true) @QueryParam("line") String line,
            LineMapping wanted,
            @Context SecurityContext security) {
        if (wanted.product() == null) {
            throw Problem.invalid("product", "Say which product the line is.");
        }
        if (line == null) {
            throw Problem.invalid("line", "Say which line of the order is meant.");
        }
        return Views.Order.of(orders.map(
                key(store, id),
                line,
                new ProductId(wanted.product()),
                Caller.of(security).actor()));
    }

    /** Reads a parked order again by its id, and applies it. */
    @POST
    @Path("{store}/retry")
    public void retry(
            @PathParam("store") String store,
            @Parameter(required = true) @QueryParam("id") String id,
            @Context SecurityContext security,
            @Suspended AsyncResponse answer) {
        sync.retryParked(key(store, id), Caller.of(security).actor())
                .whenComplete((outcome, failure) ->
                        answer.resume(failure == null ? new Retried(outcome) : unwrapped(failure)));
    }

    /** Lets go of a parked order. */
    @DELETE
    @Path("{store}/parked")
    public void dismiss(
            @PathParam("store") String store,
            @Parameter(required = true) @QueryParam("id") String id,
            @Context SecurityContext security) {
        orders.dismissParked(key(store, id), Caller.of(security).actor());
    }

    static Throwable unwrapped(Throwable failure) {
        return failure instanceof java.util.concurrent.CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }

    private static OrderKey key(String store, String id) {
        if (id == null) {
            throw Problem.invalid("id", "Say which order is meant: its id in the store.");
        }
        return new OrderKey(new StoreId(store), id);
    }
}
