package org.evenkeel.rest;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Stand-ins of services for tests: a test says what a method answers; what it does not mention is empty, or refused. */
final class Stand {
    private Stand() {}

    /** What a stand-in does. Answers {@link #NOTHING_SAID} to what it does not know. */
    interface Behaviour {
        Object answer(String method, Object[] args) throws Throwable;
    }

    static final Object NOTHING_SAID = new Object();

    static <T> T in(Class<T> type, Behaviour behaviour) {
        InvocationHandler handler = (self, method, args) -> {
            switch (method.getName()) {
                case "equals":
                    return self == args[0];
                case "hashCode":
                    return System.identityHashCode(self);
                case "toString":
                    return "stand-in of " + type.getSimpleName();
                default:
                    Object answer = behaviour.answer(method.getName(), args == null ? new Object[0] : args);
                    return answer == NOTHING_SAID ? empty(method.getReturnType(), method.getName()) : answer;
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object empty(Class<?> type, String method) {
        if (type == void.class) {
            return null;
        }
        if (type == Optional.class) {
            return Optional.empty();
        }
        if (Collection.class.isAssignableFrom(type) || type == Iterable.class) {
            return List.of();
        }
        throw new UnsupportedOperationException(method);
    }
}
