package org.evenkeel.ledger.impl;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;

/** Texts of others, as the databases can keep them. */
public final class Texts {
    private static final char REPLACEMENT = '\uFFFD';

    private Texts() {}

    /** Whether both databases keep a text as it is: no NUL, no half of a surrogate pair. */
    public static boolean isStorable(String text) {
        return text.codePoints().noneMatch(Texts::isUnstorable);
    }

    /** A text for people: what cannot be kept is replaced, and what is too long is cut. */
    public static String readable(String text, int longest) {
        StringBuilder readable = new StringBuilder(text.length());
        text.codePoints().map(c -> isUnstorable(c) ? REPLACEMENT : c).forEach(readable::appendCodePoint);
        return cut(readable.toString(), longest);
    }

    /** At most {@code longest} characters, never half a surrogate pair. */
    public static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest);
    }

    /** A text as it is compared without regard to case: Unicode NFC, upper and then lower case. */
    public static String fold(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    /**
     * Part of a text, as a pattern for {@code like … escape '!'}.
     *
     * @param part in the form in which the column is kept
     */
    public static String containing(String part) {
        return "%"
                + readable(part, part.length())
                        .replace("!", "!!")
                        .replace("%", "!%")
                        .replace("_", "!_") + "%";
    }

    /** SHA-256 in hexadecimal digits. */
    public static String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static boolean isUnstorable(int codePoint) {
        return codePoint == 0 || codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
