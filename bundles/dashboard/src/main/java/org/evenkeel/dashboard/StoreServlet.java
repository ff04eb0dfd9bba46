package org.evenkeel.dashboard;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.evenkeel.accounts.Principal;
import org.evenkeel.connector.CheckReport;
import org.evenkeel.ledger.Catalogue;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.ListingQuery;
import org.evenkeel.ledger.ListingView;
import org.evenkeel.ledger.Location;
import org.evenkeel.ledger.LocationId;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.StoreLocationMapping;
import org.evenkeel.setup.StoreSetup;
import org.evenkeel.sync.RefreshKind;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.StoreStatus;
import org.evenkeel.sync.StoreSync;
import org.evenkeel.sync.TurnOn;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** One store: state, check, switches, run under way, listings that are not level, locations, past runs. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/stores/*")
@Web.InContext
public final class StoreServlet extends Area {
    private static final long serialVersionUID = 1L;
    private static final PageRequest PROBLEMS = new PageRequest(0, 20);
    private static final int CHECK_SECONDS = 60;
    private final transient StoreSync sync;
    private final transient StoreSetup setup;
    private final transient ListingBook listings;
    private final transient Catalogue catalogue;

    @Activate
    public StoreServlet(
            @Reference StoreSync sync,
            @Reference StoreSetup setup,
            @Reference ListingBook listings,
            @Reference Catalogue catalogue,
            @Reference Surroundings surroundings) {
        super(Name.STORES, surroundings);
        this.sync = sync;
        this.setup = setup;
        this.listings = listings;
        this.catalogue = catalogue;
    }

    /** The page. */
    public record View(
            Frame frame,
            StoreStatus status,
            String failure,
            Page<ListingView> problems,
            List<StoreLocationMapping> storeLocations,
            List<Location> locations,
            Page<Run> runs,
            Links links) {}

    @Override
    void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        StoreId id = store(request);
        StoreStatus status = sync.store(id).orElseThrow(() -> new NotFoundException("There is no store " + id + "."));
        render(
                response,
                "store.jte",
                new View(
                        frame(request, status.store().name()),
                        status,
                        setup.activationFailure(id).orElse(""),
                        listings.listings(new ListingQuery(id, null, null, true, "", PROBLEMS)),
                        catalogue.storeLocations(id),
                        catalogue.locations(),
                        sync.runs(id, pageRequest(request)),
                        Links.of(request, "/stores/" + id)));
    }

    @Override
    String act(HttpServletRequest request) {
        StoreId id = store(request);
        String wanted = text(request, "do");
        require(
                request,
                Set.of("refresh", "hard-refresh", "retry").contains(wanted)
                        ? Principal.Scope.WRITE
                        : Principal.Scope.ADMIN);
        return switch (wanted) {
            case "check" -> check(id, actor(request));
            case "turn-on" -> turnOn(request, id);
            case "turn-off" -> {
                sync.turnOff(id, actor(request));
                yield "Synchronizing is off. Its place in the orders is kept.";
            }
            case "refresh" -> "Run " + sync.refresh(id, RefreshKind.NORMAL, actor(request)) + " is under way.";
            case "hard-refresh" ->
                "Run " + sync.refresh(id, RefreshKind.HARD, actor(request))
                        + " is under way; it reads every figure back.";
            case "resume" -> {
                sync.resume(id, actor(request));
                yield "It tries again.";
            }
            case "retry" -> {
                listings.retry(id, Set.of(Long.parseLong(text(request, "figure"))), actor(request));
                yield "It goes again with the next push.";
            }
            case "map" -> map(request, id);
            case "remove" -> {
                setup.remove(id, actor(request));
                yield "The store was removed. Its history stays.";
            }
            default -> throw new NotFoundException("This page takes no such form.");
        };
    }

    private String check(StoreId id, String actor) {
        try {
            CheckReport report = sync.check(id, actor).toCompletableFuture().get(CHECK_SECONDS, TimeUnit.SECONDS);
            return report.passed() ? "The check passed." : "The check found what has to be mended first: see below.";
        } catch (TimeoutException slow) {
            return "The store has not answered yet; its report will be shown here.";
        } catch (ExecutionException failed) {
            throw new NotFoundException(
                    "The check could not be done: " + failed.getCause().getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new NotFoundException("The host is stopping.");
        }
    }

    private String turnOn(HttpServletRequest request, StoreId id) {
        TurnOn choices = new TurnOn(
                !text(request, "takeOpenOrders").isEmpty(), choice(request, "opening", TurnOn.Opening.ADOPT));
        return "Synchronizing is on; run " + sync.turnOn(id, choices, actor(request)) + " is under way.";
    }

    private String map(HttpServletRequest request, StoreId id) {
        String[] chosen = request.getParameterValues("locations");
        Set<LocationId> locations = chosen == null
                ? Set.of()
                : Arrays.stream(chosen).map(Long::valueOf).map(LocationId::new).collect(Collectors.toSet());
        catalogue.mapStoreLocation(id, text(request, "storeLocation"), locations, actor(request));
        return "The location was mapped; every listing of the store is looked at again.";
    }

    private static StoreId store(HttpServletRequest request) {
        String path = request.getPathInfo();
        if (path == null || path.length() < 2) {
            throw new NotFoundException("There is no such store.");
        }
        return new StoreId(path.substring(1));
    }
}
