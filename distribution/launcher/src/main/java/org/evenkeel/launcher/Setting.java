package org.evenkeel.launcher;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything that can be set, under one key in all places: {@code --key} on the command line, {@code EVENKEEL_KEY} in
 * the environment, {@code key=} in the settings file.
 */
enum Setting {
    DATA("data", "FOLDER", "data folder (default: ~/evenkeel-data, with --demo ~/evenkeel-demo)"),
    DEMO("demo", null, "show the demo, in a data folder of its own"),
    PORT("port", "N", "HTTP port (default: 8080; 0 = any free one)"),
    ADDRESS("address", "HOST", "address that HTTP listens on (default: 127.0.0.1; 0.0.0.0 = all)"),
    SETTINGS("settings", "FILE", "settings file (default: <data>/evenkeel.properties)"),
    START_TIMEOUT("start-timeout", "SECONDS", "how long a start may take (default: 120)"),
    SHELL("shell", null, "open the Gogo shell on this terminal (run only)"),
    TERMINAL("terminal", null, "a person reads this output: show a new password here"),
    /** Read by {@code bin/evenkeel} before there is a JVM; known here so that a settings file may carry it. */
    JAVA_OPTS("java-opts", "OPTIONS", null);

    private final String key;
    private final String argument;
    private final String description;

    Setting(String key, String argument, String description) {
        this.key = key;
        this.argument = argument;
        this.description = description;
    }

    static Optional<Setting> keyed(String key) {
        return Arrays.stream(values()).filter(s -> s.key.equals(key)).findFirst();
    }

    String key() {
        return key;
    }

    String environmentName() {
        return "EVENKEEL_" + key.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    boolean isFlag() {
        return argument == null;
    }

    /** The line of the help text; empty for what the command line does not take. */
    Optional<String> help() {
        return Optional.ofNullable(description)
                .map(text -> String.format("  %-26s %s", "--" + key + (isFlag() ? "" : " " + argument), text));
    }
}
