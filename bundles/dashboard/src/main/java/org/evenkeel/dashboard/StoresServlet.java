package org.evenkeel.dashboard;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.evenkeel.accounts.Principal;
import org.evenkeel.deploy.DeployedJar;
import org.evenkeel.deploy.Deployments;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.LedgerException;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.setup.StoreKind;
import org.evenkeel.setup.StoreSetup;
import org.evenkeel.sync.StoreStatus;
import org.evenkeel.sync.StoreSync;
import org.evenkeel.sync.WindowBucket;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** All stores, the kinds that can be added, and what became of jars in the deploy folder. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/stores")
@Web.InContext
public final class StoresServlet extends Area {
    private static final long serialVersionUID = 1L;
    private final transient StoreSync sync;
    private final transient StoreSetup setup;
    private final transient Deployments deployments;

    @Activate
    public StoresServlet(
            @Reference StoreSync sync,
            @Reference StoreSetup setup,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Deployments deployments,
            @Reference Surroundings surroundings) {
        super(Name.STORES, surroundings);
        this.sync = sync;
        this.setup = setup;
        this.deployments = deployments;
    }

    /**
     * A store.
     *
     * @param failure why its connector is not active; empty when it is
     * @param window its oversell windows of the last 24 hours
     */
    public record Row(StoreStatus status, String failure, WindowBucket window) {}

    /** The list. */
    public record View(Frame frame, List<Row> rows, List<StoreKind> kinds, List<DeployedJar> jars) {
        /** Whether there are several nodes to tell apart. */
        public boolean nodes() {
            return rows.stream().anyMatch(row -> !row.status().node().isEmpty());
        }

        /** Whether there is a store that could be held and is not. */
        public boolean holdable() {
            return rows.stream()
                    .anyMatch(row -> row.status().store().firstTurnedOnAt() != null
                            && row.status().heldReason().isEmpty());
        }
    }

    @Override
    void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        render(
                response,
                "stores.jte",
                new View(
                        frame(request, "Stores"),
                        sync.stores().stream().map(this::row).toList(),
                        setup.kinds(),
                        deployments == null ? List.of() : deployments.jars()));
    }

    private Row row(StoreStatus status) {
        StoreId id = status.store().id();
        return new Row(status, setup.activationFailure(id).orElse(""), Span.DAY.sum(sync, id, Instant.now()));
    }

    /** Holds all stores, or saves a new one as a draft; a refusal comes back to the form with what was typed. */
    @Override
    void submitted(HttpServletRequest request, HttpServletResponse response) throws IOException {
        require(request, Principal.Scope.ADMIN);
        if (text(request, "do").equals("hold-all")) {
            holdAll(request, response);
        } else {
            create(request, response);
        }
    }

    private void holdAll(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String reason = text(request, "reason");
        if (reason.isEmpty()) {
            throw new InvalidInputException("reason", "Say why the stores are held: others will read it.");
        }
        sync.hold(Set.of(), reason, actor(request));
        answer(
                request,
                response,
                "/stores",
                new Notice("All stores are held: nothing is sent to them until a plan releases each.", false));
    }

    private void create(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String pid = text(request, "kind");
        Optional<StoreKind> kind = setup.kind(pid);
        if (kind.isEmpty()) {
            answer(request, response, "/stores", new Notice("The connector of that kind is away.", true));
            return;
        }
        StoreFields fields = StoreFields.typed(kind.get(), request);
        try {
            StoreId store = setup.create(pid, text(request, "name"), fields.changed(request), actor(request));
            answer(
                    request,
                    response,
                    "/stores/" + store,
                    new Notice("Saved as a draft. Check it, then turn synchronizing on.", false));
        } catch (LedgerException refused) {
            response.setStatus(422);
            render(
                    response,
                    "store-form.jte",
                    new StoreFormServlet.View(
                            frame(request, "Add a store"),
                            "/stores",
                            kind.get(),
                            text(request, "name"),
                            fields,
                            refused.getMessage()));
        }
    }
}
