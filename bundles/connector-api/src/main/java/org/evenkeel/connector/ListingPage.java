package org.evenkeel.connector;

import java.util.List;

/**
 * A page of listings.
 *
 * @param entries what the store sells; not null
 * @param next the cursor of the next page; null when this was the last
 */
public record ListingPage(List<ListingEntry> entries, String next) {
    public ListingPage {
        entries = List.copyOf(entries);
    }
}
