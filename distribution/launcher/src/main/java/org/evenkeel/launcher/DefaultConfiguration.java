package org.evenkeel.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lays the shipped defaults out for FileInstall at every start, without those that the user has overridden.
 *
 * <p>FileInstall writes edits back to the file that a configuration came from, and of two files for one PID the one
 * read last wins. So it is given copies in the cache, and never both a default and its override.
 */
final class DefaultConfiguration {
    private static final List<String> ENDINGS = List.of(".config", ".cfg");

    private DefaultConfiguration() {}

    /**
     * @param shipped {@code config/} of the distribution
     * @param overrides {@code <data>/config}
     * @param target emptied and filled
     */
    static void layOut(Path shipped, Path overrides, Path target) throws LauncherException {
        try {
            Trees.delete(target);
            Files.createDirectories(target);
            Set<String> overridden = configurations(overrides).stream()
                    .map(DefaultConfiguration::pid)
                    .collect(Collectors.toSet());
            for (Path file : configurations(shipped)) {
                if (!overridden.contains(pid(file))) {
                    Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        } catch (IOException e) {
            throw LauncherException.failure("Cannot lay out the default configuration in " + target, e);
        }
    }

    private static List<Path> configurations(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> ENDINGS.stream().anyMatch(f.getFileName().toString()::endsWith))
                    .toList();
        }
    }

    private static String pid(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }
}
