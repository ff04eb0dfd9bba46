package org.evenkeel.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * {@code reset-password}: asks the host for a new admin password by a file in the data folder.
 *
 * <p>The host makes the password, writes it to {@code initial-password}, and deletes the request. Who may write to the
 * data folder may do everything with it anyway, so the file needs no further proof.
 */
final class ResetPasswordCommand {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final DataFolder folder;
    private final PrintStream out;

    ResetPasswordCommand(DataFolder folder, PrintStream out) {
        this.folder = folder;
        this.out = out;
    }

    int reset() throws LauncherException {
        if (!folder.exists()) {
            throw LauncherException.failure("There is no data folder " + folder.path() + "; name it with --data");
        }
        Path request = folder.passwordRequest();
        boolean running = DataLock.holder(folder).isPresent();
        try {
            DataFolder.createPrivateFile(request);
            if (!running) {
                out.println(
                        "A new admin password is made at the next start and written to " + folder.initialPassword());
                return ExitCode.OK;
            }
            if (!Waiting.until(LIMIT, () -> Files.notExists(request) && Files.exists(folder.initialPassword()))) {
                throw LauncherException.failure("The host made no new password within " + LIMIT.toSeconds()
                        + " s; the request stays in " + request + " and holds for its next start");
            }
            out.println("The new admin password: "
                    + Files.readString(folder.initialPassword()).strip());
            out.println("It is also in " + folder.initialPassword() + ", which may be deleted");
            return ExitCode.OK;
        } catch (IOException e) {
            throw LauncherException.failure("Cannot ask for a new password in " + folder.path(), e);
        }
    }
}
