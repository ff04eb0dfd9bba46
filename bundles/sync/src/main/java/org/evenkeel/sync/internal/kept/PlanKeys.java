package org.evenkeel.sync.internal.kept;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Keys by which rows of plans are found, each in one column: Derby looks a list of values up one by one only in the first column
 * of an index, and walks through the whole plan when the plan is the first. What is looked up for every page has a unique one:
 * of any other, Derby expects too many rows to look them up.
 */
public final class PlanKeys {
    private PlanKeys() {}

    /** @param value null for none */
    public static String of(long plan, String value) {
        return value == null ? null : plan + " " + value;
    }

    /** Stands for a listing at a location, however long the store's ids are. */
    public static String row(long plan, String listing, String variant, String location) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", listing, variant, location).getBytes(StandardCharsets.UTF_8));
            return plan + " " + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
