package org.evenkeel.sync.internal.lane;

import java.util.regex.Pattern;

/** Takes out of words what must not be kept, should a connector have let it slip: secrets and e-mail addresses. */
final class Redaction {
    private static final Pattern NAMED_SECRET = Pattern.compile(
            "(?i)((?:access|refresh|api|client|auth)?[-_ ]?(?:token|secret|password|passwd|api[-_]?key|authorization|signature)"
                    + "[\"']?\\s*[=:]\\s*[\"']?(?:bearer\\s+|basic\\s+)?)[^\\s\"'&,;]+");
    private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer|basic)\\s+[a-z0-9._~+/=-]{8,}");
    private static final Pattern KNOWN_TOKEN = Pattern.compile("\\bshp(?:at|ca|pa|ss|rt)_[0-9A-Za-z]+");
    private static final Pattern MAIL = Pattern.compile("[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+");

    private Redaction() {}

    static String redacted(String words) {
        String text = NAMED_SECRET.matcher(words).replaceAll("$1…");
        text = BEARER.matcher(text).replaceAll("$1 …");
        text = KNOWN_TOKEN.matcher(text).replaceAll("…");
        return MAIL.matcher(text).replaceAll("…@…");
    }
}
