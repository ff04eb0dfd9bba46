package org.evenkeel.ledger.impl.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** An order that could not be applied. Goes when a snapshot of it is applied, or a person lets go of it. */
@Entity(name = "ParkedOrder")
@Table(name = "parked_order")
public class ParkedOrderEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "parked_order_seq")
    @SequenceGenerator(name = "parked_order_seq", sequenceName = "parked_order_seq", allocationSize = 10)
    public Long id;

    @Column(name = "store")
    public String store;

    @Column(name = "code")
    public String code;

    @Column(name = "reason")
    public String reason;

    /** Redacted. */
    @Column(name = "content")
    public String content;

    @Column(name = "since")
    public Instant since;

    @Column(name = "tries")
    public int tries;
}
