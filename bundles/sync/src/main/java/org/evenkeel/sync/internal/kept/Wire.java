package org.evenkeel.sync.internal.kept;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.evenkeel.connector.CheckReport;

/** How nodes write to each other what is more than a word. */
public final class Wire {
    private Wire() {}

    public static String of(CheckReport report) {
        return new String(Json.report(report), StandardCharsets.UTF_8);
    }

    public static CheckReport report(String text) {
        return Json.report(text.getBytes(StandardCharsets.UTF_8));
    }

    public static String of(List<String> lines) {
        return new String(Json.write(lines), StandardCharsets.UTF_8);
    }

    public static List<String> lines(String text) {
        return List.of(Json.read(text.getBytes(StandardCharsets.UTF_8), String[].class));
    }
}
