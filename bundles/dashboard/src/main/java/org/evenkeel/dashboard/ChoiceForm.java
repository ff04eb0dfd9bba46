package org.evenkeel.dashboard;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.sync.PlanChoices;

/**
 * What somebody chose in a plan's forms. A form of many lines tells, line by line, what stood there and what stands there now:
 * only what was changed is a choice, so that a page that somebody else's choice overtook takes nothing back.
 */
final class ChoiceForm {
    private static final String AS_FOR_ALL = "default";

    private ChoiceForm() {}

    /** What holds where nothing else is chosen. */
    static PlanChoices defaults(HttpServletRequest request) {
        return new PlanChoices(
                given(request, "opening", PlanChoices.Opening.class),
                Map.of(),
                given(request, "missedOrders", PlanChoices.MissedOrder.class),
                Map.of(),
                request.getParameter("asksOpenOrders") == null ? null : request.getParameter("takeOpenOrders") != null);
    }

    /** What is chosen for single SKUs. */
    static PlanChoices skus(HttpServletRequest request) {
        Map<String, PlanChoices.Sku> chosen = new HashMap<>();
        changed(request, (line, choice) -> {
            String sku = request.getParameter("key." + line);
            PlanChoices.Sku other = chosen.put(sku, sku(request, line, choice));
            if (other != null && !other.equals(chosen.get(sku))) {
                throw new InvalidInputException("skus", "Two different things are chosen for " + sku + ": choose one.");
            }
        });
        return new PlanChoices(null, chosen, null, Map.of(), null);
    }

    /** What is chosen for single orders. */
    static PlanChoices orders(HttpServletRequest request) {
        Map<String, PlanChoices.MissedOrder> chosen = new HashMap<>();
        changed(
                request,
                (line, choice) -> chosen.put(
                        request.getParameter("key." + line), constant(choice, PlanChoices.MissedOrder.class)));
        return new PlanChoices(null, Map.of(), null, chosen, null);
    }

    /** What is chosen for all rows that are found. */
    static PlanChoices.Sku forAll(HttpServletRequest request) {
        String choice = Area.text(request, "choice");
        return choice.equals(AS_FOR_ALL)
                ? PlanChoices.Sku.DEFAULT
                : new PlanChoices.Sku(constant(choice, PlanChoices.Opening.class), null);
    }

    /** Tells of each line whose choice or quantity is another than it was. */
    private static void changed(HttpServletRequest request, BiConsumer<String, String> each) {
        for (int line = 0; request.getParameter("key." + line) != null; line++) {
            String choice = Area.text(request, "choice." + line);
            boolean typed = !Area.text(request, "quantity." + line).equals(Area.text(request, "quantity-was." + line));
            if (typed || !choice.equals(Area.text(request, "was." + line))) {
                each.accept(Integer.toString(line), choice);
            }
        }
    }

    /** A quantity that was typed is meant, also where the choice beside it was left as it was. */
    private static PlanChoices.Sku sku(HttpServletRequest request, String line, String choice) {
        String quantity = Area.text(request, "quantity." + line);
        boolean left = choice.equals(Area.text(request, "was." + line));
        if (choice.equals("set") || left && !quantity.isEmpty()) {
            return PlanChoices.Sku.set(number(quantity, request.getParameter("key." + line)));
        }
        return choice.equals(AS_FOR_ALL)
                ? PlanChoices.Sku.DEFAULT
                : new PlanChoices.Sku(constant(choice, PlanChoices.Opening.class), null);
    }

    private static long number(String quantity, String sku) {
        if (!quantity.matches("[0-9]{1,15}")) {
            throw new InvalidInputException("skus", "How many of " + sku + "? Give a whole number, 0 or more.");
        }
        return Long.parseLong(quantity);
    }

    private static <E extends Enum<E>> E given(HttpServletRequest request, String parameter, Class<E> type) {
        String value = Area.text(request, parameter);
        return value.isEmpty() ? null : constant(value, type);
    }

    private static <E extends Enum<E>> E constant(String value, Class<E> type) {
        try {
            return Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new InvalidInputException("choice", "'" + value + "' cannot be chosen here.");
        }
    }
}
