package org.evenkeel.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process of the unpacked distribution.
 *
 * <p>Everything it prints goes to a file, which is what the tests wait on. Closing it kills a process that still runs.
 */
final class Evenkeel implements AutoCloseable {
    private static final Pattern UP = Pattern.compile("Evenkeel is up at (\\S+)");
    private static final int START_SECONDS = 120;

    private final Process process;
    private final Path output;

    private Evenkeel(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static Path home() {
        return Path.of(System.getProperty("distribution.home"));
    }

    /** Runs {@code bin/evenkeel} of the distribution under test. */
    static Evenkeel execute(String... words) throws IOException {
        return execute(home(), words);
    }

    static Evenkeel execute(Path home, String... words) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin").resolve("evenkeel").toString()));
        command.addAll(List.of(words));
        Path output = Files.createTempFile("evenkeel", ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
        builder.environment().keySet().removeIf(name -> name.startsWith("EVENKEEL_"));
        return new Evenkeel(builder.start(), output);
    }

    /** Runs the host on a free port and waits until it says that it is up. */
    static Evenkeel run(Path data, String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of("run", "--port", "0", "--data", data.toString()));
        all.addAll(List.of(words));
        Evenkeel evenkeel = execute(all.toArray(String[]::new));
        boolean settled =
                Conditions.await(START_SECONDS, () -> evenkeel.url().isPresent() || !evenkeel.process.isAlive());
        if (!settled || evenkeel.url().isEmpty()) {
            String said = evenkeel.output();
            evenkeel.close();
            throw new AssertionError("The host did not come up; it said:\n" + said);
        }
        return evenkeel;
    }

    Optional<String> url() {
        Matcher matcher = UP.matcher(output());
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Process process() {
        return process;
    }

    /** @return the exit code; fails if the process is still there after the time */
    int exitCode(int seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new AssertionError("Still running after " + seconds + " s; it said:\n" + output());
        }
        return process.exitValue();
    }

    /** SIGTERM, as a service manager sends it. */
    void terminate() {
        process.destroy();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(15, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        Files.deleteIfExists(output);
    }
}
