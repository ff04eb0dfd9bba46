package org.evenkeel.connector.shopify;

import java.util.Map;

/** How much of an order one query reads; what is beyond is followed. */
enum OrderSizes {
    /** For pages of orders: most orders are small, and sent at once or in two parts. */
    NARROW(8, 3, 6, 2, 4, 2, 4),
    /** For one order that did not fit: as much as one query may cost. */
    WIDE(90, 3, 75, 3, 10, 2, 8);

    private final int lines;
    private final int shipments;
    private final int shipmentLines;
    private final int refunds;
    private final int refundLines;
    private final int places;
    private final int placeLines;

    OrderSizes(int lines, int shipments, int shipmentLines, int refunds, int refundLines, int places, int placeLines) {
        this.lines = lines;
        this.shipments = shipments;
        this.shipmentLines = shipmentLines;
        this.refunds = refunds;
        this.refundLines = refundLines;
        this.places = places;
        this.placeLines = placeLines;
    }

    /** A list without pages that holds so many shipments may have more. */
    int shipments() {
        return shipments;
    }

    /** A list without pages that holds so many refunds may have more. */
    int refunds() {
        return refunds;
    }

    /** Adds the variables that {@code OrderFields} needs. */
    void into(Map<String, Object> variables, boolean withPlaces) {
        variables.put("lines", lines);
        variables.put("shipments", shipments);
        variables.put("shipmentLines", shipmentLines);
        variables.put("refunds", refunds);
        variables.put("refundLines", refundLines);
        variables.put("withPlaces", withPlaces);
        variables.put("places", places);
        variables.put("placeLines", placeLines);
    }

    /** What one order of that size costs at most, in points. */
    int cost(boolean withPlaces) {
        int line = Cost.OBJECT * 3;
        int shipment = Cost.OBJECT * 2 + Cost.connection(shipmentLines, Cost.OBJECT * 2);
        int refund = Cost.OBJECT + Cost.connection(refundLines, Cost.OBJECT * 3);
        int place = Cost.OBJECT * 3 + Cost.connection(placeLines, Cost.OBJECT * 2);
        return Cost.OBJECT * 2
                + Cost.connection(lines, line)
                + Cost.list(shipments, shipment)
                + Cost.list(refunds, refund)
                + (withPlaces ? Cost.connection(places, place) : 0);
    }
}
