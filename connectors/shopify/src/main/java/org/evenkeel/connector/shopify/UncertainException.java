package org.evenkeel.connector.shopify;

/** The request may have reached the store, and its answer did not come back whole: it may have taken effect. */
final class UncertainException extends Exception {
    private static final long serialVersionUID = 1L;

    UncertainException(String message, Throwable cause) {
        super(message, cause);
    }
}
