package org.evenkeel.simulator.shopify;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shopify's global ids, such as {@code gid://shopify/Order/42}; that of an inventory level carries its item as a
 * parameter behind it.
 *
 * @param type such as {@code Order}
 * @param id the number behind it
 */
record Gid(String type, long id) {
    private static final Pattern FORM = Pattern.compile("gid://shopify/([A-Za-z]+)/(\\d{1,18})(\\?.*)?");

    static String of(String type, long id) {
        return "gid://shopify/" + type + "/" + id;
    }

    /** The parts of a global id, or null where the text is none. */
    static Gid parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? new Gid(matcher.group(1), Long.parseLong(matcher.group(2))) : null;
    }

    /** The number behind a global id of this type; empty where the text is something else. */
    static OptionalLong idOf(String type, String text) {
        Gid gid = parse(text);
        return gid != null && gid.type().equals(type) ? OptionalLong.of(gid.id()) : OptionalLong.empty();
    }
}
