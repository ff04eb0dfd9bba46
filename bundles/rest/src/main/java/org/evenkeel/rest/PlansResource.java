package org.evenkeel.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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
import jakarta.ws.rs.core.StreamingOutput;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.evenkeel.accounts.Principal.Scope;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.PlanChoices;
import org.evenkeel.sync.PlanOrder;
import org.evenkeel.sync.PlanQuery;
import org.evenkeel.sync.StorePlans;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Plan, choose, apply, undo: how stores are turned on and released. */
@Component(service = PlansResource.class)
@ApiResource
@Path("plans")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class PlansResource {
    private static final PageRequest WHOLE = new PageRequest(0, PageRequest.MAX_LIMIT);
    private final StorePlans plans;

    @Activate
    public PlansResource(@Reference StorePlans plans) {
        this.plans = plans;
    }

    /** A plan to be begun: TURN_ON for a store that is off, RELEASE for one that is held. */
    record NewPlan(String store, Plan.Kind kind) {}

    /** What becomes of a product; without an opening, what holds for all. */
    record SkuChoice(PlanChoices.Opening opening, Long quantity) {
        PlanChoices.Sku choice() {
            return new PlanChoices.Sku(opening, quantity);
        }
    }

    /**
     * A change of choices; what is left out stays.
     *
     * @param opening ADOPT or HOLD, where nothing is chosen for a SKU
     * @param skus by SKU
     * @param missedOrders BOOK or SKIP, where nothing is chosen for an order
     * @param orders by the store's order id
     * @param takeOpenOrders whether open orders from before are booked
     */
    record NewChoices(
            PlanChoices.Opening opening,
            Map<String, SkuChoice> skus,
            PlanChoices.MissedOrder missedOrders,
            Map<String, PlanChoices.MissedOrder> orders,
            Boolean takeOpenOrders) {
        PlanChoices choices() {
            Map<String, PlanChoices.Sku> chosen = new HashMap<>();
            if (skus != null) {
                skus.forEach(
                        (sku, choice) -> chosen.put(sku, choice == null ? PlanChoices.Sku.DEFAULT : choice.choice()));
            }
            return new PlanChoices(opening, chosen, missedOrders, orders == null ? Map.of() : orders, takeOpenOrders);
        }
    }

    /** The run that applies a plan. */
    record Applied(long run) {}

    @GET
    public PlanViews.PlanPage list(@QueryParam("store") String store, @BeanParam Paging paging) {
        return PlanViews.PlanPage.of(plans.plans(store == null ? null : new StoreId(store), paging.request()));
    }

    @POST
    @Needs(Scope.ADMIN)
    @Operation(
            summary = "Begin a plan",
            description =
                    "The store is read without changing anything; the plan is PULLING until it is READY or FAILED. It"
                            + " takes the place of a plan of the store that was not applied yet, and keeps what was chosen in it as"
                            + " far as it still fits.")
    @ApiResponse(
            responseCode = "202",
            description = "It has begun.",
            content = @Content(schema = @Schema(implementation = PlanViews.PlanView.class)))
    public Response begin(NewPlan wanted, @Context SecurityContext security) {
        if (wanted.store() == null || wanted.kind() == null) {
            throw Problem.invalid(
                    wanted.store() == null ? "store" : "kind",
                    "A plan is for a store and of a kind: TURN_ON or RELEASE. An applied plan is undone at /plans/…/undo.");
        }
        return begun(plans.begin(new StoreId(wanted.store()), wanted.kind(), actor(security)));
    }

    @GET
    @Path("{plan}")
    public PlanViews.PlanView get(@PathParam("plan") long plan) {
        return PlanViews.PlanView.of(plan(plan));
    }

    @GET
    @Path("{plan}/rows")
    public PlanViews.RowPage rows(
            @PathParam("plan") long plan, @BeanParam PlanFilter filter, @BeanParam Paging paging) {
        return PlanViews.RowPage.of(plans.rows(plan, filter.query(paging.request())));
    }

    @GET
    @Path("{plan}/rows.csv")
    @Produces("text/csv")
    @Operation(summary = "All rows that are found, as CSV", description = "RFC 4180 with a header line, in UTF-8.")
    @ApiResponse(
            responseCode = "200",
            description = "The rows.",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
    public Response export(@PathParam("plan") long plan, @BeanParam PlanFilter filter) {
        String name = "plan-" + plan(plan).id() + ".csv";
        PlanQuery query = filter.query(WHOLE);
        StreamingOutput rows = out -> {
            Writer to = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            plans.export(plan, query, to);
            to.flush();
        };
        return Response.ok(rows, "text/csv; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .build();
    }

    @GET
    @Path("{plan}/orders")
    public PlanViews.FoundOrderPage orders(
            @PathParam("plan") long plan, @QueryParam("kind") PlanOrder.Kind kind, @BeanParam Paging paging) {
        return PlanViews.FoundOrderPage.of(plans.orders(plan, kind, paging.request()));
    }

    /** Changes choices: all of them or none. */
    @PATCH
    @Path("{plan}/choices")
    @Needs(Scope.ADMIN)
    public PlanViews.PlanView choose(
            @PathParam("plan") long plan, NewChoices wanted, @Context SecurityContext security) {
        return PlanViews.PlanView.of(plans.choose(plan, wanted.choices(), actor(security)));
    }

    @POST
    @Path("{plan}/choices")
    @Needs(Scope.ADMIN)
    @Operation(
            summary = "Choose the same for all rows that are found",
            description =
                    "ADOPT or HOLD; without an opening, what holds for all. Rows that it does not fit are left out.")
    public PlanViews.PlanView chooseAll(
            @PathParam("plan") long plan,
            @BeanParam PlanFilter filter,
            SkuChoice wanted,
            @Context SecurityContext security) {
        return PlanViews.PlanView.of(plans.chooseAll(plan, filter.query(WHOLE), wanted.choice(), actor(security)));
    }

    @POST
    @Path("{plan}/apply")
    @Needs(Scope.ADMIN)
    @Operation(
            summary = "Apply a plan",
            description =
                    "Applying it again answers the same run. One that is outdated or leaves something unresolved is"
                            + " refused with 409.")
    @ApiResponse(
            responseCode = "202",
            description = "The run has begun.",
            content = @Content(schema = @Schema(implementation = Applied.class)))
    public Response apply(@PathParam("plan") long plan, @Context SecurityContext security) {
        long run = plans.apply(plan, actor(security));
        return Response.accepted(new Applied(run))
                .location(URI.create("runs/" + run))
                .build();
    }

    @POST
    @Path("{plan}/undo")
    @Needs(Scope.ADMIN)
    @Operation(
            summary = "Begin a plan that undoes an applied one",
            description =
                    "It proposes figures that keep what was sold since, and is looked at and applied like any other.")
    @ApiResponse(
            responseCode = "202",
            description = "It has begun.",
            content = @Content(schema = @Schema(implementation = PlanViews.PlanView.class)))
    public Response undo(@PathParam("plan") long plan, @Context SecurityContext security) {
        return begun(plans.undo(plan, actor(security)));
    }

    /** Lets go of a plan that was not applied. */
    @DELETE
    @Path("{plan}")
    @Needs(Scope.ADMIN)
    public void discard(@PathParam("plan") long plan, @Context SecurityContext security) {
        plans.discard(plan, actor(security));
    }

    private Response begun(long plan) {
        return Response.accepted(get(plan))
                .location(URI.create("plans/" + plan))
                .build();
    }

    private Plan plan(long id) {
        return plans.plan(id)
                .orElseThrow(() -> Problem.notFound("There is no plan " + id + ", or it is not kept any more."));
    }

    private static String actor(SecurityContext security) {
        return Caller.of(security).actor();
    }
}
