package org.evenkeel.deploy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.evenkeel.deploy.DeployedJar;
import org.evenkeel.deploy.DeployedJar.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;

class DeployFolderTest {
    @TempDir
    Path temporary;

    private final SettableClock clock = new SettableClock();
    private TestFramework framework;
    private DeployFolder folder;

    @BeforeEach
    void start() throws Exception {
        framework = new TestFramework(temporary);
        folder = new DeployFolder(framework.deploy(), new Judge(framework.context()), clock);
    }

    @AfterEach
    void stop() throws Exception {
        framework.close();
    }

    @Test
    void anEmptyFolderHasNoJars() {
        assertThat(folder.look()).isEmpty();
    }

    @Test
    void aRunningBundleIsActiveAndNeedsNoWords() throws Exception {
        Path jar = framework.jar("shop.jar", "shop", Map.of(Constants.BUNDLE_VERSION, "1.2.3"));
        framework.install(jar).start();
        assertThat(only())
                .extracting(DeployedJar::state, DeployedJar::bundle, DeployedJar::words)
                .containsExactly(State.ACTIVE, "shop 1.2.3", "");
    }

    @Test
    void aTruncatedJarWaitsWhileItMayBeCopiedAndIsThenRejectedAsDamaged() throws Exception {
        Path jar = framework.jar("shop.jar", "shop", Map.of());
        truncate(jar);
        assertThat(only().state()).isEqualTo(State.WAITING);
        clock.advance(DeployFolder.SETTLING);
        assertThat(only().state()).isEqualTo(State.REJECTED);
        assertThat(only().words()).contains("damaged or incomplete");
    }

    @Test
    void aJarThatIsStillGrowingIsNotRejected() throws Exception {
        Path jar = framework.jar("shop.jar", "shop", Map.of());
        truncate(jar);
        assertThat(only().state()).isEqualTo(State.WAITING);
        clock.advance(DeployFolder.SETTLING);
        Files.write(jar, new byte[10], StandardOpenOption.APPEND);
        assertThat(only().state()).isEqualTo(State.WAITING);
    }

    @Test
    void aDamagedEntryIsFoundThoughTheManifestIsFine() throws Exception {
        Path jar = framework.jar("shop.jar", "shop", Map.of());
        try (FileChannel channel = FileChannel.open(jar, StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(new byte[64]), Files.size(jar) / 2);
        }
        clock.advance(DeployFolder.SETTLING);
        only();
        clock.advance(DeployFolder.SETTLING);
        assertThat(only().state()).isEqualTo(State.REJECTED);
    }

    @Test
    void aPlainJarIsRejectedBecauseItIsNoBundle() throws Exception {
        framework.jar("library.jar", null, Map.of());
        assertThat(only().state()).isEqualTo(State.REJECTED);
        assertThat(only().words()).contains("no bundle").contains("Bundle-SymbolicName");
    }

    @Test
    void aMissingPackageIsNamedWithItsVersions() throws Exception {
        Path jar =
                framework.jar("shop.jar", "shop", Map.of(Constants.IMPORT_PACKAGE, "org.missing;version=\"[1.2,2)\""));
        framework.install(jar);
        assertThat(only().state()).isEqualTo(State.UNRESOLVED);
        assertThat(only().words())
                .isEqualTo("It needs the package org.missing 1.2.0 or newer, below 2.0.0, and no bundle has it");
    }

    @Test
    void aMissingThingOfANeededBundleIsNamedToo() throws Exception {
        Path library = framework.jar(
                "library.jar",
                "library",
                Map.of(Constants.EXPORT_PACKAGE, "library.api", Constants.IMPORT_PACKAGE, "org.missing"));
        Path jar = framework.jar("shop.jar", "shop", Map.of(Constants.IMPORT_PACKAGE, "library.api"));
        framework.install(library);
        framework.install(jar);
        assertThat(folder.look())
                .filteredOn(j -> j.file().equals("shop.jar"))
                .singleElement()
                .extracting(DeployedJar::words)
                .isEqualTo("library, which it needs, needs the package org.missing, and no bundle has it");
    }

