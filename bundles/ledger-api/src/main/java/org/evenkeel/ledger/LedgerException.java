package org.evenkeel.ledger;

/** The ledger refuses; the message names the thing and the way out, and is fit for whoever asked. Nothing was changed. */
public abstract sealed class LedgerException extends RuntimeException
        permits InvalidInputException, NotFoundException, ConflictException {
    private static final long serialVersionUID = 1L;

    LedgerException(String message) {
        super(message);
    }
}
