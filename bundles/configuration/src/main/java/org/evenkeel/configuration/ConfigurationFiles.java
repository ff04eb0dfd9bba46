package org.evenkeel.configuration;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The folders that configurations lie in, and their files. */
final class ConfigurationFiles {
    /** Factories of this prefix are connectors: each of their configurations is a store. */
    static final String CONNECTORS = "org.evenkeel.connector.";

    private static final String ENDING = ".config";
    private static final List<String> ENDINGS = List.of(ENDING, ".cfg");

    private final Path shipped;
    private final Path defaults;
    private final Path overrides;
    private final Path stores;
    private final UnaryOperator<String> variables;

    /**
     * @param shipped {@code config/} of the distribution; read only
     * @param data the data folder
     * @param variables the value of <code>${name}</code> in a file; null if there is none
     */
    ConfigurationFiles(Path shipped, Path data, UnaryOperator<String> variables) {
        this.variables = variables;
        this.shipped = shipped;
        this.defaults = data.resolve("cache").resolve("config");
        this.overrides = data.resolve("config");
        this.stores = data.resolve("stores");
    }

    /** The file that a configuration names. */
    Optional<Path> named(Dictionary<String, Object> properties) {
        return properties.get(Contents.FILE) instanceof String uri
                ? Optional.of(Path.of(URI.create(uri)))
                : Optional.empty();
    }

    /** Whether the file is a copy of a shipped default. */
    boolean isDefault(Path file) {
        return file.startsWith(defaults);
    }

    /** Where a change of this default is kept. */
    Path override(Path defaultFile) {
        return overrides.resolve(stem(defaultFile) + ENDING);
    }

    /**
     * Where a configuration without a file is kept.
     *
     * @param factoryPid null for a configuration that there is only one of
     */
    Path newFile(String pid, String factoryPid) {
        if (factoryPid == null) {
            return overrides.resolve(pid + ENDING);
        }
        // FileInstall reads "factory-name" as the configuration "factory~name"
        String name = pid.substring(factoryPid.length() + 1).replaceAll("[^A-Za-z0-9._~-]", "_");
        Path folder = factoryPid.startsWith(CONNECTORS) ? stores : overrides;
        return folder.resolve(factoryPid + "-" + name + ENDING);
    }

    Dictionary<String, Object> naming(Dictionary<String, Object> properties, Path file) throws IOException {
        Hashtable<String, Object> named = Contents.plain(properties);
        // as FileInstall writes it (real folder, one slash), or it would not know its own file
        Path real = file.getParent().toRealPath().resolve(file.getFileName());
        named.put(Contents.FILE, real.toFile().toURI().toString());
        return named;
    }

    /**
     * Makes the file say what the configuration says; a file that does so already is left as it is, comments and all.
     *
     * <p>It is written whole or not at all, and readable for its owner alone: what users configure may hold secrets.
     */
    void write(Dictionary<String, Object> properties, Path file) throws IOException {
        String present = Files.exists(file) ? Files.readString(file) : null;
        if (present != null && says(present, properties)) {
            return;
        }
        String heading = present == null ? "" : FileText.heading(present);
        Path unfinished = Files.createTempFile(file.getParent(), "new", ".tmp");
        restrict(unfinished);
        Files.writeString(unfinished, heading + FileText.write(Contents.plain(properties)));
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private boolean says(String text, Dictionary<String, Object> properties) {
        try {
            return FileText.read(text, variables).equals(Contents.of(properties));
        } catch (IOException e) {
            return false;
        }
    }

    /** Puts the default back in force that goes by the name of this file, if there is one and nothing overrides it. */
    void restoreDefault(Path file) throws IOException {
        Optional<Path> original = find(shipped, stem(file));
        if (original.isPresent() && find(overrides, stem(file)).isEmpty()) {
            Path copy = defaults.resolve(original.get().getFileName());
            Files.deleteIfExists(copy);
            Files.copy(original.get(), copy);
        }
    }

    private static Optional<Path> find(Path folder, String stem) {
        return ENDINGS.stream()
                .map(ending -> folder.resolve(stem + ending))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static void restrict(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }
}
