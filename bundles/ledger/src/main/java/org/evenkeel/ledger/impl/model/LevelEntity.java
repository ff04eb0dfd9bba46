package org.evenkeel.ledger.impl.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/** The figures of a product at a location: the running sum of its movements. For reading; the poster alone writes them. */
@Entity(name = "Level")
@Table(name = "stock_level")
@IdClass(LevelEntity.Key.class)
public class LevelEntity {
    @Id
    @Column(name = "product_id")
    public Long product;

    @Id
    @Column(name = "location_id")
    public Long location;

    @Column(name = "in_stock")
    public long inStock;

    @Column(name = "booked")
    public long booked;

    @Column(name = "incoming")
    public long incoming;

    @Column(name = "version")
    public long version;

    /** The version that the last count made; 0 when it was never counted. */
    @Column(name = "counted_version")
    public long counted;

    @Column(name = "counted_at")
    public Instant countedAt;

    public record Key(Long product, Long location) implements Serializable {}
}
