package org.evenkeel.ledger.impl.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/** A caller's key that was used, and what it did. */
@Entity(name = "Idempotency")
@Table(name = "idempotency")
@IdClass(IdempotencyEntity.Key.class)
public class IdempotencyEntity {
    @Id
    @Column(name = "scope")
    public String scope;

    @Id
    @Column(name = "key_value")
    public String value;

    /** Of the input that it was used with. */
    @Column(name = "input_hash")
    public String inputHash;

    @Column(name = "used_at")
    public Instant usedAt;

    /** The movement that it posted; null when nothing had to change. */
    @Column(name = "movement_id")
    public Long movement;

    public record Key(String scope, String value) implements Serializable {}
}
