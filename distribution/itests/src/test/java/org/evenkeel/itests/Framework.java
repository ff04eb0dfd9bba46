package org.evenkeel.itests;

import static org.ops4j.pax.exam.CoreOptions.bootDelegationPackages;
import static org.ops4j.pax.exam.CoreOptions.cleanCaches;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.CoreOptions.url;
import static org.ops4j.pax.exam.CoreOptions.workingDirectory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;

/** The bundles and settings of the unpacked distribution, for a framework that a test runs in. */
final class Framework {
    private static final int AT_REST = 100;
    private static final int TESTS = 95;

    private Framework() {}

    /** Everything that the launcher installs, at its start levels, but for what is left out. */
    static Option[] options(Predicate<Path> wanted) throws IOException {
        List<Option> options = new ArrayList<>();
        Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "exam")
                .toAbsolutePath();
        settings(data).forEach((name, value) -> {
            options.add(frameworkProperty(name).value(value));
            options.add(systemProperty(name).value(value));
        });
        options.add(frameworkStartLevel(AT_REST));
        options.add(workingDirectory(data.resolve("cache").resolve("framework").toString()));
        options.add(cleanCaches(true));
        // The shops and the words of the test come from the class path of the test, not from bundles.
        options.add(frameworkProperty("org.osgi.framework.bundle.parent").value("app"));
        options.add(frameworkProperty("org.osgi.framework.bsnversion").value("multiple"));
        options.add(bootDelegationPackages(
                "org.evenkeel.simulator",
                "org.evenkeel.simulator.*",
                "org.assertj.*",
                "org.awaitility",
                "org.awaitility.*",
                "org.hamcrest",
                "org.hamcrest.*"));
        options.add(systemProperty("pax.exam.invoker").value("junit"));
        for (String link : List.of(
                "org.apache.servicemix.bundles.hamcrest",
                "org.apache.servicemix.bundles.junit",
                "org.ops4j.pax.exam.invoker.junit")) {
            options.add(url("link:classpath:META-INF/links/" + link + ".link").startLevel(TESTS));
        }
        for (Path jar : jars().filter(wanted).toList()) {
            options.add(bundle(jar));
        }
        return options.toArray(Option[]::new);
    }

    /** The jar of a bundle of the distribution, whatever its version. */
    static Path jar(String symbolicName) {
        return jars().filter(jar -> jar.getFileName().toString().matches(symbolicName + "-[0-9].*"))
                .findFirst()
                .orElseThrow();
    }

    /** Folders are start levels; what has another name is started only when it is asked for. */
    private static Stream<Path> jars() {
        try (Stream<Path> entries = Files.walk(Evenkeel.home().resolve("bundles"), 2)) {
            return entries
                    .filter(file -> file.toString().endsWith(".jar"))
                    .filter(file -> level(file).matches("[0-9]+"))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String level(Path jar) {
        return jar.getParent().getFileName().toString();
    }

    private static Option bundle(Path jar) throws IOException {
        boolean fragment;
        try (JarFile content = new JarFile(jar.toFile())) {
            fragment = content.getManifest().getMainAttributes().getValue("Fragment-Host") != null;
        }
        var option = url("reference:" + jar.toUri()).startLevel(Integer.parseInt(level(jar)));
        return fragment ? option.noStart() : option;
    }

    /** What the launcher tells the bundles. */
    private static Map<String, String> settings(Path data) throws IOException {
        Path home = Evenkeel.home();
        for (String folder : List.of("config", "stores", "deploy", "secrets", "log", "cache")) {
            Files.createDirectories(data.resolve(folder));
        }
        return Map.ofEntries(
                Map.entry("evenkeel.home", home.toString()),
                Map.entry("evenkeel.data", data.toString()),
                Map.entry("evenkeel.demo", "false"),
                Map.entry("evenkeel.version", "test"),
                Map.entry("evenkeel.http.address", "127.0.0.1"),
                Map.entry("evenkeel.http.port", "0"),
                Map.entry("evenkeel.url", "http://127.0.0.1/"),
                Map.entry("evenkeel.terminal", "false"),
                Map.entry("org.osgi.service.http.port", "0"),
                Map.entry("org.apache.felix.http.host", "127.0.0.1"),
                Map.entry("felix.webconsole.security.providers", "org.evenkeel.accounts"),
                Map.entry("felix.cm.config.plugins", "org.apache.felix.configadmin.plugin.interpolation"),
                Map.entry(
                        "org.apache.felix.configadmin.plugin.interpolation.secretsdir",
                        data.resolve("secrets").toString()),
                Map.entry(
                        "felix.fileinstall.dir",
                        home.resolve("config") + "," + data.resolve("config") + "," + data.resolve("stores")),
                Map.entry("felix.fileinstall.filter", ".*[.](cfg|config)"),
                Map.entry("felix.fileinstall.poll", "500"),
                Map.entry("felix.fileinstall.noInitialDelay", "true"),
                Map.entry("felix.fileinstall.disableNio2", "true"),
                Map.entry("felix.fileinstall.enableConfigSave", "false"),
                Map.entry("felix.fileinstall.configEncoding", "UTF-8"),
                Map.entry(
                        "felix.fileinstall.tmpdir",
                        data.resolve("cache").resolve("fileinstall").toString()),
                Map.entry(
                        "org.ops4j.pax.logging.StaticLogbackFile",
                        home.resolve("config").resolve("logback.xml").toString()),
                Map.entry("org.ops4j.pax.logging.DefaultServiceLog.level", "WARN"));
    }
}
