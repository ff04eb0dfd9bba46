package org.evenkeel.ledger.impl;

import java.util.List;
import org.hibernate.query.CommonQueryContract;

/**
 * A list in a query, value by value: Hibernate translates a query with a list anew each time, and one with single parameters
 * once. The list is padded with its last value to a power of two, so that few different queries are kept.
 *
 * @param name of the parameter, written {@code in (:name)} in the query
 * @param values at least one
 */
record InList(String name, List<?> values) {

    private int size() {
        int most = Integer.highestOneBit(values.size());
        return most == values.size() ? most : 2 * most;
    }

    /** The query with a parameter for each value; a list of one is no list, which Hibernate would take for one of any length. */
    String in(String query) {
        String place = "in (:" + name + ")";
        int at = query.indexOf(place);
        StringBuilder expanded = new StringBuilder(query.length() + 10 * size()).append(query, 0, at);
        if (size() == 1) {
            expanded.append("= :").append(name).append(0);
        } else {
            for (int i = 0; i < size(); i++) {
                expanded.append(i == 0 ? "in (:" : ",:").append(name).append(i);
            }
            expanded.append(')');
        }
        return expanded.append(query, at + place.length(), query.length()).toString();
    }

    <Q extends CommonQueryContract> Q bind(Q query) {
        for (int i = 0; i < size(); i++) {
            query.setParameter(name + i, values.get(Math.min(i, values.size() - 1)));
        }
        return query;
    }
}
