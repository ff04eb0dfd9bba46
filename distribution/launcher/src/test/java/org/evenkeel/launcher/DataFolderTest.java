package org.evenkeel.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path temporary;

    @Test
    void aNewFolderIsMadeForItsOwnerAlone() throws Exception {
        Path data = temporary.resolve("new").resolve("data");
        DataFolder.open(data, false);
        assertThat(data.resolve("deploy")).isDirectory();
        assertThat(permissions(data)).isEqualTo("rwx------");
        assertThat(permissions(data.resolve("secrets"))).isEqualTo("rwx------");
    }

    @Test
    void aFolderIsUnusedUntilItIsOpened() throws Exception {
        Path data = temporary.resolve("data");
        assertThat(DataFolder.at(data).isUnused()).isTrue();
        assertThat(DataFolder.open(data, false).isUnused()).isFalse();
    }

    @Test
    void secretsThatOthersCouldReadAreTightened() throws Exception {
        DataFolder.open(temporary, false);
        Path secret = Files.writeString(temporary.resolve("secrets").resolve("token"), "x");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
        DataFolder.open(temporary, false);
        assertThat(permissions(secret)).isEqualTo("rw-------");
    }

    @Test
    void aRealInstallationNeverOpensADemoNorTheOtherWayRound() throws Exception {
        Path demo = temporary.resolve("demo");
        Path real = temporary.resolve("real");
        DataFolder.open(demo, true);
        DataFolder.open(real, false);
        assertThatThrownBy(() -> DataFolder.open(demo, false)).hasMessageContaining("holds a demo");
        assertThatThrownBy(() -> DataFolder.open(real, true)).hasMessageContaining("holds a real installation");
        DataFolder.open(demo, true);
        DataFolder.open(real, false);
    }

    @Test
    void aFolderWithOtherThingsInItIsNotTakenOver() throws Exception {
        Files.writeString(temporary.resolve("thesis.tex"), "x");
        assertThatThrownBy(() -> DataFolder.open(temporary, false))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("thesis.tex");
        assertThat(temporary.resolve("config")).doesNotExist();
    }

    @Test
    void aFolderMayBePreparedBeforeTheFirstStart() throws Exception {
        Files.writeString(temporary.resolve("evenkeel.properties"), "port=81");
        Files.createDirectories(temporary.resolve("secrets"));
        DataFolder.open(temporary, false);
        assertThat(temporary.resolve("kind")).hasContent("real");
    }

    @Test
    void aLinkIsFollowedToTheFolderItMeans() throws Exception {
        Path real = Files.createDirectory(temporary.resolve("disk"));
        Path link = Files.createSymbolicLink(temporary.resolve("link"), real);
        assertThat(DataFolder.open(link, false).path()).isEqualTo(real.toRealPath());
    }

    @Test
    void aFileInPlaceOfTheFolderIsAnErrorInWords() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "x");
        assertThatThrownBy(() -> DataFolder.open(file, false))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("Cannot use the data folder");
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
