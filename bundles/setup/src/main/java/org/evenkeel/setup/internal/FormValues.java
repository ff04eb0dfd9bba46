package org.evenkeel.setup.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.setup.StoreKind;
import org.evenkeel.setup.StoreKind.Attribute;
import org.evenkeel.setup.StoreKind.Type;
import org.osgi.service.metatype.AttributeDefinition;

/**
 * The values of a form, checked against the connector's metatype and converted.
 *
 * @param properties what the configuration is to say, secrets aside
 * @param secrets what was typed for secret attributes, by attribute id
 * @param clearedSecrets secret attributes whose secret is to be forgotten
 */
record FormValues(Map<String, Object> properties, Map<String, String> secrets, Set<String> clearedSecrets) {

    private static final int LONGEST_NAME = 100;

    @Override
    public String toString() {
        return "FormValues[" + properties.keySet() + ", secrets " + secrets.keySet() + "]";
    }

    /** A store's name, fit to be kept. */
    static String name(String name) {
        String given = name == null ? "" : name.strip();
        if (given.isEmpty() || given.length() > LONGEST_NAME) {
            throw new InvalidInputException("name", "A store's name is 1 to " + LONGEST_NAME + " characters");
        }
        return keepable("name", "The name", given);
    }

    /**
     * @param secretSet attributes that have a secret already, which is kept when none is given
     * @throws InvalidInputException for the first value that is wrong, naming its attribute
     */
    static FormValues of(Kind kind, Map<String, List<String>> form, Set<String> secretSet) {
        for (String id : form.keySet()) {
            if (kind.attribute(id).isEmpty()) {
                throw new InvalidInputException(id, kind.form().name() + " has no setting \"" + id + "\"");
            }
        }
        FormValues values = new FormValues(new TreeMap<>(), new TreeMap<>(), new TreeSet<>());
        for (Attribute attribute : kind.form().attributes()) {
            List<String> given = Optional.ofNullable(form.get(attribute.id())).orElse(List.of()).stream()
                    .filter(value -> value != null && !value.isBlank())
                    .toList();
            if (attribute.type() == Type.SECRET) {
                boolean cleared = form.containsKey(attribute.id())
                        && form.get(attribute.id()).isEmpty();
                values.addSecret(kind, attribute, given, cleared, secretSet.contains(attribute.id()));
            } else {
                values.add(kind, attribute, given);
            }
        }
        return values;
    }

    private void addSecret(Kind kind, Attribute attribute, List<String> given, boolean cleared, boolean set) {
        if (given.isEmpty()) {
            if (attribute.required() && (cleared || !set)) {
                throw missing(attribute);
            }
            if (cleared) {
                clearedSecrets.add(attribute.id());
            }
            return;
        }
        if (given.size() > 1) {
            throw new InvalidInputException(attribute.id(), attribute.name() + " takes one value");
        }
        String secret = given.get(0).strip();
        if (!SecretFiles.isPlaceholder(secret)) {
            check(kind, attribute, secret);
        }
        secrets.put(attribute.id(), secret);
    }

    private void add(Kind kind, Attribute attribute, List<String> given) {
        if (given.isEmpty()) {
            if (attribute.required() && attribute.defaults().isEmpty()) {
                throw missing(attribute);
            }
            return; // the connector's default
        }
        if (given.size() > 1 && !attribute.many()) {
            throw new InvalidInputException(attribute.id(), attribute.name() + " takes one value");
        }
        List<String> checked = new ArrayList<>();
        for (String value : given) {
            String stripped = value.strip();
            if (!SecretFiles.isPlaceholder(stripped)) {
                check(kind, attribute, stripped);
            }
            checked.add(keepable(attribute.id(), attribute.name(), stripped));
        }
        properties.put(
                attribute.id(), attribute.many() ? checked.toArray(String[]::new) : convert(attribute, checked.get(0)));
    }

    /** Whole numbers and truth values as such; the rest, and lists, as texts, which the connector's component converts. */
    private static Object convert(Attribute attribute, String value) {
        if (SecretFiles.isPlaceholder(value)) {
            return value;
        }
        return switch (attribute.type()) {
            case WHOLE_NUMBER -> Long.valueOf(value);
            case BOOLEAN -> Boolean.valueOf(value);
            case TEXT, DECIMAL, SECRET -> value;
        };
    }

    private static void check(Kind kind, Attribute attribute, String value) {
        AttributeDefinition definition = kind.definitions().get(attribute.id());
        // To the metatype service a comma parts values where there can be many, and these come one by one.
        String problem = definition.validate(attribute.many() ? value.replaceAll("([\\\\,])", "\\\\$1") : value);
        if (problem != null && !problem.isEmpty()) {
            throw new InvalidInputException(attribute.id(), attribute.name() + " " + words(attribute, problem));
        }
    }

    private static String words(Attribute attribute, String problem) {
        boolean text = attribute.type() == Type.TEXT || attribute.type() == Type.SECRET;
        if (problem.contains("greater than maximum")) {
            return text ? "may have at most " + attribute.max() + " characters" : "must be at most " + attribute.max();
        }
        if (problem.contains("less than minimum")) {
            return text
                    ? "must have at least " + attribute.min() + " characters"
                    : "must be at least " + attribute.min();
        }
        if (problem.contains("not a valid option")) {
            return "must be one of: "
                    + attribute.options().stream().map(StoreKind.Option::label).collect(Collectors.joining(", "));
        }
        return switch (attribute.type()) {
            case WHOLE_NUMBER -> "must be a whole number";
            case DECIMAL -> "must be a number";
            case BOOLEAN -> "must be true or false";
            case TEXT, SECRET -> "is not accepted: " + problem.replaceFirst("^%", "");
        };
    }

    private static InvalidInputException missing(Attribute attribute) {
        return new InvalidInputException(attribute.id(), attribute.name() + " is required");
    }

    /** FileInstall, which reads and saves the file, takes a backslash for an escape and {@code ${…}} for a reference. */
    private static String keepable(String field, String label, String value) {
        if (value.indexOf('\\') >= 0 || value.contains("${")) {
            throw new InvalidInputException(field, label + " may hold neither a backslash nor ${");
        }
        if (value.codePoints().anyMatch(Character::isISOControl)) {
            throw new InvalidInputException(field, label + " may hold no line breaks or control characters");
        }
        return value;
    }
}
