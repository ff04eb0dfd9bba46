package org.evenkeel.dashboard;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.evenkeel.accounts.Principal;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.StoreRegistry;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.StorePlans;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** The plans there are and were, of one store or of all; a new one is begun here. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/plans")
@Web.InContext
public final class PlansServlet extends Area {
    private static final long serialVersionUID = 1L;
    private final transient StorePlans plans;
    private final transient StoreRegistry stores;

    @Activate
    public PlansServlet(
            @Reference StorePlans plans, @Reference StoreRegistry stores, @Reference Surroundings surroundings) {
        super(Name.STORES, surroundings);
        this.plans = plans;
        this.stores = stores;
    }

    /**
     * The list.
     *
     * @param store whose plans; empty for all
     */
    public record View(Frame frame, String store, Page<Plan> page, Map<StoreId, String> storeNames, Links links) {
        /** What a store is called, or was. */
        public String name(StoreId id) {
            return storeNames.getOrDefault(id, id.value());
        }
    }

    @Override
    void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String store = text(request, "store");
        render(
                response,
                "plans.jte",
                new View(
                        frame(request, "Plans"),
                        store,
                        plans.plans(store.isEmpty() ? null : new StoreId(store), pageRequest(request)),
                        stores.stores().stream().collect(Collectors.toMap(Store::id, Store::name)),
                        Links.of(request, "/plans")));
    }

    /** Begins a plan, and goes to it. */
    @Override
    void submitted(HttpServletRequest request, HttpServletResponse response) throws IOException {
        require(request, Principal.Scope.ADMIN);
        long plan = plans.begin(
                new StoreId(text(request, "store")), choice(request, "kind", Plan.Kind.TURN_ON), actor(request));
        response.sendRedirect("/plans/" + plan);
    }
}
