package org.evenkeel.ledger.impl.listings;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * What concerns all listings of a store. Its row is locked by whoever changes which of them are pushed, and under which rule.
 *
 * <p>Its version numbers the changes of rules, of the mapping and of whose a figure is, in the order of their commits. A figure
 * is told the number of each change that concerns it, and acknowledges the last of them that it was computed with: so that a
 * change of one listing's rule leaves the others alone. Who read the version first and everything else afterwards has seen all
 * changes up to that number.
 */
@Entity(name = "ListingStore")
@Table(name = "listing_store")
public class ListingStoreEntity {
    @Id
    @Column(name = "store")
    public String store;

    /** Rises with every change of rules, mapping and owners of figures. */
    @Column(name = "rule_version")
    public long ruleVersion;

    /** The version of the last change that concerned all of the store's figures, or all without a rule of their own. */
    @Column(name = "wide_version")
    public long wideVersion;

    /** All figures up to this id were told of {@link #wideVersion}; null when all figures were. */
    @Column(name = "marking_after")
    public Long markingAfter;

    /** Whether figures with a rule of their own are to be told, too. */
    @Column(name = "marking_all")
    public boolean markingAll;

    /** Numbers a change of some figures, which are told within its transaction. */
    long raise() {
        return ++ruleVersion;
    }

    /**
     * Numbers a change of the whole store, whose figures are told afterwards: see {@link Marking}.
     *
     * @param all whether it concerns figures with a rule of their own, too
     */
    void raiseForAll(boolean all) {
        wideVersion = raise();
        markingAll = all || markingAfter != null && markingAll;
        markingAfter = 0L;
    }
}
