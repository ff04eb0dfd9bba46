package org.evenkeel.connector;

/** A webhook that is not what it claims to be. The message names the check that failed, without the secret. */
public final class WebhookRejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    public WebhookRejectedException(String message) {
        super(message);
    }
}
