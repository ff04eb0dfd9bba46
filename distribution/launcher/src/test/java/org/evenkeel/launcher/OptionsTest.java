package org.evenkeel.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionsTest {
    @TempDir
    Path user;

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void withoutAnySettingTheDefaultsHold() throws Exception {
        Options options = options("run");
        assertThat(options.address()).isEqualTo("127.0.0.1");
        assertThat(options.port()).isEqualTo(8080);
        assertThat(options.data()).isEqualTo(user.resolve("evenkeel-data"));
        assertThat(options.demo()).isFalse();
        assertThat(options.shell()).isFalse();
        assertThat(options.terminal()).isFalse();
        assertThat(options.startTimeout()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void theDemoHasADataFolderOfItsOwn() throws Exception {
        assertThat(options("run", "--demo").data()).isEqualTo(user.resolve("evenkeel-demo"));
    }

    @Test
    void theCommandLineWinsOverTheEnvironmentOverTheFile() throws Exception {
        Path data = Files.createDirectories(user.resolve("evenkeel-data"));
        Files.writeString(data.resolve("evenkeel.properties"), "port=1\naddress=file\n");
        assertThat(options("run").port()).isEqualTo(1);
        environment.put("EVENKEEL_PORT", "2");
        assertThat(options("run").port()).isEqualTo(2);
        assertThat(options("run", "--port", "3").port()).isEqualTo(3);
        assertThat(options("run").address()).isEqualTo("file");
    }

    @Test
    void optionsAreUnderstoodInEachWayOfWriting() throws Exception {
        assertThat(options("run", "--port=9").port()).isEqualTo(9);
        assertThat(options("run", "--port", "9").port()).isEqualTo(9);
        assertThat(options("run", "-Devenkeel.port=9").port()).isEqualTo(9);
        assertThat(options("run", "--demo=true").demo()).isTrue();
    }

    @Test
    void anEmptyPropertyOrVariableCountsAsNotSet() throws Exception {
        environment.put("EVENKEEL_ADDRESS", "");
        Options options = options("run", "-Devenkeel.port=");
        assertThat(options.port()).isEqualTo(8080);
        assertThat(options.address()).isEqualTo("127.0.0.1");
    }

    @Test
    void aNamedSettingsFileMayChooseTheDataFolderAndReplacesTheOneInIt() throws Exception {
        Path elsewhere = Files.createDirectories(user.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("evenkeel.properties"), "port=1");
        Path file = Files.writeString(user.resolve("site.properties"), "data=" + elsewhere + "\naddress=0.0.0.0\n");
        Options options = options("run", "--settings", file.toString());
        assertThat(options.data()).isEqualTo(elsewhere);
        assertThat(options.address()).isEqualTo("0.0.0.0");
        assertThat(options.port()).isEqualTo(8080);
    }

    @Test
    void theFileInTheDataFolderCannotMoveTheDataFolder() throws Exception {
        Path data = Files.createDirectories(user.resolve("evenkeel-data"));
        Files.writeString(data.resolve("evenkeel.properties"), "data=/elsewhere");
        assertRefused("cannot be set in", "run");
    }

    @Test
    void aKeyThatNobodyKnowsIsRefusedByName() throws Exception {
        Path data = Files.createDirectories(user.resolve("evenkeel-data"));
        Files.writeString(data.resolve("evenkeel.properties"), "prot=80");
        assertRefused("'prot'", "run");
    }

    @Test
    void theFileMayCarryTheJvmOptionsThatTheScriptReads() throws Exception {
        Path data = Files.createDirectories(user.resolve("evenkeel-data"));
        Files.writeString(data.resolve("evenkeel.properties"), "java-opts=-Xmx1g\nport=81");
        assertThat(options("run").port()).isEqualTo(81);
    }

    @Test
    void badValuesNameThePlaceAndWhatIsWanted() {
        assertRefused("--port must be a whole number from 0 to 65535, but is '99999'", "run", "--port", "99999");
        assertRefused("--demo must be true or false, but is 'yes'", "run", "--demo=yes");
        environment.put("EVENKEEL_PORT", "http");
        assertRefused("EVENKEEL_PORT must be", "run");
    }

    @Test
    void wordsThatAreNoOptionsAreRefused() {
        assertRefused("'--prot' is no option", "run", "--prot", "80");
        assertRefused("'--java-opts' is no option", "run", "--java-opts", "-Xmx1g");
        assertRefused("'80' is no option", "run", "80");
        assertRefused("--port needs a value", "run", "--port");
        assertRefused("--data needs a value", "run", "--data", "--demo");
    }

    @Test
    void anUnknownCommandIsAnsweredWithTheCommands() {
        assertRefused("reset-password", "lunch");
    }

    @Test
    void otherPropertiesAreHandedToTheFramework() throws Exception {
        assertThat(options("run", "-Dfelix.log.level=4").properties()).containsEntry("felix.log.level", "4");
    }

    @Test
    void theTerminalIsWhatTheScriptFoundUnlessSaidOtherwise() throws Exception {
        assertThat(options("run", "--terminal").terminal()).isTrue();
        Surroundings atTerminal = new Surroundings(user.resolve("home"), user, environment, true);
        assertThat(Options.resolve(CommandLine.parse(List.of("run")), atTerminal)
                        .terminal())
                .isTrue();
        assertThat(Options.resolve(CommandLine.parse(List.of("run", "--terminal=false")), atTerminal)
                        .terminal())
                .isFalse();
    }

    private Options options(String... words) throws LauncherException {
        return Options.resolve(
                CommandLine.parse(List.of(words)), new Surroundings(user.resolve("home"), user, environment, false));
    }

    private void assertRefused(String part, String... words) {
        assertThatThrownBy(() -> options(words))
                .isInstanceOfSatisfying(
                        LauncherException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining(part)
                .hasMessageNotContaining("\n");
    }
}
