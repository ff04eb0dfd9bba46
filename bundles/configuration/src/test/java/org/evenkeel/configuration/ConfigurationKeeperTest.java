package org.evenkeel.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.Configuration;

class ConfigurationKeeperTest {
    private static final String CONNECTOR = "org.evenkeel.connector.example";

    @TempDir
    Path temporary;

    private Path home;
    private Path data;
    private ConfiguredFramework framework;

    @BeforeEach
    void start() throws Exception {
        home = temporary.resolve("home");
        data = temporary.resolve("data");
        ConfiguredFramework.layOut(home, data);
        shipDefault("org.example.service.config", "size=I\"1\"\n");
        framework = new ConfiguredFramework(home, data);
        await(() -> "1".equals(value("org.example.service", "size")));
    }

    @AfterEach
    void stop() throws Exception {
        framework.close();
    }

    @Test
    void aStoreMadeByAFormGetsAFileForItsOwnerAlone() throws Exception {
        framework
                .admin()
                .getFactoryConfiguration(CONNECTOR, "main", "?")
                .update(new Hashtable<>(Map.of("domain", "shop.example", "token", "$[secret:shop]")));
        Path file = data.resolve("stores").resolve(CONNECTOR + "-main.config");
        await(() -> Files.exists(file) && Files.readString(file).contains("shop.example"));
        assertThat(file).content().contains("$[secret:shop]").doesNotContain("service.pid", "fileinstall");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        settle();
        assertThat(framework.admin().listConfigurations("(service.factoryPid=" + CONNECTOR + ")"))
                .as("the file does not become a second store")
                .hasSize(1);
    }

    @Test
    void aStoreMadeByTheWebConsoleIsNotDoubledByItsFile() throws Exception {
        Configuration made = framework.admin().createFactoryConfiguration(CONNECTOR, "?");
        made.update(new Hashtable<>(Map.of("domain", "shop.example")));
        await(() -> filesIn("stores") == 1);
        settle();
        assertThat(framework.admin().listConfigurations("(service.factoryPid=" + CONNECTOR + ")"))
                .hasSize(1);
    }

    @Test
    void anEditByAFormThatLosesTheFileIsWrittenToItAllTheSame() throws Exception {
        Path file = data.resolve("stores").resolve(CONNECTOR + "-main.config");
        Files.writeString(file, "# kept by hand\ndomain=\"old.example\"\n");
        await(() -> "old.example".equals(value(CONNECTOR + "~main", "domain")));
        framework
                .admin()
                .getFactoryConfiguration(CONNECTOR, "main", "?")
                .update(new Hashtable<>(Map.of("domain", "new.example")));
        await(() -> Files.readString(file).contains("new.example"));
        assertThat(file).content().contains("# kept by hand");
    }

    @Test
    void anEditInTheFileReachesTheConfiguration() throws Exception {
        framework
                .admin()
                .getFactoryConfiguration(CONNECTOR, "main", "?")
                .update(new Hashtable<>(Map.of("domain", "shop.example")));
        Path file = data.resolve("stores").resolve(CONNECTOR + "-main.config");
        await(() -> Files.exists(file));
        settle();
        Files.writeString(file, "domain=\"edited.example\"\n");
        await(() -> "edited.example".equals(value(CONNECTOR + "~main", "domain")));
    }

    @Test
    void aDeletedStoreLosesItsFileAndADeletedFileItsStore() throws Exception {
        Configuration store = framework.admin().getFactoryConfiguration(CONNECTOR, "main", "?");
        store.update(new Hashtable<>(Map.of("domain", "shop.example")));
        await(() -> filesIn("stores") == 1);
        settle();
        store.delete();
        await(() -> filesIn("stores") == 0);
        Path file = data.resolve("stores").resolve(CONNECTOR + "-other.config");
        Files.writeString(file, "domain=\"other.example\"\n");
        await(() -> value(CONNECTOR + "~other", "domain") != null);
        Files.delete(file);
        await(() -> value(CONNECTOR + "~other", "domain") == null);
    }

    @Test
    void anEditedDefaultIsKeptInTheDataFolderAndTheShippedFileStaysAsItWas() throws Exception {
        assertThat(filesIn("config")).as("loading a default is no edit").isZero();
        framework.admin().getConfiguration("org.example.service", "?").update(new Hashtable<>(Map.of("size", 2)));
        Path override = data.resolve("config").resolve("org.example.service.config");
        await(() -> Files.exists(override) && Files.readString(override).contains("2"));
        assertThat(home.resolve("config").resolve("org.example.service.config")).hasContent("size=I\"1\"");
    }

    @Test
    void withoutItsOverrideTheDefaultIsBackInForce() throws Exception {
        Path override = data.resolve("config").resolve("org.example.service.config");
        Files.writeString(override, "size=I\"3\"\n");
        await(() -> "3".equals(value("org.example.service", "size")));
        settle();
        Files.delete(override);
        await(() -> "1".equals(value("org.example.service", "size")));
    }

    @Test
    void awkwardTextSurvivesFileAndEdits() throws Exception {
        String awkward = "back\\slash \"quoted\" = equals, #hash und Umläute ✓ $[env:HOME] ${user.home} {x} end\\\\";
        Configuration store = framework.admin().getFactoryConfiguration(CONNECTOR, "main", "?");
        store.update(new Hashtable<>(Map.of("text", awkward, "list", new String[] {"a,b", "c"})));
        await(() -> filesIn("stores") == 1);
        settle();
        Hashtable<String, Object> edited =
                new Hashtable<>(Map.of("text", awkward + " again", "list", new String[] {"x"}));
        framework.admin().getFactoryConfiguration(CONNECTOR, "main", "?").update(edited);
        Path file = data.resolve("stores").resolve(CONNECTOR + "-main.config");
        await(() -> Files.readString(file).contains("again"));
        settle();
        framework.close();
        framework = new ConfiguredFramework(home, data);
        await(() -> value(CONNECTOR + "~main", "text") != null);
        assertThat(value(CONNECTOR + "~main", "text")).isEqualTo(awkward + " again");
    }

    private void shipDefault(String name, String text) throws Exception {
        Files.writeString(home.resolve("config").resolve(name), text);
        Files.writeString(data.resolve("cache").resolve("config").resolve(name), text);
    }

    /** Lets FileInstall make several rounds: a probe that is made and removed has gone through it twice. */
    private void settle() throws Exception {
        for (int round = 0; round < 2; round++) {
            Path probe = data.resolve("stores").resolve("org.example.probe-" + round + ".config");
            Files.writeString(probe, "x=\"1\"\n");
            String pid = "org.example.probe~" + round;
            await(() -> value(pid, "x") != null);
            Files.delete(probe);
            await(() -> value(pid, "x") == null);
        }
    }

    private long filesIn(String folder) throws Exception {
        try (var files = Files.list(data.resolve(folder))) {
            return files.filter(f -> f.toString().endsWith(".config")).count();
        }
    }

    private String value(String pid, String key) throws Exception {
        Configuration[] found = framework.admin().listConfigurations("(service.pid=" + pid + ")");
        Dictionary<String, Object> properties = found == null ? null : found[0].getProperties();
        return properties == null || properties.get(key) == null
                ? null
                : properties.get(key).toString();
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(deadline);
            new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
        }
    }
}
