package org.evenkeel.setup.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.ledger.StoreId;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.MetaTypeService;

/**
 * Stores as configurations, files and secrets: the one place that changes them. Thread-safe; whoever makes several changes
 * that belong together holds the {@link #lock()}.
 */
@Component(service = Stores.class)
public final class Stores {

    /** Framework property: the data folder. */
    static final String DATA = "evenkeel.data";

    /** How long FileInstall may take from reading a file to having loaded it. */
    private static final Duration STALE = Duration.ofSeconds(3);

    private final ConfigurationAdmin admin;
    private final ServiceComponentRuntime runtime;
    private final Kinds kinds;
    private final StoreFiles files;
    private final SecretFiles secrets;
    private final Lock lock = new ReentrantLock();
    private final Map<String, Kept> kept = new HashMap<>();

    @Activate
    public Stores(
            BundleContext context,
            @Reference ConfigurationAdmin admin,
            @Reference ServiceComponentRuntime runtime,
            @Reference MetaTypeService metatype) {
        String data = context.getProperty(DATA);
        if (data == null || data.isBlank()) {
            throw new IllegalStateException("The framework property " + DATA + " names no data folder");
        }
        this.admin = admin;
        this.runtime = runtime;
        this.kinds = new Kinds(context, runtime, metatype);
        this.files = new StoreFiles(Path.of(data, "stores"), context::getProperty);
        this.secrets = new SecretFiles(Path.of(data, "secrets"));
    }

    Lock lock() {
        return lock;
    }

    Kinds kinds() {
        return kinds;
    }

    SecretFiles secrets() {
        return secrets;
    }

    ServiceComponentRuntime runtime() {
        return runtime;
    }

    /** A store's configuration, whether its connector is there or not. */
    Optional<Configuration> configuration(StoreId id) throws IOException {
        return list("(" + StoreConnector.STORE + "=" + id + ")").stream()
                .filter(one -> one.getFactoryPid() != null)
                .filter(one -> StoreNaming.id(one.getFactoryPid(), one.getPid()).equals(Optional.of(id)))
                .findFirst();
    }

    /** Whether a store's file is there, be it on a file system that cannot tell case. */
    boolean hasFile(String kind, StoreId id) {
        return Files.exists(files.path(kind, id));
    }

    /** All configurations of a kind, also those that are no proper stores yet. */
    List<Configuration> configurations(Kind kind) throws IOException {
        return list("(service.factoryPid=" + kind.pid() + ")");
    }

    private List<Configuration> list(String filter) throws IOException {
        try {
            Configuration[] found = admin.listConfigurations(filter);
            return found == null ? List.of() : Arrays.asList(found);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes or changes a store's configuration: its file first, so that nothing is lost once this has returned. */
    void save(String kind, StoreId id, Map<String, Object> content) throws IOException {
        Configuration configuration = admin.getFactoryConfiguration(kind, id.value(), "?");
        Map<String, Object> before = StoreProperties.of(configuration);
        Path file = StoreFiles.origin(before).filter(Files::isRegularFile).orElse(files.path(kind, id));
        files.write(file, content);
        Map<String, Object> properties = new TreeMap<>(content);
        properties.put(StoreFiles.FILE_NAME, StoreFiles.key(file));
        kept.put(configuration.getPid(), new Kept(file, content, StoreProperties.content(before), System.nanoTime()));
        configuration.update(StoreProperties.dictionary(properties));
    }

    /**
     * What a store's configuration and its file last agreed on; used under the lock.
     *
     * @param file where
     * @param content on what
     * @param before what it was before we saved it; null when somebody else did
     * @param savedAt when we saved it, by {@link System#nanoTime()}
     */
    private record Kept(Path file, Map<String, Object> content, Map<String, Object> before, long savedAt) {}

    /**
     * What to put back in place of a configuration that nobody can have meant: an empty one, from a file that was caught
     * between being emptied and filled, or the one from before our last change, which FileInstall had read from the file
     * just before we changed it.
     */
    Optional<Map<String, Object>> lost(String pid, Map<String, Object> present) {
        Kept last = kept.get(pid);
        if (last == null || StoreProperties.isSame(present, last.content())) {
            return Optional.empty();
        }
        boolean stale = last.before() != null
                && StoreProperties.isSame(present, last.before())
                && System.nanoTime() - last.savedAt() < STALE.toNanos();
        return present.isEmpty() || stale ? Optional.of(last.content()) : Optional.empty();
    }

    /** Brings a store's file up to its configuration, when somebody changed that and nobody the file. */
    void saveFile(String pid, Map<String, Object> properties) throws IOException {
        Map<String, Object> content = StoreProperties.content(properties);
        Kept last = kept.get(pid);
        if (last != null && StoreProperties.isSame(content, last.content())) {
            return; // if the file says something else, an editor has changed it and FileInstall is about to load it
        }
        Optional<Path> file = StoreFiles.origin(properties);
        if (file.isPresent()) {
            if (last != null && !files.differs(file.get(), last.content())) {
                files.write(file.get(), content);
            }
            kept.put(pid, new Kept(file.get(), content, null, 0));
        }
    }

    /** Deletes a configuration with its file. */
    void delete(Configuration configuration) throws IOException {
        Optional<Path> file = StoreFiles.origin(StoreProperties.of(configuration));
        String kind = configuration.getFactoryPid();
        Optional<StoreId> id = StoreNaming.id(kind, configuration.getPid());
        configuration.delete();
        if (file.isPresent()) {
            Files.deleteIfExists(file.get());
        }
        if (id.isPresent()) {
            Files.deleteIfExists(files.path(kind, id.get()));
        }
    }

    /** Deletes the file of a configuration that is gone: whoever deleted the one meant the other too. */
    void forget(String pid) throws IOException {
        String escaped = pid.replaceAll("([\\\\*()])", "\\\\$1");
        if (list("(service.pid=" + escaped + ")").isEmpty()) {
            Kept last = kept.remove(pid);
            if (last != null) {
                Files.deleteIfExists(last.file());
            }
        }
    }

    /** Keeps a secret and returns what the configuration says in its place. */
    String keepSecret(StoreId id, String attribute, String secret) throws IOException {
        if (SecretFiles.isPlaceholder(secret)) {
            return secret;
        }
        secrets.write(id, attribute, secret);
        return SecretFiles.placeholder(id, attribute);
    }

    /** The names of the secrets that a configuration asks for and nobody has. */
    List<String> missingSecrets(Map<String, Object> properties) {
        List<String> missing = new ArrayList<>();
        namesOfSecrets(properties).filter(name -> !secrets.exists(name)).forEach(missing::add);
        return missing;
    }

    static Stream<String> namesOfSecrets(Map<String, Object> properties) {
        return properties.values().stream()
                .flatMap(value -> StoreProperties.texts(value).stream())
                .flatMap(SecretFiles::names);
    }
}
