package org.evenkeel.database.internal;

import java.util.Locale;
import java.util.regex.Pattern;

/** What of a JDBC address may be kept and shown. */
final class JdbcAddress {

    private static final Pattern SECRET_PARAMETER =
            Pattern.compile("[?&;][^=?&;]*(password|secret|token|encryptionkey)\\s*=");
    private static final Pattern USER_INFO = Pattern.compile("^jdbc:[a-z]+://[^/?;]*@");

    private JdbcAddress() {}

    /**
     * Makes sure that nothing secret comes in with an address, where drivers and libraries would show it.
     *
     * @throws IllegalArgumentException when it holds a password; the message does not
     */
    static void refuseSecretsIn(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        if (SECRET_PARAMETER.matcher(lower).find() || USER_INFO.matcher(lower).find()) {
            throw new IllegalArgumentException("url of " + DatabaseConfiguration.PID + " (" + shown(url)
                    + ") holds a user or a secret: put them into the properties user and password");
        }
    }

    /** The address without user, parameters and attributes. */
    static String shown(String url) {
        int end = url.length();
        for (char mark : new char[] {'?', ';'}) {
            int at = url.indexOf(mark);
            end = at < 0 ? end : Math.min(end, at);
        }
        return url.substring(0, end).replaceFirst("//[^/]*@", "//");
    }
}
