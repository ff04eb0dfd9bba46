package org.evenkeel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @TempDir
    Path temporary;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void home() {
        System.setProperty("evenkeel.home", temporary.resolve("home").toString());
    }

    @AfterEach
    void forget() {
        System.clearProperty("evenkeel.home");
    }

    @Test
    void withoutACommandTheHelpIsPrinted() {
        assertThat(execute()).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("run", "start", "stop", "status", "reset-password", "--port", "--demo");
    }

    @Test
    void mistakesEndInOneLineAndCodeTwo() {
        assertThat(execute("run", "--port", "x")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().lines()).hasSize(1);
    }

    @Test
    void statusOfAFolderWithoutAHostIsThree() {
        assertThat(execute("status", "--data", data())).isEqualTo(ExitCode.NOT_RUNNING);
        assertThat(temporary.resolve("data")).doesNotExist();
    }

    @Test
    void stoppingWhatDoesNotRunIsNoMistake() {
        assertThat(execute("stop", "--data", data())).isEqualTo(ExitCode.OK);
    }

    @Test
    void aPasswordIsOrderedForTheNextStartWhenNothingRuns() throws Exception {
        Files.createDirectory(temporary.resolve("data"));
        assertThat(execute("reset-password", "--data", data())).isEqualTo(ExitCode.OK);
        assertThat(temporary.resolve("data").resolve("reset-password")).isEmptyFile();
        assertThat(out.toString()).contains("next start");
    }

    @Test
    void aPasswordForNoFolderIsAMistake() {
        assertThat(execute("reset-password", "--data", data())).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).contains("no data folder");
    }

    private String data() {
        return temporary.resolve("data").toString();
    }

    private int execute(String... words) {
        return Main.execute(List.of(words), new PrintStream(out, true), new PrintStream(err, true));
    }
}
