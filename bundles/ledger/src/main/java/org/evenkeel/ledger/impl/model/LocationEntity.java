package org.evenkeel.ledger.impl.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** A place where stock lies. The one with the lowest id, made with the tables, is the default location. */
@Entity(name = "Location")
@Table(name = "location")
public class LocationEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "location_seq")
    @SequenceGenerator(name = "location_seq", sequenceName = "location_seq", allocationSize = 10)
    public Long id;

    @Column(name = "name")
    public String name;

    /** The name without regard to case; unique. */
    @Column(name = "name_folded")
    public String nameFolded;

    @Column(name = "counts_for_sale")
    public boolean countsForSale;

    @Column(name = "created_at")
    public Instant createdAt;

    @Column(name = "created_by")
    public String createdBy;
}
