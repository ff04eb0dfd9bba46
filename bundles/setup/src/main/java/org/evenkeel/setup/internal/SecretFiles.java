package org.evenkeel.setup.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.evenkeel.ledger.StoreId;

/**
 * Stores' secrets, one file each, readable by their owner alone. A configuration names them by
 * {@code $[secret:<store>.<attribute>]}; Configuration Admin's interpolation plugin puts them in where the connector gets
 * its configuration, and nowhere else.
 *
 * @param folder {@code <data>/secrets}, where that plugin looks
 */
record SecretFiles(Path folder) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\[(secret|env|prop|conf):[^\\[\\]]+]");
    private static final Pattern SECRET = Pattern.compile("\\$\\[secret:([^\\[\\];]+)[^\\[\\]]*]");

    /** Whether a value is no secret but says where one is. */
    static boolean isPlaceholder(String value) {
        return PLACEHOLDER.matcher(value).matches();
    }

    /** The names of the secrets that a value asks for. */
    static Stream<String> names(String value) {
        return SECRET.matcher(value).results().map(match -> match.group(1));
    }

    static String placeholder(StoreId store, String attribute) {
        return "$[secret:" + name(store, attribute) + "]";
    }

    private static String name(StoreId store, String attribute) {
        // Connectors begin a private property with a dot; the plugin takes two dots in a row for a way out of the
        // folder.
        String safe =
                attribute.replaceAll("^\\.+", "").replaceAll("\\.{2,}", ".").replaceAll("[^A-Za-z0-9._-]", "_");
        return store + "." + safe;
    }

    void write(StoreId store, String attribute, String secret) throws IOException {
        PrivateFiles.makeFolder(folder);
        PrivateFiles.write(folder.resolve(name(store, attribute)), escape(secret.strip()));
    }

    void delete(StoreId store, String attribute) throws IOException {
        Files.deleteIfExists(folder.resolve(name(store, attribute)));
    }

    void deleteAll(StoreId store) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.getFileName().toString().startsWith(store + "."))
                    .toList()) {
                Files.delete(file);
            }
        }
    }

    boolean exists(String name) {
        return Files.isRegularFile(folder.resolve(name));
    }

    /** A secret's content, to keep it out of texts. */
    Optional<String> read(String name) {
        try {
            return Optional.of(Files.readString(folder.resolve(name), StandardCharsets.UTF_8)
                    .strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The plugin looks for placeholders in secrets too; what looks like one is meant as it is. */
    private static String escape(String secret) {
        return secret.replaceAll("(?<!\\\\)" + Pattern.quote("$["), Matcher.quoteReplacement("\\$["));
    }
}
