package org.evenkeel.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The unpacked distribution: {@code bundles/<start level>/*.jar}, {@code bundles/shell/*.jar}, {@code config/}.
 */
final class Distribution {
    private static final String SHELL = "shell";

    private final Path home;

    Distribution(Path home) {
        this.home = home;
    }

    /** A bundle and the level that it starts at. */
    record Member(Path jar, int startLevel) {}

    /**
     * @param shell whether the shell that reads the terminal is among them
     * @return in order of start level and name
     * @throws LauncherException if the folder is not laid out as it should be
     */
    List<Member> bundles(boolean shell) throws LauncherException {
        Path folder = home.resolve("bundles");
        TreeMap<Integer, Path> levels = new TreeMap<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.filter(Files::isDirectory).toList()) {
                level(entry, shell).ifPresent(level -> levels.put(level, entry));
            }
            List<Member> members = new java.util.ArrayList<>();
            for (var level : levels.entrySet()) {
                jars(level.getValue()).forEach(jar -> members.add(new Member(jar, level.getKey())));
            }
            return List.copyOf(members);
        } catch (IOException | NumberFormatException e) {
            throw LauncherException.failure("The distribution in " + home + " is damaged; unpack it again", e);
        }
    }

    Path config() {
        return home.resolve("config");
    }

    static String version() {
        String version = Distribution.class.getPackage().getImplementationVersion();
        return version == null ? "(unpackaged)" : version;
    }

    private static Optional<Integer> level(Path folder, boolean shell) {
        String name = folder.getFileName().toString();
        if (name.equals(SHELL)) {
            return shell ? Optional.of(StartLevels.SHELL) : Optional.empty();
        }
        return Optional.of(Integer.valueOf(name));
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(p -> p.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
