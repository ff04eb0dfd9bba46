package org.evenkeel.simulator.shopify;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of Shopify's search syntax that the simulator knows: terms {@code field:value} with a comparator, joined
 * by a blank or AND. What it does not know it refuses, so that no test passes over a filter that did nothing.
 */
final class SearchQuery {
    private static final Pattern TERM =
            Pattern.compile("\\s*(?:AND\\s+)?([a-z_]+):(>=|<=|>|<)?(?:'([^']*)'|\"([^\"]*)\"|([^\\s'\"()]+))(?=\\s|$)");

    /** One condition. */
    record Term(String field, String comparator, String value) {
        boolean test(Comparable<?> actual) {
            if (actual == null) {
                return false;
            }
            int order = compare(actual);
            return switch (comparator) {
                case ">" -> order > 0;
                case ">=" -> order >= 0;
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                default -> order == 0;
            };
        }

        private int compare(Comparable<?> actual) {
            if (actual instanceof Instant instant) {
                return instant.compareTo(time());
            }
            if (actual instanceof Long number) {
                return number.compareTo(id());
            }
            return actual.toString().toLowerCase(Locale.ROOT).compareTo(value.toLowerCase(Locale.ROOT));
        }

        Instant time() {
            try {
                return value.length() == 10
                        ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
                        : OffsetDateTime.parse(value).toInstant();
            } catch (DateTimeParseException e) {
                throw AdminError.badRequest("Invalid timestamp for query filter `" + field + "`: " + value);
            }
        }

        private Long id() {
            try {
                Gid gid = Gid.parse(value);
                return gid != null ? gid.id() : Long.parseLong(value);
            } catch (NumberFormatException e) {
                throw AdminError.badRequest("Invalid id for query filter `" + field + "`: " + value);
            }
        }
    }

    private final List<Term> terms;

    private SearchQuery(List<Term> terms) {
        this.terms = terms;
    }

    /** Reads a query; null or blank is one without conditions. */
    static SearchQuery parse(String text) {
        List<Term> terms = new ArrayList<>();
        String rest = text == null ? "" : text.strip();
        Matcher matcher = TERM.matcher(rest);
        int position = 0;
        while (position < rest.length()) {
            if (!matcher.find(position) || matcher.start() != position) {
                throw AdminError.badRequest("The simulator does not know this search: " + rest.substring(position));
            }
            String value = first(matcher.group(3), matcher.group(4), matcher.group(5));
            terms.add(new Term(matcher.group(1), matcher.group(2) == null ? "=" : matcher.group(2), value));
            position = matcher.end();
        }
        return new SearchQuery(terms);
    }

    private static String first(String... values) {
        for (String value : values) {
            if (value != null) {
                return value;
            }
        }
        throw new AssertionError("one of the groups matched");
    }

    /** The conditions as one predicate over these fields. */
    <T> Predicate<T> predicate(Map<String, Function<T, Comparable<?>>> fields) {
        Predicate<T> all = object -> true;
        for (Term term : terms) {
            Function<T, Comparable<?>> field = fields.get(term.field());
            if (field == null) {
                throw AdminError.badRequest("The simulator cannot search by `" + term.field() + "`. It knows "
                        + fields.keySet().stream().sorted().toList());
            }
            all = all.and(object -> term.test(field.apply(object)));
        }
        return all;
    }

    /** An id below which no object fits the conditions; {@link Long#MIN_VALUE} where there is none. */
    long smallestId() {
        return terms.stream()
                .filter(term -> term.field().equals("id") && !term.comparator().startsWith("<"))
                .mapToLong(Term::id)
                .max()
                .orElse(Long.MIN_VALUE);
    }

    /** The earliest time that the conditions on this field allow; {@link Instant#MIN} where there is none. */
    Instant earliest(String field) {
        return terms.stream()
                .filter(term -> term.field().equals(field) && term.comparator().startsWith(">"))
                .map(Term::time)
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
    }
}
