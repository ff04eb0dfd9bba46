package org.evenkeel.database.internal;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Predicate;

/** Looks into a failure: along its causes, and along the further errors that a batch reports beside the first. */
final class SqlErrors {

    private SqlErrors() {}

    static boolean any(Throwable failure, Predicate<Throwable> test) {
        Deque<Throwable> open = new ArrayDeque<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        push(open, failure);
        while (!open.isEmpty()) {
            Throwable next = open.pop();
            if (!seen.add(next)) {
                continue;
            }
            if (test.test(next)) {
                return true;
            }
            push(open, next.getCause());
            if (next instanceof SQLException sql) {
                push(open, sql.getNextException());
            }
        }
        return false;
    }

    private static void push(Deque<Throwable> open, Throwable failure) {
        if (failure != null) {
            open.push(failure);
        }
    }

    static boolean hasState(Throwable failure, String... states) {
        return hasState(failure, Set.of(states));
    }

    static boolean hasState(Throwable failure, Set<String> states) {
        return any(failure, t -> t instanceof SQLException sql && isOneOf(states, sql.getSQLState()));
    }

    /** A driver may leave the state out. */
    private static boolean isOneOf(Set<String> states, String state) {
        return state != null && states.contains(state);
    }

    /** The first SQLSTATE along the causes, or an empty text. */
    static String firstState(Throwable failure) {
        String[] state = {""};
        any(failure, t -> {
            if (t instanceof SQLException sql && sql.getSQLState() != null) {
                state[0] = sql.getSQLState();
                return true;
            }
            return false;
        });
        return state[0];
    }

    /** The words of the cause that lies deepest, on one line: the outer ones only say that something went wrong. */
    static String deepestMessage(Throwable failure) {
        String[] message = {failure.getClass().getSimpleName()};
        any(failure, t -> {
            if (t.getMessage() != null) {
                message[0] = t.getMessage().strip().replaceAll("\\s*\\R\\s*", "; ");
            }
            return false;
        });
        return message[0];
    }
}
