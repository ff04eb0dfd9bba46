package org.evenkeel.ledger.impl.leases;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** Until when a lease stands. A row of its own, so that renewals wait for no work under a lease, nor it for them. */
@Entity(name = "LeaseTerm")
@Table(name = "store_lease_term")
public class TermEntity {
    @Id
    @Column(name = "store")
    public String store;

    /** Of the lease that it is the term of. */
    @Column(name = "token")
    public long token;

    /** By the clock that {@link Leases} measures by. */
    @Column(name = "expires_at")
    public Instant expiresAt;
}
