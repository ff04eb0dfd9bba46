package org.evenkeel.ledger;

/** What was asked for cannot be meant: a blank SKU, a negative count, a number beyond what the ledger counts. */
public final class InvalidInputException extends LedgerException {
    private static final long serialVersionUID = 1L;
    private final String field;

    /**
     * @param field which input is wrong, by its name in the API
     * @param message what is wrong with it and what would be right
     */
    public InvalidInputException(String field, String message) {
        super(message);
        this.field = field;
    }

    /** Which input is wrong; never null. */
    public String field() {
        return field;
    }
}