    @Test
    void anOptionalImportIsNotMissed() throws Exception {
        Path jar = framework.jar(
                "shop.jar",
                "shop",
                Map.of(Constants.IMPORT_PACKAGE, "org.nice.to.have;resolution:=optional,org.missing"));
        framework.install(jar);
        assertThat(only().words()).contains("org.missing").doesNotContain("nice");
    }

    @Test
    void aNewerJavaIsNamed() throws Exception {
        Path jar = framework.jar(
                "shop.jar",
                "shop",
                Map.of(Constants.REQUIRE_CAPABILITY, "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version>=99))\""));
        framework.install(jar);
        assertThat(only().words()).contains("another Java (JavaSE 99 or newer)");
    }

    @Test
    void itBecomesActiveWhenWhatWasMissingArrives() throws Exception {
        Path jar = framework.jar("shop.jar", "shop", Map.of(Constants.IMPORT_PACKAGE, "library.api"));
        Bundle shop = framework.install(jar);
        assertThat(only().state()).isEqualTo(State.UNRESOLVED);
        Path library = framework.jar("library.jar", "library", Map.of(Constants.EXPORT_PACKAGE, "library.api"));
        framework.install(library).start();
        shop.start();
        assertThat(folder.look()).extracting(DeployedJar::state).containsOnly(State.ACTIVE);
    }

    @Test
    void aStoppedBundleIsReported() throws Exception {
        Path jar = framework.jar("shop.jar", "shop", Map.of());
        Bundle bundle = framework.install(jar);
        bundle.start();
        bundle.stop();
        assertThat(only().state()).isEqualTo(State.STOPPED);
        assertThat(only().words()).contains("does not run");
    }

    @Test
    void aBundleThatTheFrameworkRefusesIsRejectedOnceTheFileHasSettled() throws Exception {
        framework.jar("shop.jar", "shop", Map.of(Constants.IMPORT_PACKAGE, "twice,twice"));
        assertThat(only().state()).isEqualTo(State.WAITING);
        clock.advance(DeployFolder.SETTLING);
        assertThat(only().state()).isEqualTo(State.REJECTED);
    }

    @Test
    void twoVersionsOfOneBundleAreMentioned() throws Exception {
        framework
                .install(framework.jar("old.jar", "shop", Map.of(Constants.BUNDLE_VERSION, "1.0.0")))
                .start();
        framework
                .install(framework.jar("new.jar", "shop", Map.of(Constants.BUNDLE_VERSION, "1.1.0")))
                .start();
        assertThat(folder.look())
                .filteredOn(j -> j.file().equals("new.jar"))
                .singleElement()
                .satisfies(j -> assertThat(j.state()).isEqualTo(State.ACTIVE))
                .satisfies(j -> assertThat(j.words()).contains("another version of itself (1.0.0)"));
    }

    @Test
    void aJarThatUpdatedABundleOfTheDistributionCountsAsItsInstallation() throws Exception {
        Path elsewhere = framework.jar("shipped.jar", "shop", Map.of(Constants.BUNDLE_VERSION, "1.0.0"));
        framework.install(elsewhere).start();
        Files.move(elsewhere, framework.deploy().resolve("dropped.jar"));
        assertThat(only())
                .extracting(DeployedJar::file, DeployedJar::state)
                .containsExactly("dropped.jar", State.ACTIVE);
    }

    @Test
    void sinceStandsStillWhileTheStateDoes() throws Exception {
        framework.jar("library.jar", null, Map.of());
        Instant first = only().since();
        clock.advance(Duration.ofMinutes(5));
        assertThat(only().since()).isEqualTo(first);
    }

    @Test
    void aJarThatIsTakenOutIsForgotten() throws Exception {
        Path jar = framework.jar("library.jar", null, Map.of());
        only();
        Files.delete(jar);
        assertThat(folder.look()).isEmpty();
    }

    private DeployedJar only() {
        assertThat(folder.look()).hasSize(1);
        return folder.look().get(0);
    }

    private static void truncate(Path jar) throws IOException {
        try (FileChannel channel = FileChannel.open(jar, StandardOpenOption.WRITE)) {
            channel.truncate(Files.size(jar) / 2);
        }
    }

    private static final class SettableClock extends Clock {
        private Instant now = Instant.parse("2026-03-01T10:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
