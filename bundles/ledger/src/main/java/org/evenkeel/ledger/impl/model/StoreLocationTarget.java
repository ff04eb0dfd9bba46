package org.evenkeel.ledger.impl.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** A ledger location that stands behind a store's location. */
@Entity(name = "StoreLocationTarget")
@Table(name = "store_location_target")
@IdClass(StoreLocationTarget.Key.class)
public class StoreLocationTarget {
    @Id
    @Column(name = "store_location_id")
    public Long storeLocation;

    @Id
    @Column(name = "location_id")
    public Long location;

    public record Key(Long storeLocation, Long location) implements Serializable {}
}
