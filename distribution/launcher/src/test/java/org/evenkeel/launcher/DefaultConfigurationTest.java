package org.evenkeel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultConfigurationTest {
    @TempDir
    Path temporary;

    private Path shipped;
    private Path overrides;
    private Path target;

    @BeforeEach
    void folders() throws Exception {
        shipped = Files.createDirectory(temporary.resolve("shipped"));
        overrides = Files.createDirectory(temporary.resolve("overrides"));
        target = temporary.resolve("cache").resolve("config");
        Files.writeString(shipped.resolve("org.a.config"), "x=\"1\"");
        Files.writeString(shipped.resolve("org.b-one.config"), "x=\"1\"");
        Files.writeString(shipped.resolve("README.md"), "words");
    }

    @Test
    void onlyConfigurationsAreLaidOut() throws Exception {
        layOut();
        assertThat(target.toFile().list()).containsExactlyInAnyOrder("org.a.config", "org.b-one.config");
    }

    @Test
    void anOverrideTakesThePlaceOfItsDefaultWhateverItsEnding() throws Exception {
        Files.writeString(overrides.resolve("org.a.cfg"), "x=2");
        layOut();
        assertThat(target.toFile().list()).containsExactly("org.b-one.config");
    }

    @Test
    void whatAnEarlierVersionLaidOutIsGone() throws Exception {
        Files.createDirectories(target);
        Files.writeString(target.resolve("org.old.config"), "x=\"1\"");
        layOut();
        assertThat(target.resolve("org.old.config")).doesNotExist();
    }

    private void layOut() throws LauncherException {
        DefaultConfiguration.layOut(shipped, overrides, target);
    }
}
