package org.evenkeel.launcher;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/** {@code status}: what runs on the data folder. */
final class StatusCommand {
    private final DataFolder folder;
    private final PrintStream out;

    StatusCommand(DataFolder folder, PrintStream out) {
        this.folder = folder;
        this.out = out;
    }

    int status() {
        Optional<Holder> holder = DataLock.holder(folder);
        if (holder.isEmpty()) {
            out.println("Evenkeel does not run on " + folder.path());
            return ExitCode.NOT_RUNNING;
        }
        out.println("Evenkeel is " + holder.get().state().name().toLowerCase(Locale.ROOT) + " at "
                + holder.get().url() + " (data: " + folder.path() + ", process "
                + holder.get().pid() + ")");
        return ExitCode.OK;
    }
}
