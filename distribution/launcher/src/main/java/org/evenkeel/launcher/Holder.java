package org.evenkeel.launcher;

import java.io.IOException;
import java.io.StringReader;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * Who holds the lock of a data folder, as written in the lock file.
 *
 * @param pid the process
 * @param state how far it is
 * @param url where it answers (or will)
 */
record Holder(long pid, State state, String url) {
    enum State {
        STARTING,
        UP,
        STOPPING
    }

    Holder in(State next) {
        return new Holder(pid, next, url);
    }

    String format() {
        return "pid=" + pid + "\nstate=" + state.name().toLowerCase(Locale.ROOT) + "\nurl=" + url + "\n";
    }

    /** Empty while the holder has not finished writing. */
    static Optional<Holder> parse(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
            return Optional.of(new Holder(
                    Long.parseLong(properties.getProperty("pid", "")),
                    State.valueOf(properties.getProperty("state", "").toUpperCase(Locale.ROOT)),
                    properties.getProperty("url", "")));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
