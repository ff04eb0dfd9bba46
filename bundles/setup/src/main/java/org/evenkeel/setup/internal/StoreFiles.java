package org.evenkeel.setup.internal;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.felix.utils.properties.TypedProperties;
import org.evenkeel.ledger.StoreId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores' configuration files, in the form that FileInstall reads. They are replaced as a whole, so that nobody ever reads
 * half of one.
 *
 * @param folder {@code <data>/stores}
 * @param references what {@code ${…}} in a file stands for, as FileInstall sees it; null for what it does not know
 */
record StoreFiles(Path folder, UnaryOperator<String> references) {

    private static final Logger LOG = LoggerFactory.getLogger(StoreFiles.class);

    /** Configuration property by which FileInstall knows the file that a configuration came from. */
    static final String FILE_NAME = "felix.fileinstall.filename";

    Path path(String kind, StoreId id) {
        return folder.resolve(StoreNaming.file(kind, id));
    }

    /** The file's name as FileInstall writes it: of the folder's real path, with a single slash after the scheme. */
    static String key(Path file) throws IOException {
        Path real = file.getParent().toRealPath().resolve(file.getFileName());
        return real.toFile().toURI().toString();
    }

    /** The file that a configuration came from; empty when there was none. */
    static Optional<Path> origin(Map<String, Object> properties) {
        if (!(properties.get(FILE_NAME) instanceof String key)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new File(URI.create(key)).toPath());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether the file is there and says something else. */
    boolean differs(Path file, Map<String, Object> properties) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try {
            return !StoreProperties.isSame(new TreeMap<>(load(file)), StoreProperties.content(properties));
        } catch (IOException | RuntimeException e) {
            return true;
        }
    }

    /** Writes a configuration. Comments and references that somebody wrote into its file stay. */
    void write(Path file, Map<String, Object> properties) throws IOException {
        PrivateFiles.makeFolder(folder);
        TypedProperties content = loadOrNew(file);
        Map<String, Object> wanted = StoreProperties.content(properties);
        new TreeSet<>(content.keySet())
                .stream().filter(key -> !wanted.containsKey(key)).forEach(content::remove);
        makeTyped(content);
        wanted.forEach((key, value) -> {
            if (!isSame(content.get(key), value)) {
                content.put(key, value);
            }
        });
        StringWriter text = new StringWriter();
        content.save(text);
        PrivateFiles.write(file, text.toString());
    }

    private TypedProperties loadOrNew(Path file) {
        if (Files.isRegularFile(file)) {
            try {
                return load(file);
            } catch (IOException | RuntimeException e) {
                LOG.warn("{} cannot be read and is written anew: {}", file, e.getMessage());
            }
        }
        TypedProperties content = properties();
        content.setHeader(
                List.of(
                        "# A store of Evenkeel. Changes to this file take effect within seconds; those made on the page or in",
                        "# the Web Console are written here. Secrets are kept in the folder \"secrets\" and named by $[secret:...]."));
        return content;
    }

    private TypedProperties load(Path file) throws IOException {
        TypedProperties content = properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            content.load(reader);
        }
        return content;
    }

    private TypedProperties properties() {
        return new TypedProperties((name, key, reference) -> references.apply(reference));
    }

    private static boolean isSame(Object one, Object other) {
        return StoreProperties.texts(one).equals(StoreProperties.texts(other));
    }

    /** Quoted values are typed, bare ones are all text: only a value that is no text makes the file typed. */
    private static void makeTyped(TypedProperties content) {
        content.put("typed", true);
        content.remove("typed");
    }
}
