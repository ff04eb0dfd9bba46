package org.evenkeel.ledger;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A stock keeping unit's code as somebody wrote it, and the forms in which it is compared.
 *
 * <p>The raw text is kept and sent back as it was. Its canonical form is Unicode NFC, trimmed, inner white space collapsed
 * to one space; its folded form is that without regard to case. An exact match of canonical forms beats a folded match.
 *
 * @param raw as written
 */
public record Sku(String raw) {
    /** The longest code that is kept, in characters of its canonical form. */
    public static final int MAX_LENGTH = 255;

    private static final Pattern WHITE_SPACE = Pattern.compile("[\\s\\p{Z}]+");

    public Sku {
        if (canonical(raw).isEmpty()) {
            throw new InvalidInputException("sku", "A SKU is not blank.");
        }
        if (raw.length() > MAX_LENGTH) {
            throw new InvalidInputException("sku", "A SKU has at most " + MAX_LENGTH + " characters.");
        }
    }

    /** Unicode NFC, trimmed, inner white space collapsed. */
    public String canonical() {
        return canonical(raw);
    }

    /** The canonical form without regard to case: upper and then lower, so that ß, ſ and the like fold as people expect. */
    public String folded() {
        return canonical().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /** Whether a text is worth being a SKU: not null and not blank. */
    public static boolean isPresent(String text) {
        return text != null && !canonical(text).isEmpty();
    }

    private static String canonical(String text) {
        return isPlain(text)
                ? text
                : WHITE_SPACE
                        .matcher(Normalizer.normalize(text, Normalizer.Form.NFC))
                        .replaceAll(" ")
                        .strip();
    }

    /** Whether a text is its own canonical form at first sight, as nearly all SKUs are: they are compared by the million. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character <= ' ' || character >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return raw;
    }
}
