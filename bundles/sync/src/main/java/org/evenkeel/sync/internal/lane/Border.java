package org.evenkeel.sync.internal.lane;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenkeel.connector.CheckReport;
import org.evenkeel.connector.ListingEntry;
import org.evenkeel.connector.OrderLine;
import org.evenkeel.connector.StoreListing;
import org.evenkeel.connector.UnreadableListing;
import org.evenkeel.connector.UnreadableOrder;
import org.evenkeel.ledger.LineCounts;
import org.evenkeel.ledger.ListingView;
import org.evenkeel.ledger.OrderEntry;
import org.evenkeel.ledger.OrderKey;
import org.evenkeel.ledger.OrderSnapshot;
import org.evenkeel.ledger.OrderToPark;
import org.evenkeel.ledger.SeenListing;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.StoreLocationMapping;
import org.evenkeel.ledger.StoreRegistry;

/** Where values of connectors become values of the ledger, and what cannot be meant is turned away. */
public final class Border {
    private static final int MOST_LINES = 10_000;
    private static final long MOST_UNITS = 1_000_000_000_000L;
    private static final int MOST_ID = 255;
    private static final int MOST_TEXT = 255;
    private static final int MOST_CONTENT = 4_000;

    private final StoreId store;
    private final Origins origins;

    /** Finds the store that calls itself by a name; null when none here does. */
    interface Origins {
        StoreId byAccount(String account);
    }

    /** For a store whose orders may be mirrors of another connected one's. */
    public static Border of(StoreId store, StoreRegistry stores) {
        return new Border(store, new Accounts(stores));
    }

    Border(StoreId store, Origins origins) {
        this.store = store;
        this.origins = origins;
    }

    /**
     * The entries of a page in their order. Of an order that comes more than once all snapshots are handed on: a store may list
     * them in any order, and the ledger knows which is the newest, or that it must be read again. What cannot be applied has no
     * version: it counts where it comes last, and then alone.
     */
    public List<OrderEntry> orders(List<org.evenkeel.connector.OrderEntry> entries) {
        List<OrderEntry> all = entries.stream().map(this::order).toList();
        Map<String, OrderEntry> last = new HashMap<>();
        all.forEach(entry -> last.put(entry.id(), entry));
        return all.stream()
                .filter(entry -> entry == last.get(entry.id())
                        || entry instanceof OrderSnapshot && last.get(entry.id()) instanceof OrderSnapshot)
                .toList();
    }

    /** The same, each order once: the newest snapshot, of equally new ones the later. */
    public List<OrderEntry> newestOrders(List<org.evenkeel.connector.OrderEntry> entries) {
        Map<String, OrderEntry> newest = new LinkedHashMap<>();
        orders(entries).forEach(entry -> newest.merge(entry.id(), entry, Border::newer));
        return List.copyOf(newest.values());
    }

    private static OrderEntry newer(OrderEntry one, OrderEntry other) {
        if (!(one instanceof OrderSnapshot before) || !(other instanceof OrderSnapshot after)) {
            return other;
        }
        boolean revised = before.revision() > 0 && after.revision() > 0;
        boolean older = revised
                ? after.revision() < before.revision()
                : after.updatedAt().isBefore(before.updatedAt());
        return older ? before : after;
    }

    OrderEntry order(org.evenkeel.connector.OrderEntry entry) {
        if (entry instanceof UnreadableOrder unreadable) {
            return new OrderToPark(unreadable.id(), text(unreadable.reason()), cut(unreadable.content(), MOST_CONTENT));
        }
        org.evenkeel.connector.OrderSnapshot order = (org.evenkeel.connector.OrderSnapshot) entry;
        String fault = fault(order);
        return fault == null ? snapshot(order) : new OrderToPark(cut(order.id(), MOST_ID), fault, summary(order));
    }

    private OrderSnapshot snapshot(org.evenkeel.connector.OrderSnapshot order) {
        List<OrderSnapshot.Line> lines =
                order.lines().stream().map(Border::line).toList();
        return new OrderSnapshot(
                order.id(),
                text(order.name()),
                order.updatedAt(),
                order.revision(),
                order.placedAt(),
                order.pending(),
                false,
                origin(order.origin()),
                lines);
    }

    private OrderKey origin(org.evenkeel.connector.OrderSnapshot.Origin origin) {
        StoreId there = origin == null ? null : origins.byAccount(origin.account());
        return there == null || there.equals(store) ? null : new OrderKey(there, origin.orderId());
    }

    private static OrderSnapshot.Line line(OrderLine line) {
        return new OrderSnapshot.Line(
                line.id(),
                line.listing() == null ? null : line.listing().listing(),
                line.listing() == null ? null : line.listing().variant(),
                line.sku(),
                text(line.title()),
                new LineCounts(line.ordered(), line.cancelled(), line.lost(), line.fulfilled(), line.returned()),
                line.location(),
                line.details().stream().map(Border::move).toList());
    }

