package org.evenkeel.dashboard;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.evenkeel.accounts.Principal;
import org.evenkeel.ledger.Catalogue;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreLocationMapping;
import org.evenkeel.ledger.StoreRegistry;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.PlanOrder;
import org.evenkeel.sync.PlanQuery;
import org.evenkeel.sync.PlanRow;
import org.evenkeel.sync.StorePlans;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** One plan: how far it is, what it found, what is chosen, and its end: applied, let go, or undone by another one. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/plans/*")
@Web.InContext
public final class PlanServlet extends Area {
    private static final long serialVersionUID = 1L;
    private static final Pattern PATH = Pattern.compile("/([1-9][0-9]{0,17})(/rows\\.csv)?");

    private final transient StorePlans plans;
    private final transient StoreRegistry stores;
    private final transient Catalogue catalogue;

    @Activate
    public PlanServlet(
            @Reference StorePlans plans,
            @Reference StoreRegistry stores,
            @Reference Catalogue catalogue,
            @Reference Surroundings surroundings) {
        super(Name.STORES, surroundings);
        this.plans = plans;
        this.stores = stores;
        this.catalogue = catalogue;
    }

    /**
     * The page.
     *
     * @param storeName what people call its store
     * @param first whether its store was never on before
     * @param query which rows are shown
     * @param rows those rows; empty where the orders are shown
     * @param orders its orders; empty where the rows are shown
     * @param showsOrders whether it is the orders that are shown
     */
    public record View(
            Frame frame,
            Plan plan,
            String storeName,
            boolean first,
            PlanQuery query,
            Page<PlanRow> rows,
            Page<PlanOrder> orders,
            boolean showsOrders,
            List<StoreLocationMapping> places,
            Links links) {
        /** Whether its choices can be changed by who looks at it. */
        public boolean choosable() {
            return plan.state() == Plan.State.READY && frame.administers();
        }

        /** Whether there is anything to choose row by row. */
        public boolean choices() {
            return plan.kind() == Plan.Kind.UNDO
                    || plan.kind() == Plan.Kind.TURN_ON
                            && Stream.of(
                                            PlanRow.Finding.NEW_PRODUCT,
                                            PlanRow.Finding.NEVER_COUNTED,
                                            PlanRow.Finding.CONFLICT)
                                    .anyMatch(finding -> plan.totals().of(finding) > 0);
        }

        /** Whether any condition narrows the rows. */
        public boolean filtered() {
            return !query.text().isEmpty()
                    || !query.findings().isEmpty()
                    || !query.changes().isEmpty()
                    || query.onlyDifferent();
        }

        /** What the store calls one of its locations; the end of its id where it never said. */
        public String place(String storeLocation) {
            return Places.name(places, storeLocation);
        }
    }

    @Override
    void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Plan plan = plan(request);
        if (path(request).group(2) != null) {
            Csv.answer(
                    response,
                    "plan-" + plan.id() + "-" + plan.store() + ".csv",
                    to -> plans.export(plan.id(), query(request), to));
            return;
        }
        Store store = stores.find(plan.store())
                .orElseThrow(() -> new NotFoundException("There is no store " + plan.store() + " any more."));
        PlanQuery query = query(request);
        boolean showsOrders = text(request, "show").equals("orders");
        render(
                response,
                "plan.jte",
                new View(
                        frame(request, PlanWords.title(plan, store.name())),
                        plan,
                        store.name(),
                        store.firstTurnedOnAt() == null,
                        query,
                        showsOrders ? new Page<>(List.of(), 0, query.page()) : plans.rows(plan.id(), query),
                        showsOrders
                                ? plans.orders(plan.id(), null, query.page())
                                : new Page<>(List.of(), 0, query.page()),
                        showsOrders,
                        catalogue.storeLocations(plan.store()),
                        Links.of(request, "/plans/" + plan.id())));
    }

    @Override
    void submitted(HttpServletRequest request, HttpServletResponse response) throws IOException {
        require(request, Principal.Scope.ADMIN);
        Plan plan = plan(request);
        switch (text(request, "do")) {
            case "apply" -> response.sendRedirect("/runs/" + plans.apply(plan.id(), actor(request)));
            case "undo" -> response.sendRedirect("/plans/" + plans.undo(plan.id(), actor(request)));
            case "again" ->
                response.sendRedirect("/plans/"
                        + (plan.undoes() == null
                                ? plans.begin(plan.store(), plan.kind(), actor(request))
                                : plans.undo(plan.undoes(), actor(request))));
            default -> super.submitted(request, response);
        }
    }

    @Override
    String act(HttpServletRequest request) {
        long plan = plan(request).id();
        return switch (text(request, "do")) {
            case "defaults" -> chosen(plans.choose(plan, ChoiceForm.defaults(request), actor(request)));
            case "rows" -> chosen(plans.choose(plan, ChoiceForm.skus(request), actor(request)));
            case "orders" -> chosen(plans.choose(plan, ChoiceForm.orders(request), actor(request)));
            case "all" -> chosen(plans.chooseAll(plan, query(request), ChoiceForm.forAll(request), actor(request)));
            case "discard" -> {
                plans.discard(plan, actor(request));
                yield "The plan was let go. Nothing was changed.";
            }
            default -> throw new NotFoundException("This page takes no such form.");
        };
    }

    private static String chosen(Plan plan) {
        return "Chosen. " + Words.count(PlanWords.different(plan.totals()), "figure", "figures")
                + " would be sent; nothing is before you apply the plan.";
    }

    private Plan plan(HttpServletRequest request) {
        return plans.plan(Long.parseLong(path(request).group(1)))
                .orElseThrow(() -> new NotFoundException("There is no such plan, or it is not kept any more."));
    }

    private static Matcher path(HttpServletRequest request) {
        Matcher path = PATH.matcher(request.getPathInfo() == null ? "" : request.getPathInfo());
        if (!path.matches()) {
            throw new NotFoundException("There is no such plan.");
        }
        return path;
    }

    private static PlanQuery query(HttpServletRequest request) {
        return new PlanQuery(
                text(request, "q"),
                only(request, "finding", PlanRow.Finding.class),
                only(request, "change", PlanRow.Change.class),
                !text(request, "different").isEmpty(),
                pageRequest(request));
    }

    private static <E extends Enum<E>> Set<E> only(HttpServletRequest request, String parameter, Class<E> type) {
        String wanted = text(request, parameter).toUpperCase(Locale.ROOT);
        for (E choice : type.getEnumConstants()) {
            if (choice.name().equals(wanted)) {
                return Set.of(choice);
            }
        }
        return Set.of();
    }
}
