package org.evenkeel.ledger.impl.listings;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.listings.RuleTargets.Target;

/** Changes of rules that somebody intends, however many they are. */
interface IntendedRules {
    /** The stores that are named. */
    SortedSet<String> stores(Tx tx);

    /** What is meant for the default, or for a store; null when nothing is. */
    Target of(Tx tx, String scope);

    /** What is meant for some listings, by the ledger's ids; those left out for which nothing is. */
    Map<Long, Target> of(Tx tx, Collection<Long> listings);

    /** The next listings of a store that something is meant for. @param after the place of the last ones; -1 at first */
    Part next(Tx tx, String store, long after);

    /** @param listings the ledger's ids; empty at the end @param last where they end */
    record Part(List<Long> listings, long last) {}
}
