package org.evenkeel.ledger;

/**
 * A transaction was begun under a lease that is no longer the present one: another node serves the store. Nothing was
 * written, and nothing is gained by trying again.
 *
 * <p>No {@link LedgerException}: nobody asked for anything that was refused. Whoever works under the lease ends its work.
 */
public final class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Lease lease;

    public LeaseLostException(Lease lease) {
        // An expected end, met on the way out of many calls: no stack trace is read.
        super(lease.node() + " no longer serves " + lease.store() + ": another node took it over.", null, false, false);
        this.lease = lease;
    }

    /** The lease that was lost; null after serialization. */
    public Lease lease() {
        return lease;
    }
}
