package org.evenkeel.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * The lock on a data folder: one process at a time. The operating system frees it however that process ends.
 *
 * <p>The file also says who holds it. It is locked beyond its content, so that others can read it on every system.
 */
final class DataLock implements AutoCloseable {
    private static final String NAME = "lock";
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;
    /** Another command may hold the lock for the moment of its look. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final FileChannel channel;

    private DataLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws LauncherException if another process has the folder */
    static DataLock acquire(DataFolder folder) throws LauncherException {
        Optional<DataLock> lock = Waiting.forValue(PATIENCE, () -> attempt(folder.resolve(NAME)));
        return lock.orElseThrow(() -> LauncherException.failure("The data folder " + folder.path()
                + " is in use by another Evenkeel"
                + holder(folder).map(h -> " (process " + h.pid() + ")").orElse("")
                + "; stop that one first, or choose another folder with --data"));
    }

    /** The process that holds the folder now; empty if nobody does. */
    static Optional<Holder> holder(DataFolder folder) {
        Path file = folder.resolve(NAME);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            if (isFree(folder)) {
                return Optional.empty();
            }
            return Holder.parse(Files.readString(file));
        } catch (IOException | LauncherException e) {
            return Optional.empty();
        }
    }

    static boolean isFree(DataFolder folder) throws LauncherException {
        Path file = folder.resolve(NAME);
        if (Files.notExists(file)) {
            return true;
        }
        Optional<DataLock> lock = attempt(file);
        lock.ifPresent(DataLock::close);
        return lock.isPresent();
    }

    void write(Holder holder) throws LauncherException {
        try {
            byte[] text = holder.format().getBytes(StandardCharsets.UTF_8);
            channel.write(ByteBuffer.wrap(text), 0);
            channel.truncate(text.length);
        } catch (IOException e) {
            throw LauncherException.failure("Cannot write the lock of the data folder", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // the process is about to end, which frees the lock anyway
        }
    }

    private static Optional<DataLock> attempt(Path file) throws LauncherException {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isTaken(channel)) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new DataLock(channel));
        } catch (IOException e) {
            throw LauncherException.failure("Cannot lock the data folder by " + file, e);
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }
}
