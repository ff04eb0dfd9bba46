package org.evenkeel.simulator.shopify;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a page ends. It names the last object and the value it was sorted by, as Shopify's cursors do: an object that
 * is changed between two pages moves to its new place and is met again there.
 *
 * @param sort what the connection is sorted by; a cursor fits only the sort that it came from
 * @param value the value of the last object
 * @param id the id of the last object
 * @param seen how many objects were listed up to here
 */
record Cursor(String sort, long value, long id, int seen) {
    String encode() {
        String text = sort + ":" + value + ":" + id + ":" + seen;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static Cursor decode(String text, String sort) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(":");
            if (parts.length == 4 && parts[0].equals(sort)) {
                return new Cursor(sort, Long.parseLong(parts[1]), Long.parseLong(parts[2]), Integer.parseInt(parts[3]));
            }
        } catch (IllegalArgumentException e) {
            // Fall through: whatever is wrong with it, it is no cursor of this connection.
        }
        throw AdminError.badRequest("Invalid cursor for current pagination sort.");
    }
}
