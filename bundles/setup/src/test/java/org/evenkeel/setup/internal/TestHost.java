package org.evenkeel.setup.internal;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.evenkeel.accounts.AuditLog;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.ledger.StoreRegistry;
import org.evenkeel.setup.StoreSetup;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationListener;

/** A framework with the real services around the bundle under test, set up as the host sets them up. */
final class TestHost implements AutoCloseable {

    static final String KIND = "org.evenkeel.connector.test";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);

    /** Packages whose classes the test shares with the bundles. */
    private static final String SHARED = String.join(
            ",",
            "org.evenkeel.accounts;version=0.1.0",
            "org.evenkeel.connector;version=0.1.0",
            "org.evenkeel.ledger;version=0.1.0",
            "org.evenkeel.setup;version=0.1.0",
            "org.evenkeel.sync;version=0.1.0",
            "org.osgi.service.cm;version=1.6.1",
            "org.osgi.service.component;version=1.5.1",
            "org.osgi.service.component.runtime;version=1.5.0",
            "org.osgi.service.component.runtime.dto;version=1.5.0",
            "org.osgi.service.log;version=1.5.0",
            "org.osgi.service.metatype;version=1.4.1",
            "org.osgi.util.function;version=1.2.0",
            "org.osgi.util.promise;version=1.3.0",
            "org.slf4j;version=1.7.36");

    private final Path data;
    private final Framework framework;
    private final MemoryRegistry registry;
    private final MemoryAudit audit;

    /** Starts with an empty cache, as the host does each time; what lies in the data folder and the ledger stays. */
    TestHost(Path data, MemoryRegistry registry, MemoryAudit audit, boolean besideKeeper) throws Exception {
        this.data = data;
        this.registry = registry;
        this.audit = audit;
        for (String folder : List.of("stores", "config", "cache/config", "home/config")) {
            Files.createDirectories(data.resolve(folder));
        }
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(settings());
        framework.start();
        context().registerService(StoreRegistry.class, registry, null);
        context().registerService(AuditLog.class, audit, null);
        for (String jar :
                List.of("configadmin-", "converter-", "configadmin.plugin.interpolation-", "metatype-", "scr-")) {
            install("org.apache.felix." + jar);
        }
        if (besideKeeper) {
            install("org.evenkeel.configuration-");
        }
        install(bundleUnderTest());
        install(connector());
        install("org.apache.felix.fileinstall-");
        until("the setup service", () -> service(StoreSetup.class).isPresent());
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put(
                Constants.FRAMEWORK_STORAGE,
                data.resolve("cache").resolve("framework").toString());
        settings.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        settings.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, SHARED);
        settings.put("evenkeel.data", data.toString());
        settings.put("evenkeel.home", data.resolve("home").toString());
        settings.put(
                "org.apache.felix.configadmin.plugin.interpolation.secretsdir",
                data.resolve("secrets").toString());
        settings.put("org.apache.felix.configadmin.plugin.interpolation.file.encoding", "UTF-8");
        settings.put("felix.cm.config.plugins", "org.apache.felix.configadmin.plugin.interpolation");
        settings.put("ds.service.changecount.timeout", "100");
        settings.put("felix.log.level", "1");
        settings.put("felix.fileinstall.dir", data.resolve("stores").toString());
        settings.put("felix.fileinstall.filter", ".*[.](cfg|config)");
        settings.put("felix.fileinstall.poll", "100");
        settings.put("felix.fileinstall.noInitialDelay", "true");
        settings.put("felix.fileinstall.enableConfigSave", "false");
        settings.put("felix.fileinstall.configEncoding", "UTF-8");
        settings.put("felix.fileinstall.tmpdir", data.resolve("tmp").toString());
        settings.put("felix.fileinstall.log.level", "1");
        return settings;
    }

    private void install(String jarPrefix) throws BundleException {
        File jar = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(File::new)
                .filter(file -> file.getName().matches(Pattern.quote(jarPrefix) + "[0-9].*"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Not on the class path: " + jarPrefix));
        install(jar.toPath());
    }

    private Bundle install(Path jar) throws BundleException {
        Bundle bundle = context().installBundle(jar.toUri().toString());
        bundle.start();
        return bundle;
    }

    /** The bundle as Maven builds it, before it is packed. */
    private static Path bundleUnderTest() {
        return Jars.UNDER_TEST;
    }

    private static Path connector() {
        return Jars.CONNECTOR;
    }

    /** Built once. */
    private static final class Jars {
        private static final Path UNDER_TEST = jar("setup", TestHost::pack);
        private static final Path CONNECTOR = jar("connector", TestHost::build);

        private static Path jar(String name, Writing writing) {
            try {
                File jar = File.createTempFile(name, ".jar");
                jar.deleteOnExit();
                writing.to(jar);
                return jar.toPath();
            } catch (Exception e) {
                throw new IllegalStateException("No " + name + ".jar", e);
            }
        }
    }

    private static void pack(File jar) throws Exception {
        try (Jar content = new Jar(new File("target/classes"))) {
            content.write(jar);
        }
    }

    private static void build(File jar) throws Exception {
        try (Builder builder = new Builder()) {
            builder.setBundleSymbolicName(KIND);
            builder.setProperty("Private-Package", "org.evenkeel.setup.testconnector");
            builder.setProperty("Import-Package", "org.evenkeel.connector,org.osgi.framework,*;resolution:=optional");
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                builder.addClasspath(new File(entry));
            }
            builder.build().write(jar);
            if (!builder.getErrors().isEmpty()) {
                throw new IllegalStateException(builder.getErrors().toString());
            }
        }
    }

    /** Configuration Admin tells of changes in their order, from a thread of its own; waits for a change made now. */
    void untilEventsAreDelivered() throws IOException {
        AtomicBoolean heard = new AtomicBoolean();
        ServiceRegistration<?> listener = context()
                .registerService(
                        ConfigurationListener.class,
                        event -> heard.compareAndSet(false, event.getPid().equals("mark")),
                        null);
        configurations().getConfiguration("mark", "?").update(dictionary(Map.of("at", System.nanoTime())));
        until("the mark is heard of", heard::get);
        listener.unregister();
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    <T> Optional<T> service(Class<T> type) {
        return Optional.ofNullable(context().getServiceReference(type)).map(context()::getService);
    }

    StoreSetup setup() {
        return service(StoreSetup.class).orElseThrow();
    }

    ConfigurationAdmin configurations() {
        return service(ConfigurationAdmin.class).orElseThrow();
    }

    Configuration configuration(String store) throws IOException, InvalidSyntaxException {
        Configuration[] found = configurations().listConfigurations("(service.pid=" + KIND + "~" + store + ")");
        return found == null ? null : found[0];
    }

    int configurationCount() throws IOException, InvalidSyntaxException {
        Configuration[] found = configurations().listConfigurations("(service.factoryPid=" + KIND + ")");
        return found == null ? 0 : found.length;
    }

    Path file(String store) {
        return data.resolve("stores").resolve(KIND + "-" + store + ".config");
    }

    String text(String store) throws IOException {
        return Files.readString(file(store));
    }

    Path secret(String name) {
        return data.resolve("secrets").resolve(name);
    }

    Bundle connectorBundle() {
        return Arrays.stream(context().getBundles())
                .filter(bundle -> KIND.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    /** What the instance of a store was configured with; empty when there is no instance. */
    Optional<Map<String, Object>> instance(String store) {
        try {
            return context().getServiceReferences(Supplier.class, "(shown.store=" + store + ")").stream()
                    .findFirst()
                    .map(TestHost::properties);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Map<String, Object> properties(ServiceReference<?> reference) {
        Map<String, Object> properties = new TreeMap<>();
        for (String key : reference.getPropertyKeys()) {
            properties.put(key, reference.getProperty(key));
        }
        return properties;
    }

    void untilInstance(String store, String property, Object value) {
        until(
                store + " shows " + property + " " + value + "; now " + instance(store),
                () -> instance(store)
                        .map(one -> value.equals(one.get("shown." + property)))
                        .orElse(false));
    }

    boolean isRegistered(String store) throws InvalidSyntaxException {
        return !context()
                .getServiceReferences(StoreConnector.class, "(" + StoreConnector.STORE + "=" + store + ")")
                .isEmpty();
    }

    interface Condition {
        boolean holds() throws Exception;
    }

    private interface Writing {
        void to(File file) throws Exception;
    }

    static void until(String what, Condition condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        BooleanSupplier holds = () -> {
            try {
                return condition.holds();
            } catch (Exception e) {
                throw new IllegalStateException(what, e);
            }
        };
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not within " + PATIENCE.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    static Dictionary<String, Object> dictionary(Map<String, ?> properties) {
        return new Hashtable<>(properties);
    }

    MemoryRegistry registry() {
        return registry;
    }

    MemoryAudit audit() {
        return audit;
    }

    @Override
    public void close() throws Exception {
        framework.stop();
        framework.waitForStop(PATIENCE.toMillis());
    }
}
