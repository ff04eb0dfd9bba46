package org.evenkeel.sync.internal.plans;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenkeel.ledger.Adjustment;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.Sku;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.PlanChoices;
import org.evenkeel.sync.PlanChoices.Opening;
import org.evenkeel.sync.PlanOrder;
import org.evenkeel.sync.PlanQuery;
import org.evenkeel.sync.internal.kept.PlanEntity;
import org.evenkeel.sync.internal.kept.PlanJson;
import org.evenkeel.sync.internal.kept.PlanOrderEntity;
import org.evenkeel.sync.internal.kept.PlanRecords;
import org.evenkeel.sync.internal.kept.PlanRowEntity;

/** Changes what is chosen in a plan: validates all of it first, then keeps all of it at once. */
final class Choosing {
    private static final int ROWS = 500;

    private final PlanRecords records;
    private final Pending pending;
    private final Totals totals;

    Choosing(PlanRecords records) {
        this.records = records;
        this.pending = new Pending(records);
        this.totals = new Totals(records);
    }

    /** @throws InvalidInputException when something does not fit: nothing was changed then */
    void choose(PlanEntity plan, PlanChoices choices) {
        refuseMisfits(plan, choices);
        Loaded loaded = new Loaded();
        Map<String, PlanChoices.Sku> products = products(plan, choices.skus(), loaded);
        keep(plan, choices, products, loaded);
    }

    private void keep(PlanEntity plan, PlanChoices choices, Map<String, PlanChoices.Sku> products, Loaded loaded) {
        List<PlanOrderEntity> orders = orders(plan, choices);
        boolean ordersMove = !orders.isEmpty() || choices.missedOrders() != null || choices.takeOpenOrders() != null;
        change(plan, choices);
        loaded.rows().forEach(row -> {
            PlanChoices.Sku choice = products.get(row.productKey);
            if (row.choosable && choice != null) {
                row.choice = choice.opening() == null ? null : choice.opening().name();
                row.quantity = choice.quantity();
            }
        });
        if (ordersMove) {
            pending.set(plan, orders, loaded);
        }
        loaded.rows().forEach(row -> Figuring.work(plan, row));
        records.choose(
                plan.id,
                kept -> {
                    requireReady(kept);
                    change(kept, choices);
                },
                loaded.rows(),
                orders);
        PlanJson.Totals counted = totals.chosen(plan, PlanJson.totals(plan.totals));
        records.change(plan.id, kept -> kept.totals = PlanJson.totals(counted));
    }

    static void requireReady(PlanEntity plan) {
        Plan.State state = Plan.State.valueOf(plan.state);
        if (state != Plan.State.READY) {
            throw Readiness.conflict(
                    state == Plan.State.PULLING
                            ? "The plan is still being made; it can be chosen from as soon as the store was read."
                            : "The plan is " + state.name().toLowerCase(Locale.ROOT) + ": make a new one.");
        }
    }

    private static void change(PlanEntity plan, PlanChoices choices) {
        if (choices.opening() != null) {
            plan.opening = choices.opening().name();
        }
        if (choices.missedOrders() != null) {
            plan.missedOrders = choices.missedOrders().name();
        }
        if (choices.takeOpenOrders() != null) {
            plan.takeOpenOrders = choices.takeOpenOrders();
        }
    }

    // --- what fits ---------------------------------------------------------------------------------------------------

    private static void refuseMisfits(PlanEntity plan, PlanChoices choices) {
        boolean turnsOn = Plan.Kind.TURN_ON.name().equals(plan.kind);
        boolean undoes = Plan.Kind.UNDO.name().equals(plan.kind);
        if (choices.opening() != null && !turnsOn) {
            throw new InvalidInputException("opening", "Only a plan that turns a store on opens products.");
        }
        if (choices.opening() == Opening.SET) {
            throw new InvalidInputException(
                    "opening", "In Stock is told for one SKU at a time: adopt or hold the rest.");
        }
        if (!choices.skus().isEmpty() && !turnsOn && !undoes) {
            throw new InvalidInputException("skus", "A plan that releases a store leaves nothing to choose.");
        }
        if (choices.skus().size() > PlanChoices.MOST) {
            throw new InvalidInputException("skus", "Up to " + PlanChoices.MOST + " SKUs are chosen at a time.");
        }
        if (choices.orders().size() > PlanChoices.MOST) {
            throw new InvalidInputException("orders", "Up to " + PlanChoices.MOST + " orders are chosen at a time.");
        }
        if ((choices.missedOrders() != null || !choices.orders().isEmpty()) && (!turnsOn || plan.firstTime)) {
            throw new InvalidInputException(
                    choices.missedOrders() != null ? "missedOrders" : "orders",
                    "Orders are missed while a store that was on before is off; this plan has none to choose of.");
        }
        if (choices.takeOpenOrders() != null && (!turnsOn || !plan.firstTime)) {
            throw new InvalidInputException(
                    "takeOpenOrders", "Open orders are taken in when a store is turned on for the first time only.");
        }
    }

