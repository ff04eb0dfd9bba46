package org.evenkeel.accounts.internal;

/** Texts as the audit log keeps them: on one line, and no longer than their column. */
final class AuditText {

    static final int ACTOR = 100;
    static final int ACTION = 60;
    static final int SUBJECT = 200;
    static final int DETAIL = 2000;

    private AuditText() {}

    static String fit(String text, int longest) {
        if (text == null) {
            return "";
        }
        String line = text.replaceAll("[\\s\\p{Cc}\\p{Cs}\\u2028\\u2029]+", " ").strip();
        if (line.codePointCount(0, line.length()) <= longest) {
            return line.length() <= longest ? line : line.substring(0, lastWhole(line, longest));
        }
        return line.substring(0, lastWhole(line, longest - 1)) + "…";
    }

    /** An index at or before the given one that does not part a surrogate pair. */
    private static int lastWhole(String text, int index) {
        return Character.isHighSurrogate(text.charAt(index - 1)) ? index - 1 : index;
    }
}
