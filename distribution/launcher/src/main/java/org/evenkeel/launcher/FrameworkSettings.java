package org.evenkeel.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.framework.Constants;

/**
 * The framework properties: all that the launcher tells the bundles.
 *
 * <p>Evenkeel's own are {@code evenkeel.home}, {@code evenkeel.data}, {@code evenkeel.demo}, {@code evenkeel.version},
 * {@code evenkeel.http.address}, {@code evenkeel.http.port}, {@code evenkeel.url} and {@code evenkeel.terminal}. They
 * are system properties as well, for libraries that read nothing else.
 */
final class FrameworkSettings {
    private static final String INTERPOLATION = "org.apache.felix.configadmin.plugin.interpolation";
    private static final String FILE_INSTALL = "felix.fileinstall.";

    private final Options options;
    private final Endpoint endpoint;
    private final Path data;
    private final Path home;

    FrameworkSettings(Options options, Endpoint endpoint) {
        this.options = options;
        this.endpoint = endpoint;
        this.data = options.data();
        this.home = options.home();
    }

    Map<String, String> properties() {
        Map<String, String> all = new LinkedHashMap<>(own());
        all.putAll(framework());
        all.putAll(services());
        all.putAll(configuration());
        all.putAll(logging());
        all.putAll(options.properties());
        return all;
    }

    /** What bundles of Evenkeel may rely on. */
    Map<String, String> own() {
        return Map.of(
                "evenkeel.home", home.toString(),
                "evenkeel.data", data.toString(),
                "evenkeel.demo", Boolean.toString(options.demo()),
                "evenkeel.version", Distribution.version(),
                "evenkeel.http.address", options.address(),
                "evenkeel.http.port", Integer.toString(endpoint.port()),
                "evenkeel.url", endpoint.url(),
                "evenkeel.terminal", Boolean.toString(options.terminal()));
    }

    static Path defaults(Path data) {
        return data.resolve("cache").resolve("config");
    }

    private Map<String, String> framework() {
        return Map.of(
                Constants.FRAMEWORK_STORAGE,
                data.resolve("cache").resolve("framework").toString(),
                Constants.FRAMEWORK_STORAGE_CLEAN,
                Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT,
                Constants.FRAMEWORK_BEGINNING_STARTLEVEL,
                Integer.toString(StartLevels.FINAL),
                "felix.startlevel.bundle",
                Integer.toString(StartLevels.DEPLOYED),
                // the launcher stops the framework itself, within a bound
                "felix.shutdown.hook",
                "false");
    }

    private Map<String, String> services() {
        return Map.of(
                "org.osgi.service.http.port",
                Integer.toString(endpoint.port()),
                "org.apache.felix.http.host",
                options.address(),
                // nobody logs in to the Web Console before Evenkeel's accounts are there to ask
                "felix.webconsole.security.providers",
                "org.evenkeel.accounts",
                INTERPOLATION + ".secretsdir",
                data.resolve("secrets").toString(),
                // no component ever sees a placeholder: configurations wait for the plugin
                "felix.cm.config.plugins",
                INTERPOLATION);
    }

    private Map<String, String> configuration() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(FILE_INSTALL + "dir", defaults(data) + "," + data.resolve("config") + "," + data.resolve("stores"));
        all.put(FILE_INSTALL + "filter", ".*[.](cfg|config)");
        all.put(FILE_INSTALL + "poll", "500");
        // plain polling: it also sees changes on network and container mounts, and quick ones
        all.put(FILE_INSTALL + "disableNio2", "true");
        all.put(FILE_INSTALL + "noInitialDelay", "true");
        // edits are written back by the bundle org.evenkeel.configuration, which keeps backslashes
        all.put(FILE_INSTALL + "enableConfigSave", "false");
        all.put(FILE_INSTALL + "configEncoding", "UTF-8");
        all.put(FILE_INSTALL + "log.level", "3");
        all.put(
                FILE_INSTALL + "tmpdir",
                data.resolve("cache").resolve("fileinstall").toString());
        return all;
    }

    private Map<String, String> logging() {
        return Map.of(
                "org.ops4j.pax.logging.StaticLogbackFile", logback().toString(),
                "org.ops4j.pax.logging.DefaultServiceLog.level", "WARN",
                "org.ops4j.pax.logging.service.frameworkEventsLogLevel", "INFO");
    }

    private Path logback() {
        Path override = data.resolve("config").resolve("logback.xml");
        return Files.isRegularFile(override) ? override : home.resolve("config").resolve("logback.xml");
    }
}
