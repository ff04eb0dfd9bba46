package org.evenkeel.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
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
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenkeel.accounts.Principal.Scope;
import org.evenkeel.ledger.Catalogue;
import org.evenkeel.ledger.LocationId;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.setup.StoreForm;
import org.evenkeel.setup.StoreKind;
import org.evenkeel.setup.StoreSetup;
import org.evenkeel.sync.RefreshKind;
import org.evenkeel.sync.StoreSync;
import org.evenkeel.sync.TurnOn;
import org.evenkeel.sync.WebhookTraffic;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Stores: their settings, their switches, their runs. */
@Component(service = StoresResource.class)
@ApiResource
@Path("stores")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class StoresResource {
    private final StoreSync sync;
    private final StoreSetup setup;
    private final Catalogue catalogue;
    /** Null where nothing takes webhooks. */
    private final WebhookTraffic traffic;

    @Activate
    public StoresResource(
            @Reference StoreSync sync,
            @Reference StoreSetup setup,
            @Reference Catalogue catalogue,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    WebhookTraffic traffic) {
        this.sync = sync;
        this.setup = setup;
        this.catalogue = catalogue;
        this.traffic = traffic;
    }

    /** All stores that are there. */
    record Stores(List<Views.Store> items) {}

    /** Kinds of stores that can be added. */
    record Kinds(List<StoreKind> items) {}

    /** A store's settings: {@code kind} only when it is made. Secrets left out of a change keep their values. */
    record ConnectorSettings(String kind, String name, Map<String, List<String>> values) {}

    /** A store's settings as they are, without secrets. */
    record PresentSettings(String kind, String name, Map<String, List<String>> values, Set<String> secretsSet) {
        static PresentSettings of(StoreForm form) {
            return new PresentSettings(form.kind().pid(), form.name(), form.values(), form.secretsSet());
        }
    }

    /** What is chosen at the first turning on. */
    record Choices(Boolean takeOpenOrders, TurnOn.Opening opening) {}

    /** The run that a call started or joined. */
    record Started(long run) {}

    /** Why a store is held. */
    record Hold(String reason) {}

    /** Which ledger locations stand behind a store location. */
    record LocationMapping(List<Long> locations) {}

    /** A store's locations. */
    record StoreLocations(List<Views.StoreLocation> items) {}

    @GET
    public Stores list() {
        return new Stores(sync.stores().stream().map(Views.Store::of).toList());
    }

    @GET
    @Path("kinds")
    public Kinds kinds() {
        return new Kinds(setup.kinds());
    }

    /** Saves a new store as a draft. */
    @POST
    @Needs(Scope.ADMIN)
    public Response create(ConnectorSettings wanted, @Context SecurityContext security) {
        if (wanted.kind() == null || wanted.name() == null) {
            throw Problem.invalid(wanted.kind() == null ? "kind" : "name", "A store needs a kind and a name.");
        }
        StoreId id = setup.create(wanted.kind(), wanted.name(), values(wanted), actor(security));
        return Response.created(URI.create("stores/" + id)).entity(settings(id)).build();
    }

    @GET
    @Path("{store}")
    public Views.Store get(@PathParam("store") String store) {
        return sync.store(new StoreId(store))
                .map(Views.Store::of)
                .orElseThrow(() -> Problem.notFound("There is no store " + store + "."));
    }

    @GET
    @Path("{store}/settings")
    @Needs(Scope.ADMIN)
    public PresentSettings settings(@PathParam("store") String store) {
        return settings(new StoreId(store));
    }

    @PUT
    @Path("{store}/settings")
    @Needs(Scope.ADMIN)
    public PresentSettings change(
            @PathParam("store") String store, ConnectorSettings wanted, @Context SecurityContext security) {
        StoreId id = new StoreId(store);
        String name = wanted.name() == null ? settings(id).name() : wanted.name();
        setup.update(id, name, values(wanted), actor(security));
        return settings(id);
    }

    /** Removes a store; its id and history stay. */
    @DELETE
    @Path("{store}")
    @Needs(Scope.ADMIN)
    public void remove(@PathParam("store") String store, @Context SecurityContext security) {
        get(store);
        setup.remove(new StoreId(store), actor(security));
    }

    /** Asks the store and answers what was found. */
    @POST
    @Path("{store}/check")
    @Needs(Scope.ADMIN)
    public void check(
            @PathParam("store") String store, @Context SecurityContext security, @Suspended AsyncResponse answer) {
        sync.check(new StoreId(store), actor(security))
                .whenComplete((report, failure) ->
                        answer.resume(failure == null ? Views.Check.of(report) : OrdersResource.unwrapped(failure)));
    }

    @POST
    @Path("{store}/turn-on")
    @Needs(Scope.ADMIN)
    @Operation(
            summary = "Turn synchronizing on",
            description =
                    "For scripts: what a plan with these choices would do, without looking at it first. See /plans.")
    @ApiResponse(
            responseCode = "202",
            description = "The run has begun.",
            content = @Content(schema = @Schema(implementation = Started.class)))
    public Response turnOn(@PathParam("store") String store, Choices choices, @Context SecurityContext security) {
        TurnOn wanted = new TurnOn(
                choices.takeOpenOrders() != null && choices.takeOpenOrders(),
                choices.opening() == null ? TurnOn.DEFAULT.opening() : choices.opening());
        return started(sync.turnOn(new StoreId(store), wanted, actor(security)));
    }

    @POST
    @Path("{store}/turn-off")
    @Needs(Scope.ADMIN)
    public void turnOff(@PathParam("store") String store, @Context SecurityContext security) {
        sync.turnOff(new StoreId(store), actor(security));
    }

    /** Listings and orders in, then inventory out; joins a run under way. */
    @POST
    @Path("{store}/refresh")
    @Operation(
            summary = "Listings and orders in, then inventory out",
            description =
                    "Joins a run under way. HARD compares every listing with a read-back; DRY sends nothing and shows"
                            + " with its exchanges what would be sent.")
    @ApiResponse(
            responseCode = "202",
            description = "The run has begun, or was joined.",
            content = @Content(schema = @Schema(implementation = Started.class)))
    public Response refresh(
            @PathParam("store") String store,
            @QueryParam("kind") @DefaultValue("NORMAL") RefreshKind kind,
            @Context SecurityContext security) {
        return started(sync.refresh(new StoreId(store), kind, actor(security)));
    }

    /** Holds all stores that were ever turned on; each is released by a plan. */
    @POST
    @Path("hold")
    @Needs(Scope.ADMIN)
    @Operation(
            summary = "Hold all stores",
            description =
                    "Orders and listings are pulled and booked on; nothing is sent to any store until a plan releases it.")
    public void holdAll(Hold wanted, @Context SecurityContext security) {
        sync.hold(Set.of(), reason(wanted), actor(security));
    }

    /** Holds a store; a plan releases it. */
    @POST
    @Path("{store}/hold")
    @Needs(Scope.ADMIN)
    @Operation(
            summary = "Hold a store",
            description =
                    "Its orders and listings are pulled and booked on; nothing is sent to it until a plan releases it.")
    public void hold(@PathParam("store") String store, Hold wanted, @Context SecurityContext security) {
        get(store);
        sync.hold(Set.of(new StoreId(store)), reason(wanted), actor(security));
    }

    private static String reason(Hold wanted) {
        if (wanted.reason() == null || wanted.reason().isBlank()) {
            throw Problem.invalid("reason", "Say why: somebody else may have to decide about the release.");
        }
        return wanted.reason();
    }

    /** How a store is kept level. */
    @GET
    @Path("{store}/sync")
    public Views.Keeping keeping(@PathParam("store") String store) {
        get(store);
        return Views.Keeping.of(sync.settings(new StoreId(store)));
    }

    /** Keeps a store level otherwise: what is left out is as for all stores. */
    @PUT
    @Path("{store}/sync")
    @Needs(Scope.ADMIN)
    public Views.Keeping keep(
            @PathParam("store") String store, Views.Keeping wanted, @Context SecurityContext security) {
        get(store);
        sync.configure(new StoreId(store), wanted.settings(), actor(security));
        return keeping(store);
    }

    /** Where a store stands with its webhooks, and what came in by them at this host since it started. */
    @GET
    @Path("{store}/webhooks")
    public Views.Webhooks webhooks(@PathParam("store") String store) {
        get(store);
        StoreId id = new StoreId(store);
        return Views.Webhooks.of(sync.webhooks(id), traffic == null ? null : traffic.counts(id));
    }

    /** Lets a stopped lane try again. */
    @POST
    @Path("{store}/resume")
    @Needs(Scope.ADMIN)
    public void resume(@PathParam("store") String store, @Context SecurityContext security) {
        sync.resume(new StoreId(store), actor(security));
    }

    @GET
    @Path("{store}/runs")
    public Views.RunPage runs(@PathParam("store") String store, @BeanParam Paging paging) {
        get(store);
        return Views.RunPage.of(sync.runs(new StoreId(store), paging.request()));
    }

    @GET
    @Path("{store}/locations")
    public StoreLocations locations(@PathParam("store") String store) {
        get(store);
        return new StoreLocations(catalogue.storeLocations(new StoreId(store)).stream()
                .map(Views.StoreLocation::of)
                .toList());
    }

    /** Maps a store location; every listing of the store becomes due. */
    @PUT
    @Path("{store}/locations")
    @Needs(Scope.ADMIN)
    public StoreLocations map(
            @PathParam("store") String store,
            @Parameter(required = true) @QueryParam("id") String location,
            LocationMapping wanted,
            @Context SecurityContext security) {
        if (location == null || wanted.locations() == null) {
            throw Problem.invalid(
                    location == null ? "id" : "locations",
                    "Say which of the store's locations (id), and which ledger locations stand behind it.");
        }
        catalogue.mapStoreLocation(
                new StoreId(store),
                location,
                wanted.locations().stream().map(LocationId::new).collect(Collectors.toSet()),
                actor(security));
        return locations(store);
    }

    private PresentSettings settings(StoreId store) {
        return setup.form(store)
                .map(PresentSettings::of)
                .orElseThrow(() -> Problem.notFound("Store " + store + " has no settings, or its connector is away."));
    }

    private static Map<String, List<String>> values(ConnectorSettings wanted) {
        return wanted.values() == null ? Map.of() : wanted.values();
    }

    private static Response started(long run) {
        return Response.accepted(new Started(run))
                .location(URI.create("runs/" + run))
                .build();
    }

    private static String actor(SecurityContext security) {
        return Caller.of(security).actor();
    }
}
