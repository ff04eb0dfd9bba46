package org.evenkeel.ledger;

/** There is no such thing. */
public final class NotFoundException extends LedgerException {
    private static final long serialVersionUID = 1L;

    public NotFoundException(String message) {
        super(message);
    }
}
