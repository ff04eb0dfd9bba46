package org.evenkeel.launcher;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * The words after {@code bin/evenkeel}, taken apart but not yet judged.
 *
 * @param command the first word; {@link Command#HELP} when there is none
 * @param settings what was set by {@code --key value}, {@code --key=value} or {@code -Devenkeel.key=value}
 * @param properties other {@code -Dname=value}: handed to the framework as they are
 */
record CommandLine(Command command, Map<Setting, String> settings, Map<String, String> properties) {
    private static final String OWN_PROPERTIES = "evenkeel.";

    static CommandLine parse(List<String> words) throws LauncherException {
        Queue<String> rest = new ArrayDeque<>(words);
        Command command = rest.isEmpty() ? Command.HELP : command(rest.remove());
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        Map<String, String> properties = new LinkedHashMap<>();
        while (!rest.isEmpty()) {
            String word = rest.remove();
            if (word.startsWith("-D")) {
                property(word.substring(2), settings, properties);
            } else if (word.startsWith("--")) {
                option(word.substring(2), rest, settings);
            } else {
                throw unknown(word);
            }
        }
        return new CommandLine(command, settings, properties);
    }

    private static Command command(String word) throws LauncherException {
        if (word.equals("--help") || word.equals("-h")) {
            return Command.HELP;
        }
        if (word.equals("--version")) {
            return Command.VERSION;
        }
        return Command.named(word)
                .orElseThrow(() -> LauncherException.usage("'" + word + "' is no command. The commands are: "
                        + String.join(
                                ", ",
                                Arrays.stream(Command.values())
                                        .map(Command::word)
                                        .toList())));
    }

    private static void option(String word, Queue<String> rest, Map<Setting, String> settings)
            throws LauncherException {
        int equals = word.indexOf('=');
        String key = equals < 0 ? word : word.substring(0, equals);
        Setting setting = Setting.keyed(key).filter(s -> s != Setting.JAVA_OPTS).orElseThrow(() -> unknown("--" + key));
        settings.put(setting, equals < 0 ? value(setting, rest) : word.substring(equals + 1));
    }

    private static String value(Setting setting, Queue<String> rest) throws LauncherException {
        if (setting.isFlag()) {
            return "true";
        }
        if (rest.isEmpty() || rest.peek().startsWith("--")) {
            throw LauncherException.usage("--" + setting.key() + " needs a value");
        }
        return rest.remove();
    }

    /** An empty own property counts as not given, so that a build can pass one through that may not be set. */
    private static void property(String assignment, Map<Setting, String> settings, Map<String, String> properties) {
        int equals = assignment.indexOf('=');
        String name = equals < 0 ? assignment : assignment.substring(0, equals);
        String value = equals < 0 ? "true" : assignment.substring(equals + 1);
        Setting setting = name.startsWith(OWN_PROPERTIES)
                ? Setting.keyed(name.substring(OWN_PROPERTIES.length())).orElse(null)
                : null;
        if (setting == null) {
            properties.put(name, value);
        } else if (!value.isEmpty()) {
            settings.put(setting, value);
        }
    }

    private static LauncherException unknown(String word) {
        return LauncherException.usage("'" + word + "' is no option of Evenkeel; 'bin/evenkeel help' lists them");
    }
}
