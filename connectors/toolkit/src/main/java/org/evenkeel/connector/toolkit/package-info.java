/**
 * What most connectors need and none should write again: a {@link org.evenkeel.connector.toolkit.RateBudget budget} of calls
 * that is shared by all instances of one account and never exceeded on purpose, the header
 * {@link org.evenkeel.connector.toolkit.RetryAfter Retry-After}, and a {@link org.evenkeel.connector.toolkit.Secret secret}
 * that does not slip into a log.
 *
 * <p>It is no bundle: a connector carries its own copy, with bnd by {@code -conditionalpackage: org.evenkeel.connector.toolkit}.
 */
package org.evenkeel.connector.toolkit;
