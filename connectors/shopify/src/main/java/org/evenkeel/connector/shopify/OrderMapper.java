package org.evenkeel.connector.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.connector.ListingId;
import org.evenkeel.connector.OrderEntry;
import org.evenkeel.connector.OrderLine;
import org.evenkeel.connector.OrderSnapshot;
import org.evenkeel.connector.UnreadableOrder;
import org.evenkeel.connector.shopify.Json.UnreadableException;
import org.evenkeel.connector.shopify.LineFacts.Refund;
import org.evenkeel.connector.shopify.LineFacts.Restock;
import org.evenkeel.connector.shopify.LineFacts.Shipment;

/** From a complete order as Shopify tells it to a snapshot. Pure. */
final class OrderMapper {
    /** Nothing was captured yet, and the units are reserved all the same. */
    private static final Set<String> UNPAID = Set.of("PENDING", "AUTHORIZED", "EXPIRED");

    private OrderMapper() {}

    /** The snapshot; or, where anything in it is not as it should be, the order as unreadable. Never fails. */
    static OrderEntry map(JsonNode order) {
        String id = order.path("id").asText("");
        try {
            return snapshot(order);
        } catch (UnreadableException e) {
            return unreadable(id, order, e.getMessage());
        } catch (ArithmeticException e) {
            return unreadable(id, order, "Its quantities are too large to count.");
        }
    }

    private static UnreadableOrder unreadable(String id, JsonNode order, String reason) {
        return new UnreadableOrder(id, updatedAt(order), reason, Redaction.content(order));
    }

    /** When the order last changed, or null where that cannot be read. */
    static Instant updatedAt(JsonNode order) {
        try {
            return Json.instantOrNull(order, "updatedAt");
        } catch (UnreadableException e) {
            return null;
        }
    }

    private static OrderSnapshot snapshot(JsonNode order) throws UnreadableException {
        Instant cancelledAt = Json.instantOrNull(order, "cancelledAt");
        String status = Json.textOrNull(order, "displayFinancialStatus");
        Moves moves = Moves.of(order);
        List<OrderLine> lines = new ArrayList<>();
        for (JsonNode line : order.path("lineItems").path("nodes")) {
            lines.add(line(line, cancelledAt, moves));
        }
        return new OrderSnapshot(
                Json.text(order, "id"),
                Json.text(order, "name"),
                Json.instant(order, "updatedAt"),
                0,
                Json.instant(order, "createdAt"),
                cancelledAt == null && status != null && UNPAID.contains(status),
                null,
                lines);
    }

    private static OrderLine line(JsonNode line, Instant cancelledAt, Moves moves) throws UnreadableException {
        String id = Json.text(line, "id");
        LineCounts counts = LineCounts.of(new LineFacts(
                Json.count(line, "quantity"),
                Json.count(line, "unfulfilledQuantity"),
                cancelledAt,
                moves.shipments.getOrDefault(id, List.of()),
                moves.refunds.getOrDefault(id, List.of())));
        return new OrderLine(
                id,
                listing(line),
                sku(line),
                Json.text(line, "name"),
                counts.ordered(),
                counts.cancelled(),
                counts.lost(),
                counts.fulfilled(),
                counts.returned(),
                moves.place(id),
                counts.details());
    }

    /** What was bought; null once the product or the variant was deleted. */
    private static ListingId listing(JsonNode line) {
        String product = Json.idOrNull(line, "product");
        String variant = Json.idOrNull(line, "variant");
        return product == null || variant == null ? null : new ListingId(product, variant);
    }

    private static String sku(JsonNode line) {
        String sku = Json.textOrNull(line, "sku");
        return sku == null || sku.isEmpty() ? null : sku;
    }

    /** What moved of each line, by the line's id. */
    private static final class Moves {
        private final Map<String, List<Shipment>> shipments = new HashMap<>();
        private final Map<String, List<Refund>> refunds = new HashMap<>();
        private final Map<String, Place> places = new HashMap<>();
        /** Where all lines are that no place names; null where the store does not tell. */
        private String everywhere;

        /** Where most units of a line are reserved; a cancelled place, with units -1, counts only where no other does. */
        private record Place(String location, long units) {}

        static Moves of(JsonNode order) throws UnreadableException {
            Moves moves = new Moves();
            moves.everywhere = Json.idOrNull(order, "retailLocation");
            for (JsonNode shipment : order.path("fulfillments")) {
                moves.addShipment(shipment);
            }
            for (JsonNode refund : order.path("refunds")) {
                moves.addRefund(refund);
            }
            moves.refunds
                    .values()
                    .forEach(list -> list.sort(
                            Comparator.comparing(Refund::at, Comparator.nullsFirst(Comparator.naturalOrder()))));
            moves.addPlaces(order.path("fulfillmentOrders").path("nodes"));
            return moves;
        }

        String place(String line) {
            Place place = places.get(line);
            return place == null ? everywhere : place.location();
        }

        private void addShipment(JsonNode shipment) throws UnreadableException {
            String status = Json.text(shipment, "status");
            String location = Json.idOrNull(shipment, "location");
            Instant at = Json.instantOrNull(shipment, "createdAt");
            for (JsonNode item : shipment.path("fulfillmentLineItems").path("nodes")) {
                shipments
                        .computeIfAbsent(lineOf(item), line -> new ArrayList<>())
                        .add(new Shipment(status, Json.count(item, "quantity"), location, at));
            }
        }

        private void addRefund(JsonNode refund) throws UnreadableException {
            Instant created = Json.instantOrNull(refund, "createdAt");
            Instant at = created == null ? Json.instantOrNull(refund, "processedAt") : created;
            for (JsonNode item : refund.path("refundLineItems").path("nodes")) {
                refunds.computeIfAbsent(lineOf(item), line -> new ArrayList<>())
                        .add(new Refund(
                                restock(Json.text(item, "restockType")),
                                item.path("restocked").asBoolean(),
                                Json.count(item, "quantity"),
                                Json.idOrNull(item, "location"),
                                at));
            }
        }

        /** A single place holds all lines, whichever of them it lists. */
        private void addPlaces(JsonNode all) throws UnreadableException {
            if (all.size() == 1) {
                String only = Json.idOrNull(all.path(0).path("assignedLocation"), "location");
                everywhere = only == null ? everywhere : only;
                return;
            }
            for (JsonNode place : all) {
                addPlace(place);
            }
        }

        private void addPlace(JsonNode place) throws UnreadableException {
            String location = Json.idOrNull(place.path("assignedLocation"), "location");
            if (location == null) {
                return;
            }
            boolean cancelled = place.path("status").asText().equals("CANCELLED");
            for (JsonNode item : place.path("lineItems").path("nodes")) {
                long units = cancelled ? -1 : Json.count(item, "totalQuantity");
                places.merge(
                        lineOf(item),
                        new Place(location, units),
                        (one, other) -> other.units() > one.units() ? other : one);
            }
        }

        private static String lineOf(JsonNode item) throws UnreadableException {
            return Json.text(item.path("lineItem"), "id");
        }

        private static Restock restock(String type) throws UnreadableException {
            try {
                return Restock.valueOf(type);
            } catch (IllegalArgumentException e) {
                throw new UnreadableException("Shopify names a kind of restock that is not known here: " + type + ".");
            }
        }
    }
}
