package org.evenkeel.ledger.impl;

import org.hibernate.StatelessSession;

/** Asked at the beginning of every transaction, inside of it, whether its caller still may. Throws when not. */
public interface Fence {

    /** For callers that need no leave. */
    Fence NONE = new Fence() {
        @Override
        public void beforeWriting(StatelessSession session) {}

        @Override
        public void beforeReading(StatelessSession session) {}
    };

    /** The answer holds until the transaction ends. */
    void beforeWriting(StatelessSession session);

    /** The answer holds for this moment; nothing is locked. */
    void beforeReading(StatelessSession session);
}
