package org.evenkeel.webhooks;

import java.time.Duration;

/**
 * What a webhook is answered.
 *
 * @param status of HTTP
 * @param retryAfter when the store may send it again; null where that makes no sense
 * @param words for a person who tries it by hand; tells a forger nothing
 */
record Answer(int status, Duration retryAfter, String words) {
    static final Answer TAKEN = new Answer(200, null, "");
    static final Answer REJECTED = new Answer(401, null, "Not signed as this store signs.");
    static final Answer NOBODY = new Answer(404, null, "No store takes webhooks here.");
    static final Answer NOT_POST = new Answer(405, null, "Webhooks are posted.");
    static final Answer TOO_SLOW = new Answer(408, null, "The body did not come in time.");
    static final Answer TOO_LARGE = new Answer(413, null, "Larger than a webhook may be.");
    static final Answer TOO_MANY_OF_STORE = new Answer(429, Duration.ofSeconds(1), "Too many of this store at once.");
    static final Answer TOO_MANY = new Answer(503, Duration.ofSeconds(1), "Too many at once.");
    static final Answer AWAY = new Answer(503, Duration.ofSeconds(30), "The store's connector is away for the moment.");
    static final Answer NOT_KEPT = new Answer(503, Duration.ofSeconds(10), "It could not be kept.");
}
