package org.evenkeel.launcher;

import java.util.Arrays;
import java.util.Optional;

/** The commands of {@code bin/evenkeel}. */
enum Command {
    RUN("run", "run in the foreground; Ctrl-C stops it"),
    START("start", "start in the background and wait until it is up"),
    STOP("stop", "stop it and wait until the data folder is free"),
    STATUS("status", "say whether it runs, and where (code 0 = runs, 3 = does not)"),
    RESET_PASSWORD("reset-password", "make a new admin password"),
    HELP("help", "print this text"),
    VERSION("version", "print the version");

    private final String word;
    private final String description;

    Command(String word, String description) {
        this.word = word;
        this.description = description;
    }

    static Optional<Command> named(String word) {
        return Arrays.stream(values()).filter(c -> c.word.equals(word)).findFirst();
    }

    String word() {
        return word;
    }

    String description() {
        return description;
    }
}
