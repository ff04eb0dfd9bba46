package org.evenkeel.dashboard;

import jakarta.servlet.http.HttpServletRequest;
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
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.LocationId;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.setup.StoreSetup;
import org.evenkeel.sync.Drift;
import org.evenkeel.sync.RefreshKind;
import org.evenkeel.sync.StoreSync;

/** What the forms of a store's page do. Each answers what was done, in words. */
final class StoreActions {
    private static final int CHECK_SECONDS = 60;
    /** What who may change stock may do; everything else needs an administrator. */
    private static final Set<String> DAILY = Set.of("refresh", "hard-refresh", "dry-run", "retry");

    private final StoreSync sync;
    private final StoreSetup setup;
    private final ListingBook listings;
    private final Catalogue catalogue;

    StoreActions(StoreSync sync, StoreSetup setup, ListingBook listings, Catalogue catalogue) {
        this.sync = sync;
        this.setup = setup;
        this.listings = listings;
        this.catalogue = catalogue;
    }

    String act(StoreId id, HttpServletRequest request) {
        String wanted = Area.text(request, "do");
        Area.require(request, DAILY.contains(wanted) ? Principal.Scope.WRITE : Principal.Scope.ADMIN);
        String actor = Area.actor(request);
        return switch (wanted) {
            case "check" -> check(id, actor);
            case "turn-off" -> {
                sync.turnOff(id, actor);
                yield "Synchronizing is off. Its place in the orders is kept.";
            }
            case "refresh" -> "Run " + sync.refresh(id, RefreshKind.NORMAL, actor) + " is under way.";
            case "hard-refresh" ->
                "Run " + sync.refresh(id, RefreshKind.HARD, actor) + " is under way; it reads every figure back.";
            case "dry-run" ->
                "Run " + sync.refresh(id, RefreshKind.DRY, actor)
                        + " is under way; it sends nothing. Open it to see what would be sent.";
            case "hold" -> hold(request, id);
            case "overwrite" -> settle(request, id, Drift.OVERWRITE);
            case "adopt" -> settle(request, id, Drift.ADOPT);
            case "resume" -> {
                sync.resume(id, actor);
                yield "It tries again.";
            }
            case "retry" -> {
                listings.retry(id, Set.of(Long.parseLong(Area.text(request, "figure"))), actor);
                yield "It goes again with the next push.";
            }
            case "map" -> map(request, id);
            case "remove" -> {
                setup.remove(id, actor);
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

    private String hold(HttpServletRequest request, StoreId id) {
        String reason = Area.text(request, "reason");
        if (reason.isEmpty()) {
            throw new InvalidInputException("reason", "Say why the store is held: others will read it.");
        }
        sync.hold(Set.of(id), reason, Area.actor(request));
        return "The store is held: its orders and listings are read, and nothing is sent until a plan releases it.";
    }

    private String settle(HttpServletRequest request, StoreId id, Drift decision) {
        String[] figures = request.getParameterValues("figure");
        if (figures == null) {
            throw new InvalidInputException("figure", "Choose the figures first.");
        }
        Set<Long> chosen = Arrays.stream(figures).map(Long::valueOf).collect(Collectors.toSet());
        List<String> refused = sync.settleDrift(id, chosen, decision, Area.actor(request));
        if (!refused.isEmpty()) {
            throw new InvalidInputException("figure", String.join(" ", refused));
        }
        return decision == Drift.ADOPT
                ? "Taken: In Stock was adjusted by what was changed there."
                : "The figure of Evenkeel goes over it with the next push.";
    }

    private String map(HttpServletRequest request, StoreId id) {
        String[] chosen = request.getParameterValues("locations");
        Set<LocationId> locations = chosen == null
                ? Set.of()
                : Arrays.stream(chosen).map(Long::valueOf).map(LocationId::new).collect(Collectors.toSet());
        catalogue.mapStoreLocation(id, Area.text(request, "storeLocation"), locations, Area.actor(request));
        return "The location was mapped; every listing of the store is looked at again.";
    }
}
