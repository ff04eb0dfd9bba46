package org.evenkeel.ledger;

/** What was asked for contradicts what happened meanwhile, or what the same key asked for before. */
public final class ConflictException extends LedgerException {
    private static final long serialVersionUID = 1L;

    /** What it contradicts. */
    public enum Reason {
        /** The idempotency key was used with another input. */
        KEY_REUSED,
        /** Another count or set of that level came between. */
        COUNTED_MEANWHILE,
        /** It was undone before, or is itself an undo that later facts forbid. */
        NOT_UNDOABLE,
        /** A thing with that name or id exists. */
        EXISTS,
        /** The thing's state does not allow it. */
        STATE
    }

    private final Reason reason;

    public ConflictException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What it contradicts; never null. */
    public Reason reason() {
        return reason;
    }
}
