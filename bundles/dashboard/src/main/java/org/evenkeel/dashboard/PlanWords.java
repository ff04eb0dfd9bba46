package org.evenkeel.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.PlanChoices;
import org.evenkeel.sync.PlanOrder;
import org.evenkeel.sync.PlanRow;

/** What a plan is about, in a shop owner's words. */
public final class PlanWords {
    private PlanWords() {}

    /** What it is called. */
    public static String title(Plan plan, String store) {
        return switch (plan.kind()) {
            case TURN_ON -> "Turn on " + store;
            case RELEASE -> "Release " + store;
            case UNDO -> "Undo plan " + plan.undoes();
        };
    }

    public static String of(Plan.Kind kind) {
        return switch (kind) {
            case TURN_ON -> "turn on";
            case RELEASE -> "release";
            case UNDO -> "undo";
        };
    }

    public static String of(Plan.State state) {
        return switch (state) {
            case PULLING -> "reading the store";
            case READY -> "ready to choose";
            case FAILED -> "failed";
            case APPLIED -> "applied";
            case DISCARDED -> "let go";
        };
    }

    public static String of(PlanRow.Finding finding) {
        return switch (finding) {
            case NEW_PRODUCT -> "new product";
            case NEVER_COUNTED -> "never counted";
            case NEAR_DUPLICATE -> "near match";
            case CONFLICT -> "figures differ";
            case NO_SKU -> "no SKU";
            case UNMAPPED -> "location not mapped";
            case UNREADABLE -> "unreadable";
            case INACTIVE -> "not active there";
            case SHARED_COUNTER -> "shared counter";
            case PAUSED -> "paused";
            case GONE -> "gone there";
            case STAYS_OPEN -> "stays as counted";
        };
    }

    /** The colour of a finding: what somebody should look at. */
    public static String colour(PlanRow.Finding finding) {
        return switch (finding) {
            case CONFLICT -> "bad";
            case NEAR_DUPLICATE, UNREADABLE, UNMAPPED, STAYS_OPEN -> "due";
            default -> "";
        };
    }

    public static String of(PlanRow.Change change) {
        return switch (change) {
            case NOT_SENT -> "nothing sent";
            case UNCHANGED -> "stays";
            case RAISED -> "goes up";
            case LOWERED -> "goes down";
            case ZEROED -> "goes to 0";
        };
    }

    public static String colour(PlanRow.Change change) {
        return switch (change) {
            case RAISED -> "good";
            case LOWERED -> "due";
            case ZEROED -> "bad";
            case NOT_SENT, UNCHANGED -> "";
        };
    }

    /** What a choice makes of a product that was never counted; of a figure, where a plan is undone. */
    public static String of(PlanChoices.Opening opening, Plan.Kind kind) {
        boolean undo = kind == Plan.Kind.UNDO;
        return switch (opening) {
            case ADOPT -> undo ? "show the proposed figure" : "take this store's figure";
            case HOLD -> undo ? "leave it as it is" : "wait for a person";
            case SET -> undo ? "show this figure:" : "set In Stock to:";
        };
    }

    /** The same in a word or two, behind "as for all". */
    public static String brief(PlanChoices.Opening opening, Plan.Kind kind) {
        boolean undo = kind == Plan.Kind.UNDO;
        return switch (opening) {
            case ADOPT -> undo ? "proposed" : "taken";
            case HOLD -> undo ? "left" : "waits";
            case SET -> "set";
        };
    }

    /** The changes in the order in which somebody wants to know of them. */
    public static List<PlanRow.Change> changes() {
        return List.of(
                PlanRow.Change.RAISED,
                PlanRow.Change.LOWERED,
                PlanRow.Change.ZEROED,
                PlanRow.Change.UNCHANGED,
                PlanRow.Change.NOT_SENT);
    }

    /** What applying it will do, sentence by sentence. */
    public static List<String> consequences(Plan plan, String store) {
        List<String> sentences = new ArrayList<>();
        sentences.add(
                switch (plan.kind()) {
                    case TURN_ON -> "Synchronizing of " + store + " is turned on.";
                    case RELEASE -> store + " is released: what it shows is believed, and what differs is sent.";
                    case UNDO ->
                        "What the plan opened is taken back, the figures go as shown, and synchronizing of " + store
                                + " is turned off.";
                });
        sentences.add(figures(plan.totals()));
        Stream.of(openings(plan), late(plan), missed(plan), open(plan))
                .filter(sentence -> !sentence.isEmpty())
                .forEach(sentences::add);
        return sentences;
    }

    private static String figures(Plan.Totals totals) {
        long changed = different(totals);
        String sent = changed == 0
                ? "No figure changes there."
                : Words.count(changed, "figure is sent", "figures are sent") + ": "
                        + listed(
                                some(totals.of(PlanRow.Change.RAISED), "goes up", "go up"),
                                some(totals.of(PlanRow.Change.LOWERED), "goes down", "go down"),
                                some(totals.of(PlanRow.Change.ZEROED), "goes to 0", "go to 0"))
                        + ".";
        String rest = listed(
                some(totals.of(PlanRow.Change.UNCHANGED), "stays as it is", "stay as they are"),
                some(totals.of(PlanRow.Change.NOT_SENT), "gets nothing sent", "get nothing sent"));
        return rest.isEmpty() ? sent : sent + " " + rest + ".";
    }

    private static String some(long number, String one, String many) {
        return number == 0 ? "" : Words.count(number, one, many);
    }

    private static String listed(String... parts) {
        return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
    }

    /** Figures that would be another than the store shows. */
    public static long different(Plan.Totals totals) {
        return totals.of(PlanRow.Change.RAISED) + totals.of(PlanRow.Change.LOWERED) + totals.of(PlanRow.Change.ZEROED);
    }

    private static String openings(Plan plan) {
        if (!opens(plan)) {
            return "";
        }
        return plan.defaults().opening() == PlanChoices.Opening.HOLD
                ? "Products that were never counted wait for a person and are not sent, unless you chose otherwise."
                : "Products that were never counted start with this store's figure as In Stock, unless you chose otherwise.";
    }

    /** Whether there are products that it may give their first In Stock. */
    private static boolean opens(Plan plan) {
        return plan.kind() == Plan.Kind.TURN_ON
                && plan.totals().of(PlanRow.Finding.NEVER_COUNTED)
                                + plan.totals().of(PlanRow.Finding.NEW_PRODUCT)
                        > 0;
    }

    private static String late(Plan plan) {
        return plan.orderLag().isZero() || !opens(plan)
                ? ""
                : "Orders may show up here " + Words.of(plan.orderLag())
                        + " late: products get their first In Stock that much later, so that none that is sold already is missing.";
    }

    private static String missed(Plan plan) {
        long missed = plan.totals().of(PlanOrder.Kind.MISSED);
        if (missed == 0) {
            return "";
        }
        if (plan.kind() == Plan.Kind.RELEASE) {
            return Words.count(missed, "order came", "orders came") + " while it was held, and "
                    + (missed == 1 ? "is" : "are") + " booked.";
        }
        long skipped = plan.totals().skipped();
        return Words.count(missed, "order was", "orders were") + " placed while it was off: "
                + listed(some(missed - skipped, "is booked", "are booked"), some(skipped, "is skipped", "are skipped"))
                + ".";
    }

    private static String open(Plan plan) {
        long open = plan.totals().of(PlanOrder.Kind.OPEN);
        if (open == 0) {
            return "";
        }
        return Words.count(open, "open order", "open orders") + " from before " + (open == 1 ? "is " : "are ")
                + (plan.defaults().takeOpenOrders() ? "" : "not ") + "booked.";
    }
}
