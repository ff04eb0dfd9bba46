package org.evenkeel.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;

/** {@code stop}: ends the process that holds the data folder and waits until the folder is free. */
final class StopCommand {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final DataFolder folder;
    private final PrintStream out;

    StopCommand(DataFolder folder, PrintStream out) {
        this.folder = folder;
        this.out = out;
    }

    int stop() throws LauncherException {
        Optional<Holder> holder = DataLock.holder(folder);
        if (holder.isEmpty()) {
            out.println("Evenkeel does not run on " + folder.path());
            return ExitCode.OK;
        }
        long pid = holder.get().pid();
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        if (!Waiting.until(LIMIT, () -> DataLock.isFree(folder))) {
            throw LauncherException.failure(
                    "Evenkeel (process " + pid + ") did not stop within " + LIMIT.toSeconds() + " s");
        }
        out.println("Evenkeel has stopped");
        return ExitCode.OK;
    }
}
