package org.evenkeel.deploy.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a person wants to know out of a requirement's LDAP filter. */
final class FilterText {
    private FilterText() {}

    /** The value that an attribute must have; the whole filter where it says something else. */
    static String value(String filter, String attribute) {
        Matcher matcher = Pattern.compile("\\(" + Pattern.quote(attribute) + "=([^)]*)\\)")
                .matcher(filter);
        return matcher.find() ? matcher.group(1) : filter;
    }

    /** The range of versions as {@code " 1.0.0 or newer, below 2.0.0"}; empty for any version. */
    static String range(String filter, String attribute) {
        String quoted = Pattern.quote(attribute);
        Matcher above = Pattern.compile("(!?)\\(" + quoted + ">=([^)]*)\\)").matcher(filter);
        StringBuilder words = new StringBuilder();
        String below = "";
        while (above.find()) {
            if (above.group(1).isEmpty()) {
                words.append(' ').append(above.group(2)).append(" or newer");
            } else {
                below = "below " + above.group(2);
            }
        }
        if (!below.isEmpty()) {
            words.append(words.length() == 0 ? " " : ", ").append(below);
        }
        return words.toString();
    }
}
