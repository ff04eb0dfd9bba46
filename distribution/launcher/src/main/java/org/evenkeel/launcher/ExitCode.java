package org.evenkeel.launcher;

/** What the commands return to the shell; {@code status} follows the habit of init scripts. */
final class ExitCode {
    static final int OK = 0;
    static final int FAILURE = 1;
    static final int USAGE = 2;
    static final int NOT_RUNNING = 3;

    private ExitCode() {}
}
