package org.evenkeel.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.evenkeel.accounts.Principal;
import org.evenkeel.ledger.Catalogue;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Where stock lies. */
@Component(service = LocationsResource.class)
@ApiResource
@Path("locations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class LocationsResource {
    private final Catalogue catalogue;

    @Activate
    public LocationsResource(@Reference Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** A location to be made. */
    record NewLocation(String name) {}

    /** All locations, the default first. */
    record Locations(List<Views.LocationView> items) {}

    @GET
    public Locations list() {
        return new Locations(
                catalogue.locations().stream().map(Views.LocationView::of).toList());
    }

    @POST
    @Needs(Principal.Scope.ADMIN)
    public Response create(NewLocation wanted, @Context SecurityContext security) {
        if (wanted.name() == null || wanted.name().isBlank()) {
            throw Problem.invalid("name", "A location needs a name.");
        }
        return Response.status(201)
                .entity(Views.LocationView.of(catalogue.createLocation(
                        wanted.name().strip(), Caller.of(security).actor())))
                .build();
    }
}
