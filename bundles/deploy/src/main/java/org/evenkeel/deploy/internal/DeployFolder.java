package org.evenkeel.deploy.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.evenkeel.deploy.DeployedJar;

/**
 * Looks at the folder again and again and remembers what it saw. Used by one thread at a time.
 *
 * <p>A file is read only when it has changed; the framework is asked at every look.
 */
final class DeployFolder {
    /** Longer than two polls of FileInstall, which takes a file up once it has stopped changing. */
    static final Duration SETTLING = Duration.ofSeconds(3);

    private final Path folder;
    private final Judge judge;
    private final Clock clock;
    private final Map<String, Seen> seen = new HashMap<>();

    DeployFolder(Path folder, Judge judge, Clock clock) {
        this.folder = folder;
        this.judge = judge;
        this.clock = clock;
    }

    private record Stamp(long size, long modifiedMillis) {}

    private record Seen(Stamp stamp, Instant unchangedSince, JarContent content, DeployedJar jar) {}

    /** @return the jars, sorted by name; empty if the folder cannot be read */
    List<DeployedJar> look() {
        List<Path> files = files();
        seen.keySet().retainAll(files.stream().map(DeployFolder::name).toList());
        List<DeployedJar> jars = new ArrayList<>();
        for (Path file : files) {
            stamp(file).map(stamp -> look(file, stamp)).ifPresent(jars::add);
        }
        return List.copyOf(jars);
    }

    private DeployedJar look(Path file, Stamp stamp) {
        String name = name(file);
        Instant now = clock.instant();
        Seen before = seen.get(name);
        boolean unchanged = before != null && before.stamp().equals(stamp);
        JarContent content = unchanged ? before.content() : JarContent.read(file);
        Instant unchangedSince = unchanged ? before.unchangedSince() : now;
        boolean settled = !unchangedSince.plus(SETTLING).isAfter(now);
        Verdict verdict = judge.judge(file, content, settled);
        Instant since = before != null && before.jar().state() == verdict.state()
                ? before.jar().since()
                : now;
        DeployedJar jar = new DeployedJar(name, verdict.state(), verdict.bundle(), verdict.words(), since);
        seen.put(name, new Seen(stamp, unchangedSince, content, jar));
        return jar;
    }

    private List<Path> files() {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(f -> name(f).endsWith(".jar")).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Empty for a file that has just gone. */
    private static Optional<Stamp> stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(
                    new Stamp(attributes.size(), attributes.lastModifiedTime().toMillis()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
