package org.evenkeel.deploy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.evenkeel.accounts.AuditLog;
import org.evenkeel.deploy.DeployedJar;
import org.evenkeel.deploy.DeployedJar.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployAuditTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private final Memory audit = new Memory();
    private final Watch clock = new Watch();
    private DeployAudit deploys;

    @BeforeEach
    void starts() throws IOException {
        Files.writeString(folder.resolve("shop.jar"), "first");
        deploys = new DeployAudit(folder, clock);
    }

    @Test
    void aDeployedJarIsRecordedOnceItHasSettled() {
        see(State.WAITING, "");
        see(State.ACTIVE, "");
        assertThat(audit.lines()).isEmpty();
        settle(State.ACTIVE, "");
        settle(State.ACTIVE, "");
        assertThat(audit.lines()).hasSize(1);
        assertThat(audit.lines().get(0)).startsWith("deploy deploy.running shop.jar shop 1.0.0, SHA-256 ");
    }

    @Test
    void anotherContentIsAnotherDeploy() throws IOException {
        settle(State.ACTIVE, "");
        Files.writeString(folder.resolve("shop.jar"), "second and longer");
        settle(State.ACTIVE, "");
        assertThat(audit.lines()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void whatDoesNotRunIsRecordedWithItsReason() {
        settle(State.UNRESOLVED, "the package org.missing is missing");
        settle(State.ACTIVE, "");
        assertThat(audit.lines().get(0))
                .startsWith("deploy deploy.failed shop.jar")
                .endsWith("the package org.missing is missing");
        assertThat(audit.lines().get(1)).startsWith("deploy deploy.running shop.jar");
    }

    @Test
    void aStateThatPassesIsNot() {
        see(State.STOPPED, "");
        see(State.ACTIVE, "");
        settle(State.ACTIVE, "");
        assertThat(audit.lines()).hasSize(1);
    }

    @Test
    void theNextStartSaysNothingAgainAndFindsWhatChangedMeanwhile() throws IOException {
        settle(State.ACTIVE, "");
        deploys = new DeployAudit(folder, clock);
        settle(State.ACTIVE, "");
        assertThat(audit.lines()).hasSize(1);
        Files.writeString(folder.resolve("shop.jar"), "put in while it was down");
        deploys = new DeployAudit(folder, clock);
        settle(State.ACTIVE, "");
        assertThat(audit.lines()).hasSize(2);
    }

    @Test
    void takingOutIsRecorded() throws IOException {
        settle(State.ACTIVE, "");
        Files.delete(folder.resolve("shop.jar"));
        deploys.look(List.of(), audit);
        deploys.look(List.of(), audit);
        assertThat(audit.lines()).hasSize(2);
        assertThat(audit.lines().get(1)).isEqualTo("deploy deploy.removed shop.jar");
    }

    private void see(State state, String words) {
        deploys.look(List.of(new DeployedJar("shop.jar", state, "shop 1.0.0", words, START)), audit);
    }

    private void settle(State state, String words) {
        see(state, words);
        clock.now = clock.now.plus(DeployFolder.SETTLING).plus(Duration.ofMillis(1));
        see(state, words);
    }

    private static final class Watch extends Clock {
        private Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static final class Memory implements AuditLog {
        private final List<Entry> entries = new ArrayList<>();

        List<String> lines() {
            return entries.stream()
                    .map(entry -> String.join(" ", entry.actor(), entry.action(), entry.subject(), entry.detail())
                            .strip())
                    .toList();
        }

        @Override
        public void record(String actor, String action, String subject, String detail) {
            entries.add(new Entry(entries.size(), START, actor, action, subject, detail));
        }

        @Override
        public List<Entry> entries(String text, int offset, int limit) {
            List<Entry> newestFirst = new ArrayList<>(entries);
            java.util.Collections.reverse(newestFirst);
            return newestFirst.stream()
                    .filter(entry -> entry.subject().contains(text))
                    .skip(offset)
                    .limit(limit)
                    .toList();
        }

        @Override
        public long count(String text) {
            return entries(text, 0, Integer.MAX_VALUE).size();
        }
    }
}
