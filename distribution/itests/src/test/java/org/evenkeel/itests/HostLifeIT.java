package org.evenkeel.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The host as a process: it comes up, refuses what it must, stops in time, and comes up again. */
class HostLifeIT {
    private static final int STOP_SECONDS = 10;

    @TempDir
    Path temporary;

    @Test
    void itAnswersOverHttpIsHealthyAndStopsWithinTenSecondsOfSigterm() throws Exception {
        Path data = temporary.resolve("data");
        try (Evenkeel host = Evenkeel.run(data)) {
            Http http = new Http(host);
            assertHealthy(http);
            assertThat(Conditions.await(120, () -> http.status("/api/v1/products") == 401))
                    .as("the ledger is there, and the REST API asks who calls:%n%s", host.output())
                    .isTrue();
            host.terminate();
            assertThat(host.exitCode(STOP_SECONDS)).as(host.output()).isZero();
            assertThat(host.output()).contains("Evenkeel has stopped").doesNotContain("does not run");
        }
        try (Evenkeel again = Evenkeel.run(data)) {
            assertThat(again.url()).as("the lock was free").isPresent();
        }
    }

    @Test
    void aLockedDataFolderEndsASecondStartWithOneLine() throws Exception {
        Path data = temporary.resolve("data");
        try (Evenkeel first = Evenkeel.run(data);
                Evenkeel second = Evenkeel.execute("run", "--port", "0", "--data", data.toString())) {
            assertThat(second.exitCode(30)).isNotZero();
            assertThat(second.output().lines())
                    .singleElement()
                    .asString()
                    .contains("in use by another Evenkeel (process "
                            + first.process().pid() + ")");
            assertThat(first.process().isAlive()).isTrue();
        }
    }

