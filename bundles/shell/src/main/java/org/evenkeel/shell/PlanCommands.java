package org.evenkeel.shell;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.PlanQuery;
import org.evenkeel.sync.PlanRow;
import org.evenkeel.sync.StorePlans;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Plans by commands: {@code evenkeel:plan one release}, {@code evenkeel:showPlan 12}, {@code evenkeel:applyPlan 12}. */
@Component(
        service = PlanCommands.class,
        property = {
            "osgi.command.scope=evenkeel",
            "osgi.command.function=plan",
            "osgi.command.function=plans",
            "osgi.command.function=showPlan",
            "osgi.command.function=applyPlan",
            "osgi.command.function=undoPlan",
            "osgi.command.function=discardPlan"
        })
public final class PlanCommands {
    private static final PageRequest PLANS = new PageRequest(0, 20);
    private static final PageRequest ROWS = new PageRequest(0, 50);
    private final StorePlans plans;

    @Activate
    public PlanCommands(@Reference StorePlans plans) {
        this.plans = plans;
    }

    /** Begins a plan: turn-on for a store that is off, release for one that is held. */
    public String plan(String store, String kind) {
        return Shell.said(() -> "Plan "
                + plans.begin(new StoreId(store), Shell.choice(Plan.Kind.class, "kind", kind), Shell.ACTOR)
                + " reads the store.");
    }

    /** The last plans of all stores. */
    public String plans() {
        return listed(null);
    }

    /** The last plans of a store. */
    public String plans(String store) {
        return listed(store);
    }

    private String listed(String store) {
        return Shell.said(() -> {
            Page<Plan> page = plans.plans(store == null ? null : new StoreId(store), PLANS);
            return page.items().isEmpty()
                    ? "There is no plan."
                    : page.items().stream().map(PlanCommands::line).collect(Collectors.joining("\n"));
        });
    }

    /** What a plan found, and the first of what would change. */
    public String showPlan(long plan) {
        return Shell.said(() -> {
            Plan shown = plans.plan(plan)
                    .orElseThrow(
                            () -> new NotFoundException("There is no plan " + plan + ", or it is not kept any more."));
            PlanQuery different = new PlanQuery("", Set.of(), Set.of(), true, ROWS);
            Page<PlanRow> rows = plans.rows(plan, different);
            return Stream.of(
                            line(shown),
                            shown.outdated(),
                            shown.unresolved(),
                            "changes " + shown.totals().changes() + ", findings "
                                    + shown.totals().findings() + ", orders "
                                    + shown.totals().orders(),
                            rows.items().stream().map(PlanCommands::line).collect(Collectors.joining("\n")),
                            rows.hasMore() ? "… " + (rows.total() - rows.items().size()) + " more" : "")
                    .filter(words -> !words.isEmpty())
                    .collect(Collectors.joining("\n"));
        });
    }

    /** Applies a plan. */
    public String applyPlan(long plan) {
        return Shell.said(() -> "Run " + plans.apply(plan, Shell.ACTOR));
    }

    /** Begins a plan that undoes an applied one. */
    public String undoPlan(long plan) {
        return Shell.said(() -> "Plan " + plans.undo(plan, Shell.ACTOR) + " reads the store.");
    }

    /** Lets go of a plan. */
    public String discardPlan(long plan) {
        return Shell.said(() -> {
            plans.discard(plan, Shell.ACTOR);
            return "It was let go. Nothing was changed.";
        });
    }

    private static String line(Plan plan) {
        return "%-6d %-20s %-8s %-10s %-25s %s"
                .formatted(plan.id(), plan.store(), plan.kind(), plan.state(), plan.begunAt(), plan.explanation());
    }

    private static String line(PlanRow row) {
        return "    %-24s shows %-7s gets %-7s %s"
                .formatted(
                        row.sku() == null ? "(no SKU)" : row.sku(),
                        row.there() == null ? "?" : row.there(),
                        row.gets(),
                        row.findings().isEmpty() ? "" : row.findings());
    }
}
