package org.evenkeel.connector.shopify;

import java.util.Map;

/**
 * One call of an operation.
 *
 * @param operation which
 * @param variables its variables; null values are sent as null
 * @param cost what it costs by the published rules, in points
 * @param length how many items its page asks for; 0 where it has no page
 */
record Request(Operation operation, Map<String, Object> variables, int cost, int length) {}
