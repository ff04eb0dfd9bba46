package org.evenkeel.dashboard;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.evenkeel.ledger.Catalogue;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.ListingQuery;
import org.evenkeel.ledger.ListingView;
import org.evenkeel.ledger.Location;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.StoreLocationMapping;
import org.evenkeel.setup.StoreSetup;
import org.evenkeel.sync.DriftedFigure;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.StoreStatus;
import org.evenkeel.sync.StoreSync;
import org.evenkeel.sync.WebhookStatus;
import org.evenkeel.sync.WebhookTraffic;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * One store: state, check, switches, run under way, oversell window, what was changed there, listings that are not level,
 * locations, past runs.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/stores/*")
@Web.InContext
public final class StoreServlet extends Area {
    private static final long serialVersionUID = 1L;
    private static final PageRequest PROBLEMS = new PageRequest(0, 20);
    private static final PageRequest DRIFTS = new PageRequest(0, 100);
    private final transient StoreSync sync;
    private final transient StoreSetup setup;
    private final transient ListingBook listings;
    private final transient Catalogue catalogue;
    private final transient WebhookTraffic traffic;
    private final transient StoreActions actions;

    @Activate
    public StoreServlet(
            @Reference StoreSync sync,
            @Reference StoreSetup setup,
            @Reference ListingBook listings,
            @Reference Catalogue catalogue,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    WebhookTraffic traffic,
            @Reference Surroundings surroundings) {
        super(Name.STORES, surroundings);
        this.sync = sync;
        this.setup = setup;
        this.listings = listings;
        this.catalogue = catalogue;
        this.traffic = traffic;
        this.actions = new StoreActions(sync, setup, listings, catalogue);
    }

    /**
     * The page.
     *
     * @param failure why its connector is not active; empty when it is
     * @param webhooks where it stands with its webhooks; null when it was removed
     * @param traffic what came by them since the host started; null when nothing takes them
     * @param span over which time the oversell window is drawn
     * @param windows that drawing; null when it was removed
     */
    public record View(
            Frame frame,
            StoreStatus status,
            String failure,
            WebhookStatus webhooks,
            WebhookTraffic.Counts traffic,
            Span span,
            Chart windows,
            Page<DriftedFigure> drifts,
            Page<ListingView> problems,
            List<StoreLocationMapping> storeLocations,
            List<Location> locations,
            Page<Run> runs,
            Links links) {
        /** What there is to say of its state; empty when all is well. */
        public String words() {
            return status.explanation().isEmpty() ? status.heldReason() : status.explanation();
        }

        /** How urgent that is, as a colour. */
        public String urgency() {
            return switch (status.state()) {
                case STOPPED, QUARANTINED, AWAY, HELD -> "bad";
                case WAITING -> status.windowAlarm() ? "bad" : "due";
                default -> status.windowAlarm() ? "bad" : status.shadow() || status.drifting() > 0 ? "due" : "good";
            };
        }

        /** What the store calls one of its locations; the end of its id where it never said. */
        public String place(String storeLocation) {
            return Places.name(storeLocations, storeLocation);
        }
    }

    @Override
    void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        StoreId id = store(request);
        StoreStatus status = sync.store(id).orElseThrow(() -> new NotFoundException("There is no store " + id + "."));
        Span span = choice(request, "span", Span.DAY);
        boolean removed = status.state() == StoreStatus.State.REMOVED;
        render(
                response,
                "store.jte",
                new View(
                        frame(request, status.store().name()),
                        status,
                        setup.activationFailure(id).orElse(""),
                        removed ? null : sync.webhooks(id),
                        traffic == null ? null : traffic.counts(id),
                        span,
                        removed
                                ? null
                                : span.chart(
                                        sync,
                                        id,
                                        Instant.now(),
                                        status.settings().windowBound()),
                        status.drifting() == 0 ? new Page<>(List.of(), 0, DRIFTS) : sync.drifts(id, DRIFTS),
                        listings.listings(new ListingQuery(id, null, null, true, "", PROBLEMS)),
                        catalogue.storeLocations(id),
                        catalogue.locations(),
                        sync.runs(id, pageRequest(request)),
                        Links.of(request, "/stores/" + id)));
    }

    @Override
    String act(HttpServletRequest request) {
        return actions.act(store(request), request);
    }

    private static StoreId store(HttpServletRequest request) {
        String path = request.getPathInfo();
        if (path == null || path.length() < 2) {
            throw new NotFoundException("There is no such store.");
        }
        return new StoreId(path.substring(1));
    }
}