    @Test
    void aTakenPortEndsTheStartWithOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                Evenkeel host = Evenkeel.execute(
                        "run",
                        "--port",
                        Integer.toString(taken.getLocalPort()),
                        "--data",
                        temporary.resolve("data").toString())) {
            assertThat(host.exitCode(30)).isNotZero();
            assertThat(host.output().lines())
                    .singleElement()
                    .asString()
                    .contains("Cannot listen on port " + taken.getLocalPort());
        }
    }

    @Test
    void aRealInstallationAndADemoNeverOpenEachOthersFolder() throws Exception {
        Path data = temporary.resolve("data");
        try (Evenkeel host = Evenkeel.run(data)) {
            host.terminate();
            host.exitCode(STOP_SECONDS);
        }
        try (Evenkeel demo = Evenkeel.execute("run", "--demo", "--port", "0", "--data", data.toString())) {
            assertThat(demo.exitCode(30)).isNotZero();
            assertThat(demo.output().lines()).singleElement().asString().contains("the demo never opens it");
        }
    }

    @Test
    void itRunsInTheBackgroundUntilItIsStopped() throws Exception {
        String data = temporary.resolve("data").toString();
        try {
            try (Evenkeel start = Evenkeel.execute("start", "--port", "0", "--data", data)) {
                assertThat(start.exitCode(120)).as(start.output()).isZero();
                assertThat(new Http(start).status("/system/health")).isEqualTo(200);
            }
            try (Evenkeel status = Evenkeel.execute("status", "--data", data)) {
                assertThat(status.exitCode(30)).isZero();
                assertThat(status.output()).contains("Evenkeel is up at");
            }
            try (Evenkeel twice = Evenkeel.execute("start", "--port", "0", "--data", data)) {
                assertThat(twice.exitCode(30)).isNotZero();
                assertThat(twice.output()).contains("already runs");
            }
        } finally {
            try (Evenkeel stop = Evenkeel.execute("stop", "--data", data)) {
                assertThat(stop.exitCode(30)).as(stop.output()).isZero();
            }
        }
        try (Evenkeel status = Evenkeel.execute("status", "--data", data)) {
            assertThat(status.exitCode(30)).isEqualTo(3);
        }
    }

    @Test
    void aStartInTheBackgroundThatFailsSaysWhy() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                Evenkeel start = Evenkeel.execute(
                        "start",
                        "--port",
                        Integer.toString(taken.getLocalPort()),
                        "--data",
                        temporary.resolve("data").toString())) {
            assertThat(start.exitCode(60)).isNotZero();
            assertThat(start.output()).contains("Cannot listen on port " + taken.getLocalPort());
        }
    }

    @Test
    void theWebConsoleKnowsNoDefaultPassword() throws Exception {
        try (Evenkeel host = Evenkeel.run(temporary.resolve("data"))) {
            assertThat(new Http(host).statusAs("admin", "admin", "/system/console/bundles"))
                    .isIn(401, 403, 404);
        }
    }

    @Test
    void itNeverWritesToTheUnpackedFolder() throws Exception {
        Path home = Evenkeel.home();
        String before = Trees.fingerprint(home);
        try (Evenkeel host = Evenkeel.run(temporary.resolve("data"))) {
            assertHealthy(new Http(host));
            host.terminate();
            host.exitCode(STOP_SECONDS);
        }
        assertThat(Trees.fingerprint(home)).isEqualTo(before);
    }

    @Test
    void whatTheUserMadeSurvivesANewVersionInAnotherFolder() throws Exception {
        Path data = temporary.resolve("data");
        Path next = Trees.copy(Evenkeel.home(), temporary.resolve("evenkeel-next"));
        String token;
        try (Evenkeel old = Evenkeel.run(data)) {
            Files.writeString(data.resolve("stores").resolve("org.example.shop-main.config"), "name=\"Main\"\n");
            Files.writeString(data.resolve("secrets").resolve("token"), "s3cret");
            Jars.drop(data, "own.jar", Jars.bundle("org.example.own", "1.0.0", Map.of()));
            token = tokenOf(old, data);
            Api api = new Api(old.url().orElseThrow(), token);
            api.awaitReady();
            api.post("products", Map.of("sku", "KEPT-1", "name", "Kept"));
            api.set("KEPT-1", 7);
            old.terminate();
            assertThat(old.exitCode(STOP_SECONDS)).as(old.output()).isZero();
        }
        try (Evenkeel host = Evenkeel.execute(next, "run", "--port", "0", "--data", data.toString())) {
            assertThat(Conditions.await(120, () -> host.url().isPresent()))
                    .as(host.output())
                    .isTrue();
            assertThat(data.resolve("stores").resolve("org.example.shop-main.config"))
                    .content()
                    .contains("Main");
            assertThat(data.resolve("secrets").resolve("token")).hasContent("s3cret");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(
                            data.resolve("secrets").resolve("token"))))
                    .isEqualTo("rw-------");
            Api api = new Api(host.url().orElseThrow(), token);
            api.awaitReady();
            api.awaitFigures("KEPT-1", "7/0/7");
            assertThat(Conditions.await(30, () -> host.output().contains("own.jar runs as org.example.own 1.0.0")))
                    .as(host.output())
                    .isTrue();
        }
    }

    private static String tokenOf(Evenkeel host, Path data) throws Exception {
        String told = "The password of admin is in ";
        assertThat(Conditions.await(60, () -> host.output().contains(told)))
                .as(host.output())
                .isTrue();
        Page page = new Page(host.url().orElseThrow());
        page.logIn("admin", Files.readString(data.resolve("initial-password")).strip());
        return page.makeToken("upgrade");
    }

    private static void assertHealthy(Http http) throws Exception {
        JsonNode health = http.json("/system/health.json");
        assertThat(health.path("results")).isNotEmpty();
        for (JsonNode result : health.path("results")) {
            if (result.path("tags").toString().contains("\"host\"")
                    && !result.path("name").asText().equals("Threads")) {
                assertThat(result.path("status").asText()).as(result.toString()).isIn("OK", "WARN");
            }
        }
    }
}
