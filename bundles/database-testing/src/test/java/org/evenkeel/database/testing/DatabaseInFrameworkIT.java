package org.evenkeel.database.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.evenkeel.database.DatabaseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.launch.Framework;
import org.osgi.util.tracker.ServiceTracker;

/** The bundles as they are shipped, in a framework, with a bundle that keeps something in the database. */
class DatabaseInFrameworkIT {

    private static final String DATABASE = "org.evenkeel.database.Database";
    private static final String PROBE = "org.evenkeel.database.testing.probe.";
    private static final String PROBE_FOLDER = "org/evenkeel/database/testing/probe/";
    private static final long WAIT_MILLIS = 60_000;

    @TempDir
    Path folder;

    private Framework framework;
    private Bundle probe;

    @BeforeEach
    void start() throws Exception {
        framework = new FrameworkFactory().newFramework(settings());
        framework.start();
        BundleContext context = framework.getBundleContext();
        try (Stream<Path> jars = Files.list(Path.of(System.getProperty("framework.test.bundles")))) {
            for (Path jar : jars.sorted().toList()) {
                context.installBundle(jar.toUri().toString());
            }
        }
        probe = context.installBundle("probe", probeJar());
        for (Bundle bundle : context.getBundles()) {
            bundle.start();
        }
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(WAIT_MILLIS);
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString());
        settings.put("evenkeel.data", data().toString());
        // Hibernate of the test's own class path is found too, and complained of at length; nothing comes of it.
        settings.put("org.ops4j.pax.logging.DefaultServiceLog.level", "ERROR");
        return settings;
    }

    private Path data() {
        return folder.resolve("data");
    }

    @Test
    void keepsWhatABundleStoresInDerbyAndFreesItsFolder() throws Exception {
        awaitDatabase("DERBY");
        assertThat(store("first")).isEqualTo("first");
        assertThat(store("second")).as("through a lazy proxy").isEqualTo("second <~ first");

        assertThatThrownBy(() -> TestDatabases.derby(data().resolve("database")))
                .as("its folder is locked while it is open")
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("open in another process");

        Bundle derby = bundle("org.evenkeel.wrap.derby");
        derby.stop();
        assertThat(framework.getBundleContext().getServiceReference(DATABASE))
                .as("the service goes with the driver")
                .isNull();
        TestDatabases.derby(data().resolve("database")).close();

        derby.start();
        awaitDatabase("DERBY");
        assertThat(store("third")).isEqualTo("third <~ second <~ first");

        stop();
        TestDatabases.derby(data().resolve("database")).close();
        assertThat(Path.of("derby.log")).doesNotExist();
    }

    @Test
    void movesToAnotherDatabaseWhenItsConfigurationChanges() throws Exception {
        awaitDatabase("DERBY");
        store("in Derby");
        try (TestDatabase postgres = TestVendor.POSTGRESQL.open()) {
            configure(Map.of("url", postgres.url(), "user", postgres.user()));
            awaitDatabase("POSTGRESQL");
            assertThat(store("in PostgreSQL")).isEqualTo("in PostgreSQL");

            configure(Map.of());
            awaitDatabase("DERBY");
            assertThat(store("again")).isEqualTo("again <~ in Derby");
        }
    }

    private void awaitDatabase(String vendor) throws Exception {
        BundleContext context = framework.getBundleContext();
        ServiceTracker<Object, Object> tracker = new ServiceTracker<>(
                context,
                FrameworkUtil.createFilter(
                        "(&(" + Constants.OBJECTCLASS + "=" + DATABASE + ")(vendor=" + vendor + "))"),
                null);
        tracker.open(true);
        try {
            assertThat(tracker.waitForService(WAIT_MILLIS))
                    .as("the database on " + vendor)
                    .isNotNull();
        } finally {
            tracker.close();
        }
    }

    @SuppressWarnings("unchecked")
    private String store(String label) throws Exception {
        return ((BiFunction<BundleContext, String, String>) probe("StoreProbe")).apply(probe.getBundleContext(), label);
    }

    @SuppressWarnings("unchecked")
    private void configure(Map<String, String> properties) throws Exception {
        ((BiConsumer<BundleContext, Map<String, String>>) probe("ConfigureProbe"))
                .accept(probe.getBundleContext(), properties);
    }

    private Object probe(String name) throws Exception {
        return probe.loadClass(PROBE + name).getConstructor().newInstance();
    }

    private Bundle bundle(String symbolicName) throws BundleException {
        return Arrays.stream(framework.getBundleContext().getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    /** Imports what a slim bundle with entities does, and nothing else. */
    private static InputStream probeJar() throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        headers.putValue(Constants.BUNDLE_SYMBOLICNAME, "probe");
        headers.putValue(
                Constants.IMPORT_PACKAGE,
                "jakarta.persistence;version=\"[3.2,4)\",org.evenkeel.database,org.hibernate;version=\"[7.4,8)\","
                        + "org.hibernate.query,org.hibernate.proxy,org.hibernate.bytecode.spi,org.osgi.framework,"
                        + "org.osgi.service.cm");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            // With entries for the folders, as build tools write them: migrations are found by their folder.
            for (String migrations : List.of("derby/", "postgresql/")) {
                jar.putNextEntry(new JarEntry(PROBE_FOLDER + migrations));
                jar.closeEntry();
            }
            for (String file : List.of(
                    "ProbeRow.class",
                    "StoreProbe.class",
                    "ConfigureProbe.class",
                    "derby/V1__probe.sql",
                    "postgresql/V1__probe.sql")) {
                jar.putNextEntry(new JarEntry(PROBE_FOLDER + file));
                try (InputStream content =
                        DatabaseInFrameworkIT.class.getClassLoader().getResourceAsStream(PROBE_FOLDER + file)) {
                    content.transferTo(jar);
                }
                jar.closeEntry();
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
