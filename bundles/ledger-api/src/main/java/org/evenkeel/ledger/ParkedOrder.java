package org.evenkeel.ledger;

import java.time.Instant;

/**
 * An order that could not be applied.
 *
 * @param key its key
 * @param reason why, in the operator's words
 * @param content what the store sent, redacted
 * @param since when it was first parked
 * @param tries how often it was tried
 */
public record ParkedOrder(OrderKey key, String reason, String content, Instant since, int tries) {}
