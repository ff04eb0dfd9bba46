package org.evenkeel.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The simulator as a program of its own. */
class MainTest {
    private static Process run(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .directory(new File("."))
                .start();
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    @Test
    void itPrintsItsAddressesAndEndsWhenItIsTold() throws Exception {
        Process process = run("--shops", "one,two", "--token", "tok", "--control-token", "ctl", "--seed", "5");
        try (BufferedReader out = output(process)) {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                lines.add(out.readLine());
            }
            assertThat(lines.get(0)).matches("Simulator: http://127\\.0\\.0\\.1:\\d+");
            assertThat(lines.get(1)).endsWith("/control   token ctl");
            assertThat(lines.get(2)).matches("Shopify: .*/one   token tok   client secret .+");
            assertThat(lines.get(3)).matches("Shopify: .*/two   token tok   client secret .+");
            process.destroy();
            assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aTakenPortIsSaidInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Process process = run("--port", Integer.toString(taken.getLocalPort()));
            try (BufferedReader out = output(process)) {
                assertThat(out.readLine())
                        .isEqualTo("Port " + taken.getLocalPort() + " is taken. Choose another with --port.");
                assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isEqualTo(1);
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void wrongOptionsAreNamed() {
        assertThat(Main.options("--port", "80", "--empty"))
                .containsEntry("port", "80")
                .containsKey("empty");
        assertThatThrownBy(() -> Main.options("--colour", "blue")).hasMessageContaining("--colour");
        assertThatThrownBy(() -> Main.options("--port")).hasMessageContaining("--port needs a value");
        assertThatThrownBy(() -> Main.options("--port", "x")).hasMessageContaining("not x");
        assertThatThrownBy(() -> Main.options("--customers", "often")).hasMessageContaining("not often");
    }
}
