package org.evenkeel.ledger.impl.listings;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What concerns all listings of a store. Its row is locked by whoever changes which of them are pushed. */
@Entity(name = "ListingStore")
@Table(name = "listing_store")
public class ListingStoreEntity {
    @Id
    @Column(name = "store")
    public String store;

    /** Rises with every change of a rule that concerns the store, and of its location mapping. */
    @Column(name = "rule_version")
    public long ruleVersion;
}
