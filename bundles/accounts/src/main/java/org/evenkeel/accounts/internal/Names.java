package org.evenkeel.accounts.internal;

import java.text.Normalizer;
import java.util.Locale;

/** Names of people and tokens. */
final class Names {

    static final int LONGEST = 60;

    private Names() {}

    /** Under which form a name is unique and found: however it is typed, it is the same. */
    static String fold(String name) {
        String given = name == null ? "" : name.strip();
        String folded = Normalizer.normalize(given, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return folded.length() <= LONGEST ? folded : folded.substring(0, LONGEST);
    }
}
