package org.evenkeel.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code --name value} pairs of a command line, each with a default and a form of its own. */
public final class Options {
    private static final Pattern NUMBERS = Pattern.compile("[1-9]\\d{0,8}(,[1-9]\\d{0,8})*");

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, Pattern> forms = new LinkedHashMap<>();

    /** An option that takes one of some words; the first is the default. */
    public Options words(String name, String... allowed) {
        return with(name, allowed[0], Pattern.compile(String.join("|", allowed)));
    }

    /** An option that takes whole numbers above zero, with commas between them. */
    public Options numbers(String name, String standard) {
        return with(name, standard, NUMBERS);
    }

    private Options with(String name, String standard, Pattern form) {
        values.put(name, standard);
        forms.put(name, form);
        return this;
    }

    /**
     * Reads a command line.
     *
     * @return this
     * @throws IllegalArgumentException naming what is wrong and what there is
     */
    public Options read(String... arguments) {
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i].replaceFirst("^--", "");
            if (!arguments[i].startsWith("--") || !values.containsKey(name)) {
                throw new IllegalArgumentException(arguments[i] + " is unknown. " + usage());
            }
            if (i + 1 == arguments.length
                    || !forms.get(name).matcher(arguments[i + 1]).matches()) {
                throw new IllegalArgumentException(
                        arguments[i] + " wants " + forms.get(name).pattern() + ". " + usage());
            }
            values.put(name, arguments[i + 1]);
        }
        return this;
    }

    private String usage() {
        StringBuilder usage = new StringBuilder("Options and their defaults:");
        values.forEach(
                (name, value) -> usage.append(" --").append(name).append(' ').append(value));
        return usage.toString();
    }

    public String word(String name) {
        return values.get(name);
    }

    public int number(String name) {
        return numbers(name).get(0);
    }

    public List<Integer> numbers(String name) {
        return List.of(values.get(name).split(",")).stream()
                .map(Integer::valueOf)
                .toList();
    }
}
