package org.evenkeel.ledger.impl.listings;

/**
 * Keys by which rows are found, each in one column: Derby looks a list of values up one by one only in the first column of an
 * index, and walks through the whole store when the store is the first.
 */
final class Keys {
    /** Between the parts of a key; refused in ids. */
    static final char SEPARATOR = '\u001F';

    private Keys() {}

    static String listing(String store, ListingRef ref) {
        return store + SEPARATOR + ref.listing() + SEPARATOR + ref.variant();
    }

    static String counter(String store, String counter) {
        return store + SEPARATOR + counter;
    }
}
