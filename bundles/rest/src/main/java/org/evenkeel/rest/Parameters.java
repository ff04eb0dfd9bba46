package org.evenkeel.rest;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads query parameters and refuses by name what is none of their values: without it, a typo would be "not found". Choices are
 * read without regard to case, as in bodies. What stands in a path is left to the framework: there, not found is right.
 */
final class Parameters implements ParamConverterProvider {
    private static final Map<Class<?>, Function<String, Object>> WHOLE_NUMBERS = Map.of(
            int.class,
            Integer::valueOf,
            Integer.class,
            Integer::valueOf,
            long.class,
            Long::valueOf,
            Long.class,
            Long::valueOf);

    @Override
    @SuppressWarnings("unchecked")
    public <T> ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] annotations) {
        return (ParamConverter<T>)
                name(annotations).map(name -> reader(type, name)).orElse(null);
    }

    private static Optional<String> name(Annotation[] annotations) {
        return Stream.of(annotations)
                .filter(QueryParam.class::isInstance)
                .map(annotation -> ((QueryParam) annotation).value())
                .findFirst();
    }

    private static Reading reader(Class<?> type, String name) {
        if (WHOLE_NUMBERS.containsKey(type)) {
            return new Reading(name, "a whole number", WHOLE_NUMBERS.get(type));
        }
        if (type == boolean.class || type == Boolean.class) {
            return new Reading(name, "true or false", Parameters::truth);
        }
        if (type == Instant.class) {
            return new Reading(name, "a time such as 2026-05-01T12:00:00Z", Instant::parse);
        }
        if (type == Duration.class) {
            return new Reading(name, "a duration such as PT30M", Duration::parse);
        }
        if (type.isEnum()) {
            Object[] choices = type.getEnumConstants();
            return new Reading(name, "one of " + listed(choices), text -> choice(choices, text));
        }
        return null;
    }

    private static Object truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Object choice(Object[] choices, String text) {
        return Arrays.stream(choices)
                .filter(choice -> ((Enum<?>) choice).name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    private static String listed(Object[] choices) {
        return Arrays.stream(choices).map(choice -> ((Enum<?>) choice).name()).collect(Collectors.joining(", "));
    }

    /** Reads one parameter. */
    private record Reading(String name, String expected, Function<String, Object> parser)
            implements ParamConverter<Object> {
        @Override
        public Object fromString(String text) {
            if (text == null) {
                return null;
            }
            try {
                return parser.apply(text);
            } catch (IllegalArgumentException | DateTimeException malformed) {
                throw Problem.invalid(name, "The parameter '" + name + "' must be " + expected + ".");
            }
        }

        @Override
        public String toString(Object value) {
            return value.toString();
        }
    }
}
