package org.evenkeel.ledger.impl.leases;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** Who serves a store, or served it last. Written by acquisitions alone; work under a lease holds on to it. */
@Entity(name = "Lease")
@Table(name = "store_lease")
public class LeaseEntity {
    @Id
    @Column(name = "store")
    public String store;

    @Column(name = "node")
    public String node;

    @Column(name = "token")
    public long token;

    @Column(name = "acquired_at")
    public Instant acquiredAt;
}
