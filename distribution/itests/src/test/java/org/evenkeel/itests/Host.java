package org.evenkeel.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenkeel.itests.Eventually.eventually;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The distribution under test as a running process with a data folder of its own; one for all tests of a class.
 *
 * <p>At the end it is stopped as a service manager stops it and must leave with 0, and none of the secrets that it was told of
 * may stand in what it printed or logged. When a test fails, the end of its log is printed.
 */
final class Host implements BeforeAllCallback, AfterAllCallback, AfterTestExecutionCallback {
    private static final int STOP_SECONDS = 15;
    private static final int TAIL_LINES = 120;

    private final List<String> secrets = new CopyOnWriteArrayList<>();
    private final List<String> earlierOutputs = new ArrayList<>();
    private Path data;
    private Evenkeel process;
    private Page page;
    private Api api;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        data = Files.createTempDirectory("evenkeel-itest");
        try {
            start();
        } catch (Exception | AssertionError failure) {
            printLogTail(context.getDisplayName());
            throw failure;
        }
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        context.getExecutionException().ifPresent(failure -> printLogTail(context.getDisplayName()));
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        afterTestExecution(context);
        try {
            if (process != null) {
                stop();
                assertThatNoSecretIsLogged();
            }
        } catch (AssertionError failure) {
            printLogTail(context.getDisplayName());
            throw failure;
        } finally {
            delete(data);
        }
    }

    /** Starts the process and waits until it answers. */
    void start() throws Exception {
        process = Evenkeel.run(data);
        if (api == null) {
            page = new Page(address());
            page.logIn("admin", password());
            String token = page.makeToken("tests");
            secrets.add(token);
            api = new Api(address(), token);
        } else {
            page = null;
            api = api.at(address());
        }
        api.awaitReady();
    }

    /** Ends it as a power cut does: nothing is flushed, nothing is said. */
    void crash() throws Exception {
        process.process().destroyForcibly().waitFor();
        keepOutput();
    }

    /** SIGTERM; it must be gone in time with exit code 0. */
    void stop() throws Exception {
        process.terminate();
        int code = process.exitCode(STOP_SECONDS);
        String said = process.output();
        keepOutput();
        assertThat(code).as("exit code after SIGTERM; it said:\n" + said).isZero();
    }

    private void keepOutput() throws Exception {
        earlierOutputs.add(process.output());
        process.close();
    }

    Path data() {
        return data;
    }

    String address() {
        return process.url().orElseThrow();
    }

    Api api() {
        return api;
    }

    /** The pages as a person who is logged in sees them. */
    Page page() throws Exception {
        if (page == null) {
            page = new Page(address());
            page.logIn("admin", password());
        }
        return page;
    }

    /** The password that the first start made up. */
    String password() throws IOException {
        Path file = data.resolve("initial-password");
        // It is written before it is valid, and told of afterwards.
        eventually().untilAsserted(() -> assertThat(log()).contains("The password of admin is in " + file));
        String password = Files.readString(file).strip();
        if (!secrets.contains(password)) {
            secrets.add(password);
        }
        return password;
    }

    /** Something that must never be logged. */
    void keepSecret(String secret) {
        secrets.add(secret);
    }

    /** Everything that it printed and logged since the first start. */
    String log() {
        StringBuilder all = new StringBuilder(String.join("\n", earlierOutputs));
        if (process != null && process.process().isAlive()) {
            all.append(process.output());
        }
        logFiles().forEach(file -> all.append(read(file)));
        return all.toString();
    }

    void assertThatNoSecretIsLogged() {
        String log = log();
        assertThat(log).isNotEmpty();
        for (String secret : secrets) {
            assertThat(log.contains(secret))
                    .as("a secret that begins with %s is in the log", secret.substring(0, 4))
                    .isFalse();
        }
    }

    private void printLogTail(String test) {
        List<String> lines = log().lines().toList();
        System.err.println("The host's last words in " + test + ":");
        lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()).forEach(System.err::println);
    }

    private List<Path> logFiles() {
        Path folder = data.resolve("log");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(entry);
            }
        }
    }
}
