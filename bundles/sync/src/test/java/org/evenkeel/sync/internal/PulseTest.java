package org.evenkeel.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.database.testing.TestVendor;
import org.evenkeel.sync.internal.kept.SecretBox;
import org.evenkeel.sync.internal.kept.SyncRecords;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database that was restored is told from one that was only started again. */
class PulseTest {
    @TempDir
    Path first;

    @TempDir
    Path second;

    /** Whether other nodes are there. */
    private boolean joins = true;

    private final List<String> holds = new ArrayList<>();

    private void start(SyncRecords records, String node, Path data) {
        pulse(records, node, data).begin();
    }

    private Pulse pulse(SyncRecords records, String node, Path data) {
        return new Pulse(records.pulses(), node, data, () -> joins, holds::add);
    }

    private long seen(Path data) throws Exception {
        return Long.parseLong(Files.readString(data.resolve(Pulse.FILE)).strip());
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void aDatabaseBehindTheDataFolderWasRestored(TestVendor vendor) throws Exception {
        try (TestDatabase database = vendor.open();
                SyncRecords records = open(database)) {
            start(records, "one", first);
            start(records, "two", second);
            start(records, "one", first);
            pulse(records, "two", second).quietly();
            assertThat(holds).as("started again").isEmpty();

            // As if the database had been set back by some counts.
            Files.writeString(first.resolve(Pulse.FILE), String.valueOf(seen(first) + 5));
            Files.writeString(second.resolve(Pulse.FILE), String.valueOf(seen(second) + 9));
            start(records, "one", first);
            assertThat(holds).singleElement().asString().contains("restored from a back-up");

            start(records, "two", second);
            start(records, "one", first);
            assertThat(holds).as("one restore is found once").hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void aDatabaseThatKnowsANodeWithoutItsFileWasRestoredWithItsFolder(TestVendor vendor) throws Exception {
        try (TestDatabase database = vendor.open();
                SyncRecords records = open(database)) {
            start(records, "one", first);
            start(records, "new", second);
            assertThat(holds).as("a new node").isEmpty();

            Files.delete(first.resolve(Pulse.FILE));
            start(records, "one", first);
            assertThat(holds).singleElement().asString().contains("both were restored");
            start(records, "one", first);
            assertThat(holds).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void aNewFolderOnADatabaseInUseIsARestoreUnlessItJoinsOthers(TestVendor vendor) {
        try (TestDatabase database = vendor.open();
                SyncRecords records = open(database)) {
            joins = false;
            start(records, "one", first);
            assertThat(holds).as("an unused database").isEmpty();

            start(records, "new", second);
            assertThat(holds).singleElement().asString().contains("no other host serves it now");
            start(records, "new", second);
            start(records, "one", first);
            assertThat(holds).as("one restore is found once").hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void aDatabaseThatIsRestoredUnderARunningHostIsFoundByTheNextBeatAndNotForgottenByStopping(TestVendor vendor)
            throws Exception {
        try (TestDatabase database = vendor.open();
                SyncRecords records = open(database)) {
            Pulse pulse = pulse(records, "one", first);
            pulse.begin();
            // As if the database had been set back by some counts.
            String before = String.valueOf(seen(first) + 5);
            Files.writeString(first.resolve(Pulse.FILE), before);
            pulse.end();
            assertThat(holds).isEmpty();
            assertThat(seen(first)).as("kept for the next start").isEqualTo(Long.parseLong(before));

            pulse.quietly();
            assertThat(holds).singleElement().asString().contains("restored from a back-up");
            pulse.quietly();
            pulse.end();
            start(records, "one", first);
            assertThat(holds).as("one restore is found once").hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void aRestoreIsFoundAgainWhenHoldingFailed(TestVendor vendor) throws Exception {
        try (TestDatabase database = vendor.open();
                SyncRecords records = open(database)) {
            start(records, "one", first);
            Files.delete(first.resolve(Pulse.FILE));
            Pulse pulse = new Pulse(records.pulses(), "one", first, () -> true, why -> {
                throw new IllegalStateException("no");
            });
            assertThatThrownBy(pulse::begin).hasMessage("no");

            start(records, "one", first);
            assertThat(holds).hasSize(1);
        }
    }

    private SyncRecords open(TestDatabase database) {
        return new SyncRecords(database.database(), SecretBox.open(first.resolve("state.key")), 20, Duration.ofDays(1));
    }
}
