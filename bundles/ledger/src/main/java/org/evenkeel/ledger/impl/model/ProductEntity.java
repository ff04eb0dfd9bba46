package org.evenkeel.ledger.impl.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** A product. Its figures are the sums over its levels; they are not kept here. */
@Entity(name = "Product")
@Table(name = "product")
public class ProductEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "product_seq")
    @SequenceGenerator(name = "product_seq", sequenceName = "product_seq", allocationSize = 50)
    public Long id;

    /** The code as first seen. */
    @Column(name = "sku")
    public String sku;

    /** Its canonical form: two products never have the same. */
    @Column(name = "canonical")
    public String canonical;

    /** Its form without regard to case, by which it is found and sorted. */
    @Column(name = "folded")
    public String folded;

    /**
     * What the product claims for itself alone, unique: its folded form, so that of two who create the same code at once one
     * finds the other. A product that was split off claims its exact form instead, behind a blank, which no folded form
     * begins with.
     */
    @Column(name = "claim")
    public String claim;

    @Column(name = "name")
    public String name;

    /** The name without regard to case, by which products are searched and sorted. */
    @Column(name = "name_folded")
    public String nameFolded;

    /** Whether it was ever counted: from then on the ledger wins over what stores show. */
    @Column(name = "opened")
    public boolean opened;

    @Column(name = "archived")
    public boolean archived;

    /** Rises with every change that a listing's figure may depend on. */
    @Column(name = "version")
    public long version;

    /** How well it sells, written by who posts alone: see {@link org.evenkeel.ledger.impl.posting.Sold}. */
    @Column(name = "sold_score", insertable = false, updatable = false)
    public double soldScore;

    @Column(name = "created_at")
    public Instant createdAt;

    @Column(name = "created_by")
    public String createdBy;
}
