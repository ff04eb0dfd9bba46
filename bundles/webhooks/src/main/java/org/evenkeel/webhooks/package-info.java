/**
 * Webhooks in, at {@code /webhooks/<store id>}: verified by the store's own connector, kept durably, answered in
 * milliseconds, and then no more than a hint that the store's lane should look.
 *
 * <p>The way of one: a {@link org.evenkeel.webhooks.Door door} (a servlet beside the pages, or a port of its own) takes the
 * request; the {@link org.evenkeel.webhooks.Gate gate} bounds how many are at work; the
 * {@link org.evenkeel.webhooks.Intake intake} asks the connector whether it is genuine and keeps it in the
 * {@link org.evenkeel.webhooks.Inbox inbox}; the {@link org.evenkeel.webhooks.FollowUp follow-up} hints at the lane until a
 * pull has followed. A forgery costs no more than its verification; a replay is answered like the first; a webhook that is
 * lost costs the time until the schedule, and nothing else.
 *
 * <p>Beside it, how the world reaches this host: its public address, and the proxies whose word about a client is taken.
 */
package org.evenkeel.webhooks;
