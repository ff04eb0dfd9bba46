package org.evenkeel.launcher;

import java.nio.file.Path;
import java.util.Map;

/**
 * What is around the process, handed in so that tests can choose it.
 *
 * @param home the unpacked distribution
 * @param userHome the user's home folder
 * @param environment the environment variables
 * @param terminal whether {@code bin/evenkeel} found a terminal to write to
 */
record Surroundings(Path home, Path userHome, Map<String, String> environment, boolean terminal) {
    static Surroundings ofProcess() throws LauncherException {
        String home = System.getProperty("evenkeel.home");
        if (home == null) {
            throw LauncherException.usage("Start Evenkeel by bin/evenkeel (the property evenkeel.home is not set)");
        }
        return new Surroundings(
                Path.of(home).toAbsolutePath().normalize(),
                Path.of(System.getProperty("user.home")),
                System.getenv(),
                Boolean.getBoolean("evenkeel.terminal"));
    }
}
