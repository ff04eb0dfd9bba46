package org.evenkeel.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Stops the host when the process is told to end (Ctrl-C, SIGTERM), within a bound, and ends it with code 0.
 *
 * <p>A plain return from the hook would end the process with the signal's code (130, 143), which service managers read
 * as a failure; so the hook ends the process itself.
 */
final class StopOnSignal extends Thread {
    private final Host host;
    private final Duration limit;
    private final PrintStream out;
    private final PrintStream err;

    StopOnSignal(Host host, Duration limit, PrintStream out, PrintStream err) {
        super("evenkeel-stop");
        this.host = host;
        this.limit = limit;
        this.out = out;
        this.err = err;
    }

    @Override
    public void run() {
        boolean stopped = host.stop(limit);
        if (stopped) {
            out.println("Evenkeel has stopped");
        } else {
            err.println("Evenkeel did not stop within " + limit.toSeconds() + " s and was ended; it waited for "
                    + host.stillStopping());
        }
        Runtime.getRuntime().halt(stopped ? ExitCode.OK : ExitCode.FAILURE);
    }

    /**
     * Lets the hook end the process if a signal set it off; otherwise disarms it, so that the caller decides how to
     * end.
     */
    void awaitTurn() {
        try {
            Runtime.getRuntime().removeShutdownHook(this);
        } catch (IllegalStateException shuttingDown) {
            while (true) {
                LockSupport.park(this);
            }
        }
    }
}
