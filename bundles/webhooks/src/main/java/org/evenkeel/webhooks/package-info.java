/**
 * Webhooks in, at {@code /webhooks/<store id>}: verified by the store's own connector, answered in milliseconds, and then no more
 * than a hint that the store's lane should look. A replay or a flood makes a lane look once more, and nothing else; a webhook
 * that is lost costs the time until the schedule, and nothing else.
 */
package org.evenkeel.webhooks;
