package org.evenkeel.ledger.impl.leases;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.evenkeel.database.Database.Vendor;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.LaneLeases;
import org.evenkeel.ledger.Lease;
import org.evenkeel.ledger.LeasedLedger;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.impl.LedgerTransactions;
import org.evenkeel.ledger.impl.Tx;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;
import org.hibernate.query.MutationQuery;

/** The leases. Thread-safe. */
public final class Leases implements LaneLeases {
    private final LedgerTransactions transactions;
    private final Function<Lease, LeasedLedger> ledgers;

    /** @param ledgers makes the ledger under a lease */
    public Leases(LedgerTransactions transactions, Function<Lease, LeasedLedger> ledgers) {
        this.transactions = transactions;
        this.ledgers = ledgers;
    }

    @Override
    public Optional<Lease> acquire(StoreId store, String node, Duration time) {
        Lease wanted = new Lease(store, node, 0);
        positive(time);
        return transactions.run(tx -> {
            StatelessSession session = tx.session();
            // A look first: while another node holds it, there is nothing to lock or to wait for.
            if (isAnothers(tx, session.get(LeaseEntity.class, store.value()), wanted, LockMode.NONE)) {
                return Optional.empty();
            }
            LeaseEntity lease = session.get(LeaseEntity.class, store.value(), LockMode.PESSIMISTIC_WRITE);
            if (lease == null) {
                return Optional.of(first(tx, wanted, time));
            }
            return isAnothers(tx, lease, wanted, LockMode.PESSIMISTIC_WRITE)
                    ? Optional.empty()
                    : Optional.of(next(tx, lease, wanted, time));
        });
    }

    private boolean isAnothers(Tx tx, LeaseEntity lease, Lease wanted, LockMode lock) {
        if (lease == null || lease.node.equals(wanted.node())) {
            return false;
        }
        TermEntity term = tx.session().get(TermEntity.class, lease.store, lock);
        return term.expiresAt.isAfter(now(tx));
    }

    /** Two nodes that are the first at once meet in a duplicate key; the second one runs again. */
    private Lease first(Tx tx, Lease wanted, Duration time) {
        LeaseEntity lease = new LeaseEntity();
        lease.store = wanted.store().value();
        fill(tx, lease, wanted, 1);
        tx.session().insert(lease);
        TermEntity term = new TermEntity();
        term.store = lease.store;
        term.token = lease.token;
        term.expiresAt = now(tx).plus(time);
        tx.session().insert(term);
        return new Lease(wanted.store(), wanted.node(), lease.token);
    }

    private Lease next(Tx tx, LeaseEntity lease, Lease wanted, Duration time) {
        fill(tx, lease, wanted, Math.addExact(lease.token, 1));
        tx.session().update(lease);
        TermEntity term = tx.session().get(TermEntity.class, lease.store, LockMode.PESSIMISTIC_WRITE);
        term.token = lease.token;
        term.expiresAt = now(tx).plus(time);
        tx.session().update(term);
        return new Lease(wanted.store(), wanted.node(), lease.token);
    }

    private static void fill(Tx tx, LeaseEntity lease, Lease wanted, long token) {
        lease.node = wanted.node();
        lease.token = token;
        lease.acquiredAt = tx.now();
    }

    @Override
    public Set<Lease> renew(Collection<Lease> leases, Duration time) {
        positive(time);
        if (leases.isEmpty()) {
            return Set.of();
        }
        return transactions.run(tx -> {
            int renewed = expireAt(tx, leases, now(tx).plus(time));
            return renewed == leases.size() ? Set.copyOf(leases) : present(tx, leases);
        });
    }

    @Override
    public void release(Collection<Lease> leases) {
        if (!leases.isEmpty()) {
            transactions.run(tx -> expireAt(tx, leases, now(tx)));
        }
    }

    private static int expireAt(Tx tx, Collection<Lease> leases, Instant at) {
        List<Lease> sorted = leases.stream()
                .sorted((one, other) -> one.store().compareTo(other.store()))
                .toList();
        StringBuilder which = new StringBuilder();
        for (int n = 0; n < sorted.size(); n++) {
            which.append(n == 0 ? "" : " or ").append("t.store = :s" + n + " and t.token = :t" + n);
        }
        MutationQuery update = tx.session()
                .createMutationQuery("update LeaseTerm t set t.expiresAt = :at where " + which)
                .setParameter("at", at);
        for (int n = 0; n < sorted.size(); n++) {
            update.setParameter("s" + n, sorted.get(n).store().value())
                    .setParameter("t" + n, sorted.get(n).token());
        }
        return update.executeUpdate();
    }

    private static Set<Lease> present(Tx tx, Collection<Lease> leases) {
        Map<String, Long> tokens = new HashMap<>();
        leases(tx).forEach(lease -> tokens.put(lease.store, lease.token));
        Set<Lease> present = new HashSet<>(leases);
        present.removeIf(lease -> !Objects.equals(tokens.get(lease.store().value()), lease.token()));
        return present;
    }

    private static List<LeaseEntity> leases(Tx tx) {
        return tx.session()
                .createSelectionQuery("from Lease l order by l.store", LeaseEntity.class)
                .getResultList();
    }

    @Override
    public List<Holding> holders() {
        return transactions.read(tx -> {
            Instant now = now(tx);
            return tx
                    .session()
                    .createSelectionQuery(
                            "select l, t from Lease l join LeaseTerm t on t.store = l.store order by l.store",
                            Object[].class)
                    .getResultList()
                    .stream()
                    .map(row -> holding((LeaseEntity) row[0], (TermEntity) row[1], now))
                    .toList();
        });
    }

    private static Holding holding(LeaseEntity lease, TermEntity term, Instant now) {
        return new Holding(
                new Lease(new StoreId(lease.store), lease.node, lease.token),
                lease.acquiredAt,
                Duration.between(now, term.expiresAt));
    }

    @Override
    public LeasedLedger under(Lease lease) {
        return ledgers.apply(lease);
    }

    /**
     * The one clock that all nodes measure by: the server's, or where the database is in this process, this process's. Always
     * asked after the rows are locked: the wait for a lock is no part of a lease's time.
     */
    private Instant now(Tx tx) {
        return transactions.vendor() == Vendor.POSTGRESQL
                ? tx.session()
                        .createNativeQuery("select clock_timestamp()", Instant.class)
                        .getSingleResult()
                : transactions.now();
    }

    private static void positive(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new InvalidInputException("time", "A lease stands for more than no time.");
        }
    }
}
