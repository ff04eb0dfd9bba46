package org.evenkeel.ledger.impl.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;

/** A location of a store, as the store last reported it. */
@Entity(name = "StoreLocation")
@Table(name = "store_location")
public class StoreLocationEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "store_location_seq")
    @SequenceGenerator(name = "store_location_seq", sequenceName = "store_location_seq", allocationSize = 10)
    public Long id;

    @Column(name = "store")
    public String store;

    /** The store's id of it. */
    @Column(name = "code")
    public String code;

    @Column(name = "name")
    public String name;

    @Column(name = "writable")
    public boolean writable;

    /** Its place among the store's locations, as first reported: orders are booked at the first that has everything. */
    @Column(name = "position")
    public int position;

    /** Whether the store still reports it. */
    @Column(name = "present")
    public boolean present;
}
