package org.evenkeel.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lock between processes is tested with the real distribution; here, what one process can see. */
class DataLockTest {
    @TempDir
    Path temporary;

    private DataFolder folder;

    @BeforeEach
    void open() throws Exception {
        folder = DataFolder.open(temporary, false);
    }

    @Test
    void aLockedFolderIsRefusedInOneLine() throws Exception {
        try (DataLock lock = DataLock.acquire(folder)) {
            lock.write(new Holder(4711, Holder.State.UP, "http://127.0.0.1:8080/"));
            assertThatThrownBy(() -> DataLock.acquire(folder))
                    .isInstanceOf(LauncherException.class)
                    .hasMessageContaining("in use by another Evenkeel (process 4711)")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void theLockIsFreeAfterwardsThoughTheFileStays() throws Exception {
        DataLock.acquire(folder).close();
        assertThat(folder.resolve("lock")).exists();
        assertThat(DataLock.isFree(folder)).isTrue();
        DataLock.acquire(folder).close();
    }

    @Test
    void whatADeadProcessLeftInTheFileIsNotBelieved() throws Exception {
        Files.writeString(folder.resolve("lock"), new Holder(1, Holder.State.UP, "http://x/").format());
        assertThat(DataLock.holder(folder)).isEmpty();
    }

    @Test
    void theHolderCanBeReadByOthers() throws Exception {
        Holder holder = new Holder(4711, Holder.State.STARTING, "http://127.0.0.1:8080/");
        try (DataLock lock = DataLock.acquire(folder)) {
            lock.write(holder);
            assertThat(DataLock.holder(folder)).contains(holder);
        }
    }

    @Test
    void aShorterTextLeavesNothingOfALongerOne() throws Exception {
        try (DataLock lock = DataLock.acquire(folder)) {
            lock.write(new Holder(123_456, Holder.State.STARTING, "http://a.long.name.example:65535/"));
            Holder shorter = new Holder(1, Holder.State.UP, "http://a/");
            lock.write(shorter);
            assertThat(Files.readString(folder.resolve("lock"))).isEqualTo(shorter.format());
        }
    }

    @Test
    void halfWrittenTextIsNoHolder() {
        assertThat(Holder.parse("pid=12")).isEmpty();
        assertThat(Holder.parse("")).isEmpty();
    }
}
