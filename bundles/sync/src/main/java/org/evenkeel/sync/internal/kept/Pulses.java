package org.evenkeel.sync.internal.kept;

import org.evenkeel.database.Persistence;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;

/** A count in the database that rises while it is in use. Thread-safe. */
public final class Pulses {
    private final Persistence persistence;

    Pulses(Persistence persistence) {
        this.persistence = persistence;
    }

    /** How far it has risen. */
    public long count() {
        return persistence.inStatelessTransaction(session -> session.get(PulseEntity.class, PulseEntity.ALL).pulse);
    }

    /** Whether a node has ever used this database. */
    public boolean knows(String node) {
        return persistence.inStatelessTransaction(session -> session.get(PulseEntity.class, node)) != null;
    }

    /** Raises it by one, and above what a node has seen. @return how far it has risen */
    public long raise(String node, long seen) {
        return persistence.inStatelessTransaction(session -> {
            PulseEntity all = session.get(PulseEntity.class, PulseEntity.ALL, LockMode.PESSIMISTIC_WRITE);
            all.pulse = Math.max(all.pulse, seen) + 1;
            session.update(all);
            note(session, node, all.pulse);
            return all.pulse;
        });
    }

    private static void note(StatelessSession session, String node, long pulse) {
        PulseEntity mine = session.get(PulseEntity.class, node);
        boolean known = mine != null;
        mine = known ? mine : new PulseEntity();
        mine.node = node;
        mine.pulse = pulse;
        if (known) {
            session.update(mine);
        } else {
            session.insert(mine);
        }
    }
}
