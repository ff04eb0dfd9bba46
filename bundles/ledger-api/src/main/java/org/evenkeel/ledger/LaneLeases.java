package org.evenkeel.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Which node serves which store, where several hosts share one database.
 *
 * <p>A store is served by whoever holds its lease. A lease ends when it is not renewed within its time, when it is released,
 * or when its own node acquires the store anew; each acquisition has a higher token. What is done
 * {@linkplain #under(Lease) under a lease} checks the token in its own transaction, so that a node that slept through the end
 * of its lease writes nothing.
 *
 * <p>Times are measured by the clock of the database, or of this process where the database is embedded: the clocks of hosts
 * that share a database do not matter. Thread-safe; each call is one transaction.
 */
@ProviderType
public interface LaneLeases {

    /**
     * Acquires a store that nobody holds, whose lease has run out, or that a node of this very name holds. Of several nodes
     * at once, one gets it. Waits for transactions under the store's former lease that are under way, a few seconds at most.
     *
     * @param node the name of the node, the same for the life of its data folder
     * @param time how long the lease stands unless it is renewed; positive
     * @return the lease; empty while another node holds one
     * @throws org.evenkeel.ledger.InvalidInputException when the name is empty or too long, or the time is not positive
     */
    Optional<Lease> acquire(StoreId store, String node, Duration time);

    /**
     * Renews leases, all in one statement. One that ran out, and that nobody took meanwhile, stands again.
     *
     * @param time how long they stand from now on
     * @return those of them that are the present ones; the others are lost
     */
    Set<Lease> renew(Collection<Lease> leases, Duration time);

    /** Ends leases at once, so that others may take the stores. Those that are not the present ones are left alone. Idempotent. */
    void release(Collection<Lease> leases);

    /** The last lease of every store that was ever served, in the order of the stores' ids. */
    List<Holding> holders();

    /**
     * The ledger for work under a lease: the same services, whose every transaction first checks, in that very transaction,
     * that the lease is the present one. The check holds off acquisitions until the transaction ends.
     *
     * <p>Every method of these services may throw {@link LeaseLostException}; nothing was written then. Cheap: a few objects.
     */
    LeasedLedger under(Lease lease);

    /**
     * A store's last lease.
     *
     * @param lease the lease
     * @param acquiredAt when it was acquired
     * @param left how long it stands; zero or negative: for how long it has been over
     */
    record Holding(Lease lease, Instant acquiredAt, Duration left) {
        /** Whether the node serves the store now. */
        public boolean stands() {
            return left.compareTo(Duration.ZERO) > 0;
        }
    }
}
