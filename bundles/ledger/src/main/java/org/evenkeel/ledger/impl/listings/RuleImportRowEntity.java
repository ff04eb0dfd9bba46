package org.evenkeel.ledger.impl.listings;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** One rule of a file. */
@Entity(name = "RuleImportRow")
@Table(name = "rule_import_row")
@IdClass(RuleImportRowEntity.Key.class)
public class RuleImportRowEntity {
    @Id
    @Column(name = "import_id")
    public long ofImport;

    /** Its place among the rules of the file, from 0. */
    @Id
    @Column(name = "place")
    public int place;

    @Column(name = "scope")
    public String scope;

    @Column(name = "store")
    public String store;

    @Column(name = "listing_id")
    public Long listing;

    /** The rule; null to remove it. */
    @Column(name = "rule")
    public String rule;

    /** Whether applying it changed something. */
    @Column(name = "changed")
    public boolean changed;

    /** What stood there when it was applied; null when nothing did. */
    @Column(name = "rule_before")
    public String before;

    public record Key(long ofImport, int place) implements Serializable {}
}
