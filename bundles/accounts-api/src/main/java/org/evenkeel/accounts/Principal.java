package org.evenkeel.accounts;

/**
 * Somebody who proved who they are.
 *
 * @param actor how the ledger and the audit log name them: {@code user:admin}, {@code token:till}
 * @param name what people call them
 * @param scope what they may do
 */
public record Principal(String actor, String name, Scope scope) {

    /** What somebody may do. Each includes those before it. */
    public enum Scope {
        /** See everything but secrets. */
        READ,
        /** Adjust stock, decide orders, refresh. */
        WRITE,
        /** Stores, configuration, tokens, audit log, Web Console. */
        ADMIN
    }

    /** Whether this scope includes another one. */
    public boolean may(Scope needed) {
        return scope.compareTo(needed) >= 0;
    }
}
