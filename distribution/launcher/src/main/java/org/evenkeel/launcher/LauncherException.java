package org.evenkeel.launcher;

/** Ends a command with one line for the person at the terminal; never printed with a stack trace. */
final class LauncherException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private LauncherException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** Something outside is in the way: a taken port, a locked folder, a host that does not come up. */
    static LauncherException failure(String message) {
        return new LauncherException(ExitCode.FAILURE, message, null);
    }

    static LauncherException failure(String message, Throwable cause) {
        return new LauncherException(ExitCode.FAILURE, message + ": " + reason(cause), cause);
    }

    /** The command line, the environment or the settings file is wrong. */
    static LauncherException usage(String message) {
        return new LauncherException(ExitCode.USAGE, message, null);
    }

    int exitCode() {
        return exitCode;
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
