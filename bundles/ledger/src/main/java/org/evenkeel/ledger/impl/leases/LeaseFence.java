package org.evenkeel.ledger.impl.leases;

import org.evenkeel.ledger.Lease;
import org.evenkeel.ledger.LeaseLostException;
import org.evenkeel.ledger.impl.Fence;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;

/** Lets transactions pass while a lease is the present one of its store. */
public record LeaseFence(Lease lease) implements Fence {

    /** A shared lock: an acquisition waits for the transaction, or was first and is seen here. */
    @Override
    public void beforeWriting(StatelessSession session) {
        check(session.get(LeaseEntity.class, lease.store().value(), LockMode.PESSIMISTIC_READ));
    }

    @Override
    public void beforeReading(StatelessSession session) {
        check(session.get(LeaseEntity.class, lease.store().value()));
    }

    private void check(LeaseEntity present) {
        if (present == null || present.token != lease.token()) {
            throw new LeaseLostException(lease);
        }
    }
}
