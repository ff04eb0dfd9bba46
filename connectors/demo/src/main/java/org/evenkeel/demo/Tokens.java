package org.evenkeel.demo;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Access tokens as the simulated shops hand them out. */
final class Tokens {
    private static final int BYTES = 16;

    private Tokens() {}

    static String fresh() {
        byte[] token = new byte[BYTES];
        new SecureRandom().nextBytes(token);
        return "shpat_" + HexFormat.of().formatHex(token);
    }
}
