package org.evenkeel.database.testing;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * Runs the same PostgreSQL as the user {@code nobody}, for root on a machine without user namespaces; another user runs it
 * as itself. Stopped, and its files removed, when it is closed or the Java process ends.
 */
final class UnprivilegedPostgres implements AutoCloseable {

    private static final String USER = "nobody";
    private static final int START_SECONDS = 60;

    /** Ways to become another user, of which a machine has at least one; each is followed by the command. */
    private static final List<List<String>> WAYS = List.of(
            List.of("setpriv", "--reuid=" + USER, "--regid=65534", "--clear-groups", "--"),
            List.of("runuser", "-u", USER, "--"));

    private final Path home;
    private final List<String> asUser;
    private final int port;

    private UnprivilegedPostgres(Path home, List<String> asUser, int port) {
        this.home = home;
        this.asUser = asUser;
        this.port = port;
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    static UnprivilegedPostgres start() throws IOException {
        Path home = Files.createTempDirectory("evenkeel-postgres-");
        UnprivilegedPostgres server = new UnprivilegedPostgres(home, wayToBeUser(), freePort());
        try {
            server.prepare();
            server.boot();
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "evenkeel-postgres-stop"));
        return server;
    }

    int port() {
        return port;
    }

    private static List<String> wayToBeUser() throws IOException {
        if (!isRoot()) {
            return List.of();
        }
        for (List<String> way : WAYS) {
            if (works(way)) {
                return way;
            }
        }
        throw new IOException("root cannot become " + USER + " here: neither setpriv nor runuser works");
    }

    private static boolean works(List<String> way) {
        try {
            run(plus(way, "true"));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void prepare() throws IOException {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        extract(home);
        Path data = Files.createDirectory(
                data(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (isRoot()) {
            Files.setOwner(
                    data, home.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
        }
        run(plus(
                asUser,
                binary("initdb"),
                "-A",
                "trust",
                "-U",
                PostgresServer.SUPERUSER,
                "-D",
                data.toString(),
                "-E",
                "UTF-8",
                "--locale=C",
                "--no-sync"));
    }

    private static void extract(Path target) throws IOException {
        try (InputStream packed =
                        DefaultPostgresBinaryResolver.INSTANCE.getPgBinary("Linux", System.getProperty("os.arch"));
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                extract(entry, tar, target.resolve(entry.getName()).normalize());
            }
        }
    }

    private static void extract(TarArchiveEntry entry, InputStream content, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, file);
            Files.setPosixFilePermissions(
                    file, PosixFilePermissions.fromString((entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private void boot() throws IOException {
        List<String> command = plus(
                asUser,
                binary("postgres"),
                "-D",
                data().toString(),
                "-p",
                String.valueOf(port),
                "-h",
                "127.0.0.1",
                "-k",
                "");
        PostgresServer.CONFIG.forEach((key, value) -> command.addAll(List.of("-c", key + "=" + value)));
        Process process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .start();
        awaitReady(process);
    }

    /** Reads what the server says, for as long as it lives, so that it never blocks on its output. */
    private static void awaitReady(Process process) throws IOException {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(process, ready), "evenkeel-postgres-output");
        reader.setDaemon(true);
        reader.start();
        try {
            ready.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new IOException("The server did not start within " + START_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the server started", e);
        }
    }

    private static void read(Process process, CompletableFuture<Void> ready) {
        StringBuilder said = new StringBuilder();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.contains("ready to accept connections")) {
                    ready.complete(null);
                } else if (!ready.isDone()) {
                    said.append(line).append("; ");
                }
            }
            ready.completeExceptionally(new IOException("The server ended at once: " + said));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        try {
            if (Files.exists(data().resolve("postmaster.pid"))) {
                run(plus(asUser, binary("pg_ctl"), "-D", data().toString(), "-m", "immediate", "-w", "stop"));
            }
            delete(home);
        } catch (IOException e) {
            System.err.println(
                    "The test server of PostgreSQL left something behind in " + home + ": " + e.getMessage());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private Path data() {
        return home.resolve("data");
    }

    private String binary(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    private static List<String> plus(List<String> prefix, String... command) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(List.of(command));
        return all;
    }

    /** Runs a command to its end in a folder that everybody may enter. */
    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command.get(0) + " … failed: " + said.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while running " + command.get(0), e);
        }
    }
}