    /** The products that SKUs mean, with what is chosen for each. */
    private Map<String, PlanChoices.Sku> products(PlanEntity plan, Map<String, PlanChoices.Sku> skus, Loaded loaded) {
        Map<String, PlanChoices.Sku> products = new LinkedHashMap<>();
        Set<String> folded = skus.keySet().stream()
                .filter(Sku::isPresent)
                .map(sku -> new Sku(sku).folded())
                .collect(Collectors.toSet());
        Map<String, List<PlanRowEntity>> rows = records.rows().ofFolded(plan.id, folded).stream()
                .filter(row -> row.choosable)
                .collect(Collectors.groupingBy(row -> row.folded));
        skus.forEach((sku, choice) -> {
            refuse(sku, choice);
            List<PlanRowEntity> meant = meant(sku, rows);
            fits(plan, sku, choice, meant);
            products.put(meant.get(0).productKey, choice);
        });
        // All listings of the product, whatever their spelling.
        records.rows().ofProducts(plan.id, products.keySet()).forEach(loaded::of);
        return products;
    }

    private static void refuse(String sku, PlanChoices.Sku choice) {
        boolean set = choice.opening() == Opening.SET;
        if (set != (choice.quantity() != null)) {
            throw new InvalidInputException(
                    "skus",
                    set ? "Tell In Stock of " + sku + ", in units." : "A quantity is told with SET only: " + sku + ".");
        }
        if (set && (choice.quantity() < 0 || choice.quantity() > Adjustment.MAX_QUANTITY)) {
            throw new InvalidInputException(
                    "skus",
                    "A quantity is 0 to " + Adjustment.MAX_QUANTITY + ", not " + choice.quantity() + ": " + sku + ".");
        }
    }

    /** The rows of one product that a SKU means: exactly, or else but for case and white space. */
    private static List<PlanRowEntity> meant(String sku, Map<String, List<PlanRowEntity>> rows) {
        List<PlanRowEntity> near = Sku.isPresent(sku) ? rows.getOrDefault(new Sku(sku).folded(), List.of()) : List.of();
        List<PlanRowEntity> exact = near.stream()
                .filter(row -> row.canonical.equals(new Sku(sku).canonical()))
                .toList();
        List<PlanRowEntity> meant = exact.isEmpty() ? near : exact;
        Set<String> products = meant.stream().map(row -> row.productKey).collect(Collectors.toSet());
        if (products.isEmpty()) {
            throw new InvalidInputException("skus", "The plan leaves nothing to choose for the SKU " + sku + ".");
        }
        if (products.size() > 1) {
            throw new InvalidInputException(
                    "skus",
                    "Several products have the SKU " + sku + " but for case and white space: name one exactly.");
        }
        return meant;
    }

    private static void fits(PlanEntity plan, String sku, PlanChoices.Sku choice, List<PlanRowEntity> meant) {
        if (Plan.Kind.UNDO.name().equals(plan.kind)) {
            return;
        }
        if (choice.opening() == Opening.ADOPT && meant.stream().anyMatch(row -> row.conflict)) {
            throw new InvalidInputException(
                    "skus",
                    "Listings of " + sku
                            + " show different figures, so that none can be adopted: tell In Stock, or hold it.");
        }
        if (choice.opening() == Opening.SET
                && meant.stream().map(row -> row.place).distinct().count() > 1) {
            throw new InvalidInputException(
                    "skus",
                    sku + " is shown at several locations: hold it here, and count it at each of them in the ledger.");
        }
    }

    private List<PlanOrderEntity> orders(PlanEntity plan, PlanChoices choices) {
        List<PlanOrderEntity> found = records
                .orders()
                .of(plan.id, choices.orders().keySet())
                .stream()
                .filter(order -> order.kind.equals(PlanOrder.Kind.MISSED.name()))
                .toList();
        Set<String> missing = new HashSet<>(choices.orders().keySet());
        found.forEach(order -> missing.remove(order.code));
        if (!missing.isEmpty()) {
            throw new InvalidInputException(
                    "orders",
                    "The plan shows no missed order " + missing.iterator().next() + ".");
        }
        found.forEach(order -> order.choice = choices.orders().get(order.code).name());
        return found;
    }

    // --- many at once ------------------------------------------------------------------------------------------------

    /** Chooses the same for all products that a query finds and that it fits, some at a time. */
    void chooseAll(PlanEntity plan, PlanQuery query, PlanChoices.Sku choice) {
        if (choice.opening() == Opening.SET) {
            throw new InvalidInputException("skus", "In Stock is told SKU by SKU.");
        }
        refuseMisfits(plan, PlanChoices.sku("any", choice));
        PlanRowEntity after = null;
        List<PlanRowEntity> rows;
        // What is chosen changes what a query finds: looked up first, as keys.
        List<String> keys = new ArrayList<>();
        do {
            rows = records.looks().behind(plan.id, Outcome.holds(plan), query, after, ROWS);
            rows.stream()
                    .filter(row -> row.choosable && !(choice.opening() == Opening.ADOPT && row.conflict))
                    .forEach(row -> keys.add(row.productKey));
            after = rows.isEmpty() ? after : rows.get(rows.size() - 1);
        } while (rows.size() == ROWS);
        List<String> distinct = keys.stream().distinct().toList();
        for (int from = 0; from < distinct.size(); from += ROWS) {
            List<String> some = distinct.subList(from, Math.min(distinct.size(), from + ROWS));
            Loaded loaded = new Loaded();
            records.rows().ofProducts(plan.id, some).forEach(loaded::of);
            Map<String, PlanChoices.Sku> products = new LinkedHashMap<>();
            some.forEach(key -> products.put(key, choice));
            keep(plan, PlanChoices.NONE, products, loaded);
        }
    }
}
