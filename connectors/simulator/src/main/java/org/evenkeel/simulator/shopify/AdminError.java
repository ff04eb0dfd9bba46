package org.evenkeel.simulator.shopify;

/** An error that Shopify reports at the top of its answer, with its code. */
final class AdminError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    AdminError(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    static AdminError badRequest(String message) {
        return new AdminError("BAD_REQUEST", message);
    }

    String code() {
        return code;
    }
}
