package org.evenkeel.connector.shopify;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Where a listing pull stands. Written as {@code 1 levels after only}.
 *
 * @param levels how many locations to read with each variant, 1 to 50; a counter at more of them is followed by itself
 * @param after the number of the last variant read; 0 at the start
 * @param only the shop's only location, whose figure is cheaper to read by itself; empty when there are several
 */
record ListingCursor(int levels, long after, String only) {
    private static final String VERSION = "1";

    /** The start of a pull. */
    static ListingCursor start(JsonNode locations) {
        String only = locations.size() == 1 ? locations.path(0).path("id").asText() : "";
        return new ListingCursor(Math.max(1, locations.size()), 0, only);
    }

    /**
     * Reads a cursor.
     *
     * @throws IllegalArgumentException when it is none of this connector's
     */
    static ListingCursor parse(String text) {
        String[] parts = text.split(" ", 4);
        try {
            if (parts.length == 4 && parts[0].equals(VERSION)) {
                return new ListingCursor(Integer.parseInt(parts[1]), Long.parseLong(parts[2]), parts[3]);
            }
        } catch (NumberFormatException e) {
            // Fall through: whatever is wrong with it, it is none of ours.
        }
        throw new IllegalArgumentException("This is no listing cursor of the Shopify connector: '" + text + "'");
    }

    /** The filter of the next page; null at the start. */
    String query() {
        return after == 0 ? null : "id:>" + after;
    }

    /** Behind a page. */
    ListingCursor next(long last) {
        return new ListingCursor(levels, last, only);
    }

    @Override
    public String toString() {
        return VERSION + " " + levels + " " + after + " " + only;
    }
}
