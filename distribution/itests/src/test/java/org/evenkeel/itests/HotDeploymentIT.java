package org.evenkeel.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real host says of jars that are dropped into its deploy folder. */
class HotDeploymentIT {
    @TempDir
    static Path data;

    private static Evenkeel host;

    @TempDir
    Path temporary;

    @BeforeAll
    static void start() throws Exception {
        host = Evenkeel.run(data);
    }

    @AfterAll
    static void stop() throws Exception {
        host.close();
    }

    @Test
    void aBundleRunsIsUpdatedAndGoes() throws Exception {
        Jars.drop(data, "shop.jar", Jars.bundle("org.example.shop", "1.0.0", Map.of()));
        assertSaid("shop.jar runs as org.example.shop 1.0.0");
        Jars.drop(data, "shop.jar", Jars.bundle("org.example.shop", "1.1.0", Map.of()));
        assertSaid("shop.jar runs as org.example.shop 1.1.0");
        Files.delete(data.resolve("deploy").resolve("shop.jar"));
        assertSaid("shop.jar was taken out");
    }

    @Test
    void aTruncatedJarIsReportedThoughItsInstallerKeepsSilent() throws Exception {
        byte[] whole = Jars.bundle("org.example.damaged", "1.0.0", Map.of());
        Jars.drop(data, "damaged.jar", Arrays.copyOf(whole, whole.length / 2));
        assertSaid("damaged.jar does not run (it was not installed): The file is damaged or incomplete");
    }

    @Test
    void aMissingPackageIsNamedAndTheBundleRunsWhenItArrives() throws Exception {
        Jars.drop(
                data,
                "needy.jar",
                Jars.bundle("org.example.needy", "1.0.0", Map.of("Import-Package", "org.example.needed")));
        assertSaid(
                "needy.jar does not run (something that it needs is missing): It needs the package org.example.needed");
        Jars.drop(
                data,
                "library.jar",
                Jars.bundle("org.example.library", "1.0.0", Map.of("Export-Package", "org.example.needed")));
        assertSaid("needy.jar runs as org.example.needy 1.0.0");
    }

    private void assertSaid(String words) throws Exception {
        assertThat(Conditions.await(30, () -> host.output().contains(words)))
                .as("waiting for '%s' in:%n%s", words, host.output())
                .isTrue();
    }
}
