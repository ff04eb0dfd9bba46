package org.evenkeel.connector.toolkit;

import java.util.HashMap;
import java.util.Map;

/**
 * The budgets of a connector's accounts: instances that speak to one account spend from one budget, and a budget outlives an
 * instance that is replaced. One object per bundle, such as a component that every instance refers to. Thread-safe.
 */
public final class Budgets {
    /** Beyond so many accounts that nobody uses any more, they are forgotten. */
    private static final int MOST_IDLE = 100;

    private final Map<String, Shared> byAccount = new HashMap<>();

    private static final class Shared {
        private final RateBudget budget;
        private int users;

        Shared(String store) {
            budget = new RateBudget(store);
        }
    }

    /** A use of a budget, to be closed with the instance. */
    public final class Use implements AutoCloseable {
        private final Shared shared;
        private boolean closed;

        private Use(Shared shared) {
            this.shared = shared;
        }

        public RateBudget budget() {
            return shared.budget;
        }

        /** Idempotent. */
        @Override
        public void close() {
            synchronized (byAccount) {
                if (!closed) {
                    closed = true;
                    shared.users--;
                    forgetIdle();
                }
            }
        }
    }

    /**
     * The budget of an account.
     *
     * @param account what tells accounts apart, such as a shop's address; never a secret
     * @param store what the store calls itself, for the words of a refusal
     */
    public Use of(String account, String store) {
        synchronized (byAccount) {
            Shared shared = byAccount.computeIfAbsent(account, key -> new Shared(store));
            shared.users++;
            return new Use(shared);
        }
    }

    private void forgetIdle() {
        if (byAccount.size() > MOST_IDLE) {
            byAccount.values().removeIf(shared -> shared.users == 0);
        }
    }
}
