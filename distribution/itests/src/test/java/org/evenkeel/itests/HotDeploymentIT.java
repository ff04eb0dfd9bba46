package org.evenkeel.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
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
        drop("shop.jar", jar("org.example.shop", "1.0.0", Map.of()));
        assertSaid("shop.jar runs as org.example.shop 1.0.0");
        drop("shop.jar", jar("org.example.shop", "1.1.0", Map.of()));
        assertSaid("shop.jar runs as org.example.shop 1.1.0");
        Files.delete(data.resolve("deploy").resolve("shop.jar"));
        assertSaid("shop.jar was taken out");
    }

    @Test
    void aTruncatedJarIsReportedThoughItsInstallerKeepsSilent() throws Exception {
        byte[] whole = jar("org.example.damaged", "1.0.0", Map.of());
        drop("damaged.jar", Arrays.copyOf(whole, whole.length / 2));
        assertSaid("damaged.jar does not run (it was not installed): The file is damaged or incomplete");
    }

    @Test
    void aMissingPackageIsNamedAndTheBundleRunsWhenItArrives() throws Exception {
        drop("needy.jar", jar("org.example.needy", "1.0.0", Map.of("Import-Package", "org.example.needed")));
        assertSaid(
                "needy.jar does not run (something that it needs is missing): It needs the package org.example.needed");
        drop("library.jar", jar("org.example.library", "1.0.0", Map.of("Export-Package", "org.example.needed")));
        assertSaid("needy.jar runs as org.example.needy 1.0.0");
    }

    private void assertSaid(String words) throws Exception {
        assertThat(Conditions.await(30, () -> host.output().contains(words)))
                .as("waiting for '%s' in:%n%s", words, host.output())
                .isTrue();
    }

    /** As the guide says: written beside it and renamed. */
    private void drop(String name, byte[] content) throws IOException {
        Path unfinished = Files.write(temporary.resolve(name + ".part"), content);
        Files.move(unfinished, data.resolve("deploy").resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private byte[] jar(String symbolicName, String version, Map<String, String> headers) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", symbolicName);
        main.putValue("Bundle-Version", version);
        headers.forEach(main::putValue);
        Path file = temporary.resolve(symbolicName + ".tmp");
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.putNextEntry(new ZipEntry("org/example/content.txt"));
            jar.write("content of some length, so that half of it is a truncated jar".getBytes());
            jar.closeEntry();
        }
        return Files.readAllBytes(file);
    }
}
