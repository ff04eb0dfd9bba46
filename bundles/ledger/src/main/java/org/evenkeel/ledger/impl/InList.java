package org.evenkeel.ledger.impl;

import java.util.List;
import org.hibernate.query.CommonQueryContract;

/**
 * A list in a query, value by value: Hibernate translates a query with a list anew each time, and one with single parameters
 * once. The list is padded with its last value to a power of two, so that few different queries are kept.
 *
 * @param name of the parameter, written {@code (:name)} in the query
 * @param values at least one
 */
record InList(String name, List<?> values) {

    private int size() {
        int most = Integer.highestOneBit(values.size());
        return most == values.size() ? most : 2 * most;
    }

    /** The query with a parameter for each value. */
    String in(String query) {
        String place = "(:" + name + ")";
        int at = query.indexOf(place);
        StringBuilder expanded = new StringBuilder(query.length() + 10 * size()).append(query, 0, at);
        for (int i = 0; i < size(); i++) {
            expanded.append(i == 0 ? "(:" : ",:").append(name).append(i);
        }
        return expanded.append(query, at + place.length() - 1, query.length()).toString();
    }

    <Q extends CommonQueryContract> Q bind(Q query) {
        for (int i = 0; i < size(); i++) {
            query.setParameter(name + i, values.get(Math.min(i, values.size() - 1)));
        }
        return query;
    }
}
