package org.evenkeel.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.database.testing.TestVendor;
import org.evenkeel.sync.internal.kept.SecretBox;
import org.evenkeel.sync.internal.kept.SyncRecords;
import org.evenkeel.sync.internal.lane.Gate;
import org.evenkeel.sync.internal.testing.Host;
import org.evenkeel.sync.internal.testing.VirtualTime;
import org.junit.jupiter.api.Test;
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
    private final Gate gate = Gate.closed("Starting.");

    private void start(SyncRecords records, String node, Path data) {
        pulse(records, node, data).begin();
    }

    private Pulse pulse(SyncRecords records, String node, Path data) {
        return new Pulse(records.pulses(), node, data, () -> joins, holds::add, gate);
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
            Pulse pulse = new Pulse(
                    records.pulses(),
                    "one",
                    first,
                    () -> true,
                    why -> {
                        throw new IllegalStateException("no");
                    },
                    gate);
            gate.close("Starting.");
            assertThatThrownBy(pulse::begin).hasMessage("no");
            pulse.end();
            assertThat(gate.isClosed()).isTrue();

            start(records, "one", first);
            assertThat(holds).hasSize(1);
        }
    }

    @Test
    void holdingIsTriedAgainUntilItSucceedsAndAllWaitAtTheGate() throws Exception {
        VirtualTime time = new VirtualTime();
        Host host = new Host(time, () -> Duration.ZERO, () -> {});
        AtomicBoolean away = new AtomicBoolean(true);
        try (TestDatabase database = TestVendor.DERBY.open();
                SyncRecords records = open(database)) {
            start(records, "one", first);
            Files.writeString(first.resolve(Pulse.FILE), "4711");
            gate.close("Starting.");
            Pulse pulse = new Pulse(
                    records.pulses(),
                    "one",
                    first,
                    () -> true,
                    why -> {
                        if (away.get()) {
                            throw new IllegalStateException("The host two does not answer.");
                        }
                        holds.add(why);
                    },
                    gate);
            pulse.live(host, time);
            time.pass(Duration.ofMinutes(10));
            assertThat(gate.words()).contains("not known yet", "The host two does not answer.");

            away.set(false);
            time.pass(Duration.ofMinutes(1));
            assertThat(holds).singleElement().asString().contains("restored from a back-up");
            assertThat(gate.isClosed()).isFalse();

            away.set(true);
            Files.writeString(first.resolve(Pulse.FILE), String.valueOf(seen(first) + 5));
            time.pass(Duration.ofMinutes(2));
            assertThat(gate.isClosed()).as("restored under a running host").isTrue();
            away.set(false);
            time.pass(Duration.ofMinutes(1));
            assertThat(holds).hasSize(2);
            assertThat(gate.isClosed()).isFalse();
        }
    }

    private SyncRecords open(TestDatabase database) {
        return new SyncRecords(database.database(), SecretBox.open(first.resolve("state.key")), 20, Duration.ofDays(1));
    }
}
