package org.evenkeel.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The settings in force, each from the first place that has it: command line, environment, settings file, default.
 *
 * @param home the unpacked distribution; replaced at an upgrade, never written to
 * @param data the data folder; everything that a user makes or changes
 * @param demo whether the demo is shown
 * @param address what HTTP listens on, as given
 * @param port HTTP port, 0 to 65535; 0 = any free one
 * @param startTimeout how long the start may take
 * @param shell whether the Gogo shell reads this terminal
 * @param terminal whether a person reads the output
 * @param properties further framework properties
 */
record Options(
        Path home,
        Path data,
        boolean demo,
        String address,
        int port,
        Duration startTimeout,
        boolean shell,
        boolean terminal,
        Map<String, String> properties) {

    static final String DEFAULT_ADDRESS = "127.0.0.1";
    static final int DEFAULT_PORT = 8080;
    static final Duration DEFAULT_START_TIMEOUT = Duration.ofMinutes(2);

    /**
     * @param surroundings what is around the process
     * @throws LauncherException if a value is not one, or the settings file is wrong
     */
    static Options resolve(CommandLine line, Surroundings surroundings) throws LauncherException {
        Lookup lookup = new Lookup(line.settings(), surroundings.environment());
        Path named = lookup.path(Setting.SETTINGS);
        if (named != null) {
            lookup = lookup.withFile(SettingsFile.read(named, EnumSet.of(Setting.SETTINGS)));
        }
        boolean demo = lookup.flag(Setting.DEMO, false);
        Path data = data(lookup, demo, surroundings.userHome());
        Path own = data.resolve(SettingsFile.NAME);
        if (named == null && Files.isRegularFile(own)) {
            Set<Setting> decided = EnumSet.of(Setting.DATA, Setting.DEMO, Setting.SETTINGS);
            lookup = lookup.withFile(SettingsFile.read(own, decided));
        }
        return new Options(
                surroundings.home(),
                data,
                demo,
                lookup.text(Setting.ADDRESS, DEFAULT_ADDRESS),
                lookup.number(Setting.PORT, DEFAULT_PORT, 0, 65_535),
                Duration.ofSeconds(
                        lookup.number(Setting.START_TIMEOUT, (int) DEFAULT_START_TIMEOUT.toSeconds(), 1, 3_600)),
                lookup.flag(Setting.SHELL, false),
                lookup.flag(Setting.TERMINAL, surroundings.terminal()),
                line.properties());
    }

    Options withData(Path real) {
        return new Options(home, real, demo, address, port, startTimeout, shell, terminal, properties);
    }

    private static Path data(Lookup lookup, boolean demo, Path userHome) throws LauncherException {
        Path given = lookup.path(Setting.DATA);
        Path folder = given != null ? given : userHome.resolve(demo ? "evenkeel-demo" : "evenkeel-data");
        return folder.toAbsolutePath().normalize();
    }
}
