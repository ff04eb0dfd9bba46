package org.evenkeel.rest;

import io.swagger.v3.oas.annotations.Parameter;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.evenkeel.accounts.Principal;
import org.evenkeel.ledger.InventoryService;
import org.evenkeel.ledger.Journal;
import org.evenkeel.ledger.LocationId;
import org.evenkeel.ledger.Movement;
import org.evenkeel.ledger.MovementId;
import org.evenkeel.ledger.OrderKey;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.StoreId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The journal, newest first, and its undo. */
@Component(service = MovementsResource.class)
@ApiResource
@Path("movements")
@Produces(MediaType.APPLICATION_JSON)
public final class MovementsResource {
    private final Journal journal;
    private final InventoryService inventory;

    @Activate
    public MovementsResource(@Reference Journal journal, @Reference InventoryService inventory) {
        this.journal = journal;
        this.inventory = inventory;
    }

    /** What does not add up; empty when the books are right. */
    record Audit(boolean clean, List<String> findings) {}

    @GET
    public Views.MovementPage list(
            @QueryParam("product") Long product,
            @QueryParam("location") Long location,
            @QueryParam("reason") Movement.Reason reason,
            @QueryParam("store") String store,
            @QueryParam("order") String order,
            @BeanParam Paging paging) {
        if (order != null && store == null) {
            throw Problem.invalid("store", "An order is named by its store and its id.");
        }
        return Views.MovementPage.of(journal.movements(
                new Journal.Query(
                        product == null ? null : new ProductId(product),
                        location == null ? null : new LocationId(location),
                        reason,
                        order == null ? null : new OrderKey(new StoreId(store), order)),
                paging.request()));
    }

    @GET
    @Path("{movement}")
    public Views.MovementView get(@PathParam("movement") long movement) {
        return journal.movement(new MovementId(movement))
                .map(Views.MovementView::of)
                .orElseThrow(() -> Problem.notFound("There is no movement " + movement + "."));
    }

    /** Posts the reverse of a movement that a person posted. */
    @POST
    @Path("{movement}/undo")
    public Response undo(
            @PathParam("movement") long movement,
            @Parameter(required = true) @HeaderParam(Keys.HEADER) String key,
            @Context SecurityContext security) {
        String actor = Caller.of(security).actor();
        return Keys.answer(inventory.undo(new MovementId(movement), actor, Keys.of(actor, key)));
    }

    /** Proves the books against the journal. */
    @POST
    @Path("audit")
    @Needs(Principal.Scope.ADMIN)
    public Audit audit() {
        List<String> findings = journal.audit();
        return new Audit(findings.isEmpty(), findings);
    }
}