    private static OrderSnapshot.Move move(OrderLine.Detail detail) {
        return new OrderSnapshot.Move(
                OrderSnapshot.Move.Kind.valueOf(detail.kind().name()),
                detail.quantity(),
                detail.location(),
                detail.at());
    }

    /** Why an order cannot be meant; null when it can. */
    private static String fault(org.evenkeel.connector.OrderSnapshot order) {
        if (order.id().isEmpty() || order.id().length() > MOST_ID) {
            return "The order's id does not have 1 to " + MOST_ID + " characters.";
        }
        if (order.lines().size() > MOST_LINES) {
            return "The order has " + order.lines().size() + " lines, more than " + MOST_LINES + ".";
        }
        Set<String> ids = new HashSet<>();
        for (OrderLine line : order.lines()) {
            String fault = ids.add(line.id()) ? fault(line) : "The line " + line.id() + " comes twice.";
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private static String fault(OrderLine line) {
        if (line.id().isEmpty() || line.id().length() > MOST_ID) {
            return "A line's id does not have 1 to " + MOST_ID + " characters.";
        }
        if (line.sku() != null && line.sku().length() > MOST_TEXT) {
            return "The SKU of line " + line.id() + " has more than " + MOST_TEXT + " characters.";
        }
        for (long count :
                new long[] {line.ordered(), line.cancelled(), line.lost(), line.fulfilled(), line.returned()}) {
            if (count < 0 || count > MOST_UNITS) {
                return "The line " + line.id() + " counts " + count + " units.";
            }
        }
        return line.details().stream()
                .filter(detail -> detail.quantity() < 0 || detail.quantity() > MOST_UNITS)
                .findFirst()
                .map(detail -> "The line " + line.id() + " moves " + detail.quantity() + " units.")
                .orElse(null);
    }

    /** What a person needs to mend it; the SPI has no field for a buyer, so there is nothing of one in it. */
    private static String summary(org.evenkeel.connector.OrderSnapshot order) {
        String lines = order.lines().stream()
                .limit(50)
                .map(line -> "%s sku=%s ordered=%d cancelled=%d lost=%d fulfilled=%d returned=%d"
                        .formatted(
                                cut(line.id(), 100),
                                cut(String.valueOf(line.sku()), 100),
                                line.ordered(),
                                line.cancelled(),
                                line.lost(),
                                line.fulfilled(),
                                line.returned()))
                .collect(Collectors.joining("\n"));
        return cut(
                order.name() + ", " + order.lines().size() + " lines, placed " + order.placedAt() + "\n" + lines,
                MOST_CONTENT);
    }

    /** A page of listings as the ledger takes them; of a listing that comes twice, the later one counts. */
    public List<SeenListing> listings(List<ListingEntry> entries) {
        return entries.stream()
                .collect(Collectors.toMap(
                        ListingEntry::id, Border::listing, (first, second) -> second, java.util.LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    private static SeenListing listing(ListingEntry entry) {
        if (entry instanceof UnreadableListing unreadable) {
            return unreadable(entry, unreadable.reason());
        }
        StoreListing listing = (StoreListing) entry;
        if (listing.figures().stream().anyMatch(figure -> Math.abs(figure.quantity()) > MOST_UNITS)) {
            return unreadable(entry, "A figure is beyond what can be counted.");
        }
        if (listing.sku() != null && listing.sku().length() > MOST_TEXT) {
            return unreadable(entry, "The SKU has more than " + MOST_TEXT + " characters.");
        }
        return new SeenListing(
                listing.id().listing(),
                listing.id().variant(),
                listing.sku(),
                text(listing.title()),
                ListingView.State.valueOf(listing.state().name()),
                text(listing.stateReason()),
                listing.counter(),
                listing.figures().stream()
                        .map(figure -> new SeenListing.SeenFigure(figure.location(), figure.quantity()))
                        .toList());
    }

    private static SeenListing unreadable(ListingEntry entry, String reason) {
        return new SeenListing(
                entry.id().listing(),
                entry.id().variant(),
                null,
                "",
                ListingView.State.UNREADABLE,
                text(reason),
                "",
                List.of());
    }

    List<StoreLocationMapping> locations(CheckReport report) {
        return report.locations().stream()
                .map(location -> new StoreLocationMapping(
                        store, location.id(), text(location.name()), location.writable(), Set.of()))
                .sorted(Comparator.comparing(StoreLocationMapping::writable).reversed())
                .toList();
    }

    private static String text(String words) {
        return cut(words, MOST_TEXT);
    }

    private static String cut(String words, int most) {
        return words.length() <= most ? words : words.substring(0, most - 1) + "…";
    }
}
