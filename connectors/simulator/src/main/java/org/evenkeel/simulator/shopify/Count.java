package org.evenkeel.simulator.shopify;

import graphql.schema.DataFetchingEnvironment;

/**
 * How many there are.
 *
 * @param count in objects
 * @param exact false where counting stopped at a limit
 */
record Count(long count, boolean exact) {
    Count(long count) {
        this(count, true);
    }

    static Count limited(DataFetchingEnvironment env, long count) {
        Integer limit = env.getArgument("limit");
        return limit != null && count > limit ? new Count(limit, false) : new Count(count);
    }
}
