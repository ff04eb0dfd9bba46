package org.evenkeel.sync.internal.plans;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenkeel.ledger.ForeseenListing;
import org.evenkeel.ledger.ListingRule;
import org.evenkeel.ledger.ListingView.State;
import org.evenkeel.ledger.LocationId;
import org.evenkeel.ledger.Sku;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.PlanRow.Finding;
import org.evenkeel.sync.internal.kept.PlanEntity;
import org.evenkeel.sync.internal.kept.PlanKeys;
import org.evenkeel.sync.internal.kept.PlanRowEntity;

/** Makes the rows of a plan of what is foreseen for a page of listings, each page by itself. Stateless. */
final class RowMaker {
    private static final int LONGEST_PLACE = 255;
    private static final int LONGEST_WORDS = 1_000;
    private static final int MOST_STORES = 5;

    private RowMaker() {}

    static List<PlanRowEntity> rows(PlanEntity plan, List<ForeseenListing> listings) {
        List<PlanRowEntity> rows = new ArrayList<>();
        for (ForeseenListing listing : listings) {
            if (listing.figures().isEmpty()) {
                rows.add(row(plan, listing, null));
            }
            listing.figures().forEach(figure -> rows.add(row(plan, listing, figure)));
        }
        return rows;
    }

    private static PlanRowEntity row(PlanEntity plan, ForeseenListing listing, ForeseenListing.Figure figure) {
        PlanRowEntity row = new PlanRowEntity();
        row.plan = plan.id;
        name(row, listing);
        row.listingKey = PlanKeys.of(plan.id, row.listing);
        row.counterKey = PlanKeys.of(plan.id, row.counter);
        row.foldedKey = PlanKeys.of(plan.id, row.folded);
        row.productKey = PlanKeys.of(plan.id, row.productKey);
        Set<Finding> findings = EnumSet.noneOf(Finding.class);
        List<String> words = new ArrayList<>();
        ofListing(listing, findings, words);
        boolean active = listing.state() == State.ACTIVE;
        boolean turnsOn = Plan.Kind.TURN_ON.name().equals(plan.kind);
        if (active && !listing.opened()) {
            findings.add(Finding.NEVER_COUNTED);
        }
        row.opened = listing.opened();
        if (figure == null) {
            row.location = "";
            row.place = "";
            row.rule = Figuring.text(ListingRule.ONE_TO_ONE);
        } else {
            ofFigure(row, figure, findings, words);
            row.sent = active
                    && figure.mapped()
                    && figure.writable()
                    && !figure.rule().paused();
            row.choosable = turnsOn && row.sent && !listing.opened();
            disagreement(row, listing, findings, words);
        }
        Findings.put(row, findings);
        row.rowKey = PlanKeys.row(plan.id, row.listing, row.variant, row.location);
        row.words = cut(String.join(" ", words), LONGEST_WORDS);
        Figuring.work(plan, row);
        return row;
    }

    private static void name(PlanRowEntity row, ForeseenListing listing) {
        row.listing = listing.key().listing();
        row.variant = listing.key().variant();
        row.counter = listing.counter();
        row.sku = listing.sku();
        row.title = listing.title();
        row.search = cut(((row.sku == null ? "" : row.sku + " ") + row.title).toLowerCase(Locale.ROOT), 520);
        row.product =
                listing.product() == null ? null : (Long) listing.product().value();
        boolean linked = row.product != null || listing.newProduct();
        if (linked && Sku.isPresent(row.sku)) {
            Sku sku = new Sku(row.sku);
            row.canonical = sku.canonical();
            row.folded = sku.folded();
            row.productKey = row.product != null ? "product " + row.product : "sku " + row.folded;
        }
        row.sortSku = row.folded == null ? "" : row.folded;
    }

    private static void ofListing(ForeseenListing listing, Set<Finding> findings, List<String> words) {
        Finding state = switch (listing.state()) {
            case NO_SKU -> Finding.NO_SKU;
            case UNREADABLE -> Finding.UNREADABLE;
            case DRAFT, ARCHIVED, NOT_TRACKED -> Finding.INACTIVE;
            case SHARED_COUNTER -> Finding.SHARED_COUNTER;
            case GONE -> Finding.GONE;
            case ACTIVE -> null;
        };
        if (state != null) {
            findings.add(state);
        }
        if (state == Finding.INACTIVE) {
            words.add(
                    switch (listing.state()) {
                        case DRAFT -> "It is a draft.";
                        case ARCHIVED -> "It is archived.";
                        default -> "The store does not count it.";
                    });
        }
        if (!listing.stateReason().isEmpty()) {
            words.add(listing.stateReason());
        }
        if (listing.newProduct()) {
            findings.add(Finding.NEW_PRODUCT);
        }
        if (listing.foldedMatch()) {
            findings.add(Finding.NEAR_DUPLICATE);
            words.add("It is linked to " + listing.productSku() + ", whose SKU differs in case or white space only.");
        }
    }

    private static void ofFigure(
            PlanRowEntity row, ForeseenListing.Figure figure, Set<Finding> findings, List<String> words) {
        row.location = figure.storeLocation();
        row.place = cut(
                figure.behind().stream()
                        .map(LocationId::value)
                        .sorted()
                        .map(String::valueOf)
                        .collect(Collectors.joining(",")),
                LONGEST_PLACE);
        row.there = figure.there();
        row.believed = figure.believed();
        row.available = figure.available();
        row.openUnits = figure.openUnits();
        row.otherUnits = figure.otherUnits();
        row.rule = Figuring.text(figure.rule());
        if (!figure.mapped()) {
            findings.add(Finding.UNMAPPED);
        } else if (!figure.writable()) {
            findings.add(Finding.PAUSED);
            words.add("The store takes no figures at this location.");
        } else if (figure.rule().paused()) {
            findings.add(Finding.PAUSED);
            words.add("Its rule is paused.");
        }
    }

    /** Other stores that show another figure of a product that was never counted. */
    private static void disagreement(
            PlanRowEntity row, ForeseenListing listing, Set<Finding> findings, List<String> words) {
        if (!row.choosable) {
            return;
        }
        Map<StoreId, List<Long>> others = listing.elsewhere().entrySet().stream()
                .filter(store -> store.getValue().stream().anyMatch(shown -> !shown.equals(row.there)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        if (!others.isEmpty()) {
            findings.add(Finding.CONFLICT);
            others.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey(Comparator.comparing(StoreId::value)))
                    .limit(MOST_STORES)
                    .forEach(store -> words.add("The store " + store.getKey() + " shows "
                            + store.getValue().stream().map(String::valueOf).collect(Collectors.joining(" and "))
                            + "."));
        }
    }

    private static String cut(String words, int most) {
        return words.length() <= most ? words : words.substring(0, most - 1) + "…";
    }
}
