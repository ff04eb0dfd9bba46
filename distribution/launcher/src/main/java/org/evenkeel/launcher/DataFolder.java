package org.evenkeel.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The data folder: everything that outlives an upgrade, and {@code cache/}, which need not.
 *
 * <p>A file {@code kind} says whether a real installation or a demo lives here, so that neither ever opens the other's.
 */
final class DataFolder {
    private static final Set<PosixFilePermission> PRIVATE_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> PRIVATE_FILE = PosixFilePermissions.fromString("rw-------");
    private static final List<String> FOLDERS = List.of("config", "stores", "deploy", "secrets", "log", "cache");

    /** What a person or an installer may lay out before the first start. */
    private static final Set<String> PREPARED =
            Set.of(SettingsFile.NAME, "config", "stores", "deploy", "secrets", "log", "cache", "lock", "lost+found");

    private final Path path;

    private DataFolder(Path path) {
        this.path = path;
    }

    /**
     * Opens the folder, making it if need be. Links are followed: FileInstall knows files by their real names.
     *
     * @throws LauncherException if it belongs to the other kind of installation or to something else, or cannot be made
     */
    static DataFolder open(Path path, boolean demo) throws LauncherException {
        try {
            if (Files.notExists(path)) {
                Files.createDirectories(path);
                restrict(path, PRIVATE_FOLDER);
            }
            DataFolder folder = new DataFolder(path.toRealPath());
            folder.claim(demo ? "demo" : "real");
            folder.layOut();
            return folder;
        } catch (IOException e) {
            throw LauncherException.failure("Cannot use the data folder " + path, e);
        }
    }

    /** The folder as it is, for commands that only look. */
    static DataFolder at(Path path) {
        return new DataFolder(path);
    }

    boolean exists() {
        return Files.isDirectory(path);
    }

    Path path() {
        return path;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    Path consoleLog() {
        return path.resolve("log").resolve("console.log");
    }

    /** Whether nothing has ever run on it: a password is still to be made. */
    boolean isUnused() {
        return Files.notExists(path.resolve("kind"));
    }

    Path initialPassword() {
        return path.resolve("initial-password");
    }

    Path passwordRequest() {
        return path.resolve("reset-password");
    }

    /** Makes an empty file that only its owner may read; an existing one is left as it is. */
    static void createPrivateFile(Path file) throws IOException {
        if (Files.notExists(file)) {
            Files.createFile(file);
        }
        restrict(file, PRIVATE_FILE);
    }

    private void claim(String kind) throws IOException, LauncherException {
        Path marker = path.resolve("kind");
        if (Files.isRegularFile(marker)) {
            String found = Files.readString(marker).strip();
            if (!found.equals(kind)) {
                throw LauncherException.failure(otherKind(found, kind));
            }
            return;
        }
        Optional<String> stranger = stranger();
        if (stranger.isPresent()) {
            throw LauncherException.failure(
                    "The folder " + path + " is not empty and no data folder of Evenkeel (it has '" + stranger.get()
                            + "'); choose another one with --data");
        }
        Files.writeString(marker, kind + System.lineSeparator());
    }

    private String otherKind(String found, String wanted) {
        return wanted.equals("demo")
                ? "The folder " + path + " holds a " + found + " installation; the demo never opens it"
                        + " (leave --data and EVENKEEL_DATA unset, or choose another folder)"
                : "The folder " + path + " holds a " + found + "; a real installation never opens it"
                        + " (choose another one with --data, or add --demo)";
    }

    private Optional<String> stranger() throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.map(p -> p.getFileName().toString())
                    .filter(name -> !PREPARED.contains(name))
                    .sorted()
                    .findFirst();
        }
    }

    private void layOut() throws IOException {
        for (String name : FOLDERS) {
            Files.createDirectories(path.resolve(name));
        }
        Path secrets = path.resolve("secrets");
        restrict(secrets, PRIVATE_FOLDER);
        restrict(path.resolve("stores"), PRIVATE_FOLDER);
        try (Stream<Path> files = Files.list(secrets)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                restrict(file, PRIVATE_FILE);
            }
        }
    }

    private static void restrict(Path path, Set<PosixFilePermission> permissions) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, permissions);
        }
    }
}
