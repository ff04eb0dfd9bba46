package org.evenkeel.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The distribution as it is shipped, unpacked and running as a process of its own, with a data folder of its own. */
public final class HostProcess implements AutoCloseable {
    /** Names the folder that the distribution was unpacked to. */
    static final String HOME = "distribution.home";

    private static final Pattern UP = Pattern.compile("Evenkeel is up at (\\S+)");
    private static final Pattern CSRF = Pattern.compile("data-csrf=\"([^\"]+)\"");
    private static final Pattern TOKEN = Pattern.compile("<code id=\"secret\">([^<]+)</code>");
    private static final Duration START = Duration.ofMinutes(3);
    private static final int STOP_SECONDS = 30;

    private final Process process;
    private final Path output;
    private final URI address;

    private HostProcess(Process process, Path output, URI address) {
        this.process = process;
        this.output = output;
        this.address = address;
    }

    /**
     * Starts a host and waits until it says that it is up.
     *
     * @param data its data folder, with what it is configured to
     * @param javaOptions all options of its Java; empty for those that it is shipped with
     */
    public static HostProcess start(Path data, String javaOptions) throws IOException, InterruptedException {
        Path output = Files.createTempFile("evenkeel-host", ".out");
        ProcessBuilder builder = new ProcessBuilder(
                        home().resolve("bin/evenkeel").toString(), "run", "--port", "0", "--data", data.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("EVENKEEL_"));
        if (!javaOptions.isEmpty()) {
            builder.environment().put("EVENKEEL_JAVA_OPTS", javaOptions);
        }
        Process process = builder.start();
        try {
            new Signal()
                    .await(
                            "The start of the host",
                            START,
                            () -> UP.matcher(read(output)).find() || !process.isAlive(),
                            () -> read(output));
            Matcher up = UP.matcher(read(output));
            if (!up.find()) {
                throw new IllegalStateException("The host did not come up:\n" + read(output));
            }
            return new HostProcess(process, output, URI.create(up.group(1)));
        } catch (RuntimeException | InterruptedException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static Path home() {
        String home = System.getProperty(HOME);
        if (home == null || !Files.isDirectory(Path.of(home))) {
            throw new IllegalStateException("There is no distribution at " + home + ": the system property " + HOME
                    + " names the folder that it was unpacked to.");
        }
        return Path.of(home);
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI address() {
        return address;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it printed. */
    public String output() {
        return read(output);
    }

    /** Processor time that it took so far. */
    public Duration processor() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Logs in as a person does, makes a token, and hands it to a program. */
    public Rest rest(Path data) throws IOException, InterruptedException {
        Path password = data.resolve("initial-password");
        new Signal()
                .await(
                        "The first password",
                        START,
                        () -> output().contains("The password of admin is in " + password),
                        this::output);
        HttpClient browser = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        new Signal().await("The pages", START, () -> status(browser, "/login") == 200, this::output);
        post(
                browser,
                "/login",
                Map.of("name", "admin", "password", Files.readString(password).strip()));
        String account = get(browser, "/account").body();
        String made = post(
                browser,
                "/account",
                Map.of("do", "create-token", "name", "benchmark", "scope", "admin", "csrf", found(CSRF, account)));
        Rest rest = new Rest(address, found(TOKEN, made));
        for (String path : List.of("products?limit=1", "stores", "runs")) {
            new Signal().await("The API", START, () -> rest.answers(path), this::output);
        }
        return rest;
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("The page does not show " + pattern + ":\n" + text);
        }
        return matcher.group(1);
    }

    private int status(HttpClient browser, String path) {
        try {
            return get(browser, path).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private HttpResponse<String> get(HttpClient browser, String path) throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString());
    }

    private String post(HttpClient browser, String path, Map<String, String> fields)
            throws IOException, InterruptedException {
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        return browser.send(request, BodyHandlers.ofString()).body();
    }

    /** Ends it as a service manager does, and at last by force. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Files.deleteIfExists(output);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
