package org.evenkeel.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** Reads the settings file: a properties file in UTF-8 with the keys of {@link Setting}. */
final class SettingsFile {
    static final String NAME = "evenkeel.properties";

    private SettingsFile() {}

    /**
     * @param forbidden keys that this file cannot carry, because they decided where it lies
     * @throws LauncherException if a key is unknown or forbidden, or the file cannot be read
     */
    static Map<Setting, String> read(Path file, Set<Setting> forbidden) throws LauncherException {
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        Properties properties = load(file);
        for (String key : properties.stringPropertyNames()) {
            Setting setting = Setting.keyed(key)
                    .orElseThrow(() -> LauncherException.usage("'" + key + "' in " + file + " is no setting"));
            if (forbidden.contains(setting)) {
                throw LauncherException.usage(
                        "'" + key + "' cannot be set in " + file + ", which lies in the data folder;" + " use --" + key
                                + ", " + setting.environmentName() + " or a file named by --settings");
            }
            settings.put(setting, properties.getProperty(key).trim());
        }
        return settings;
    }

    private static Properties load(Path file) throws LauncherException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw LauncherException.failure("Cannot read the settings in " + file, e);
        }
        return properties;
    }
}
