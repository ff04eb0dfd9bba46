package org.evenkeel.launcher;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/** Finds a setting in the first place that has it, and names that place when the value is wrong. */
final class Lookup {
    private final Map<Setting, String> commandLine;
    private final Map<String, String> environment;
    private final Map<Setting, String> file;

    Lookup(Map<Setting, String> commandLine, Map<String, String> environment) {
        this(commandLine, environment, Map.of());
    }

    private Lookup(Map<Setting, String> commandLine, Map<String, String> environment, Map<Setting, String> file) {
        this.commandLine = commandLine;
        this.environment = environment;
        this.file = file;
    }

    Lookup withFile(Map<Setting, String> settings) {
        return new Lookup(commandLine, environment, settings);
    }

    String text(Setting setting, String otherwise) {
        Found found = find(setting);
        return found == null ? otherwise : found.value();
    }

    Path path(Setting setting) throws LauncherException {
        Found found = find(setting);
        try {
            return found == null ? null : Path.of(found.value());
        } catch (InvalidPathException e) {
            throw found.wrong("a path");
        }
    }

    boolean flag(Setting setting, boolean otherwise) throws LauncherException {
        Found found = find(setting);
        if (found == null) {
            return otherwise;
        }
        return switch (found.value()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw found.wrong("true or false");
        };
    }

    int number(Setting setting, int otherwise, int least, int most) throws LauncherException {
        Found found = find(setting);
        if (found == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(found.value());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through to the one message for both
        }
        throw found.wrong("a whole number from " + least + " to " + most);
    }

    /** An empty variable of the environment counts as not set, as it does in most programs. */
    private Found find(Setting setting) {
        if (commandLine.containsKey(setting)) {
            return new Found("--" + setting.key(), commandLine.get(setting));
        }
        String variable = environment.getOrDefault(setting.environmentName(), "");
        if (!variable.isEmpty()) {
            return new Found(setting.environmentName(), variable);
        }
        return file.containsKey(setting) ? new Found(setting.key() + " in the settings file", file.get(setting)) : null;
    }

    private record Found(String place, String value) {
        LauncherException wrong(String wanted) {
            return LauncherException.usage(place + " must be " + wanted + ", but is '" + value + "'");
        }
    }
}
