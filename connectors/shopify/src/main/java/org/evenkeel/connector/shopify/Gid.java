package org.evenkeel.connector.shopify;

/** Shopify's global ids, such as {@code gid://shopify/Order/4501}. */
final class Gid {
    private Gid() {}

    /** The id of that kind and number. */
    static String of(String kind, String number) {
        return "gid://shopify/" + kind + "/" + number;
    }

    /** The number at the end of an id; -1 where there is none. */
    static long number(String gid) {
        String end = gid.substring(gid.lastIndexOf('/') + 1);
        return end.matches("\\d{1,18}") ? Long.parseLong(end) : -1;
    }
}
