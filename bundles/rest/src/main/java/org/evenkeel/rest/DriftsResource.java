package org.evenkeel.rest;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Set;
import org.evenkeel.accounts.Principal.Scope;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Drift;
import org.evenkeel.sync.StoreSync;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Figures that somebody changed in a store, and that wait for a person. */
@Component(service = DriftsResource.class)
@ApiResource
@Path("stores/{store}/drifts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class DriftsResource {
    private final StoreSync sync;

    @Activate
    public DriftsResource(@Reference StoreSync sync) {
        this.sync = sync;
    }

    /** What becomes of which figures: OVERWRITE or ADOPT. */
    record Decision(Set<Long> figures, Drift decision) {}

    /** Which figures could not be settled, and why. */
    record Settled(List<String> refused) {}

    @GET
    public Views.DriftPage list(@PathParam("store") String store, @BeanParam Paging paging) {
        return Views.DriftPage.of(sync.drifts(new StoreId(store), paging.request()));
    }

    /** Sends the ledger's figures over them, or takes the changes over into In Stock. */
    @POST
    @Path("settle")
    @Needs(Scope.ADMIN)
    public Settled settle(@PathParam("store") String store, Decision wanted, @Context SecurityContext security) {
        if (wanted.figures() == null || wanted.decision() == null) {
            throw Problem.invalid(
                    wanted.figures() == null ? "figures" : "decision",
                    "Say which figures, and what becomes of them: OVERWRITE or ADOPT.");
        }
        return new Settled(sync.settleDrift(
                new StoreId(store),
                wanted.figures(),
                wanted.decision(),
                Caller.of(security).actor()));
    }
}
