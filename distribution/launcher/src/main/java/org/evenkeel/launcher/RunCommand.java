package org.evenkeel.launcher;

import java.io.PrintStream;
import java.time.Duration;

/** {@code run}: the host in this process. */
final class RunCommand {
    /** Less than the 10 s that a stop may take as a whole. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(8);

    /** The database is opened in the background, and the pages come when it is there. */
    private static final Duration PAGE_LIMIT = Duration.ofSeconds(20);

    private final Options options;
    private final PrintStream out;
    private final PrintStream err;

    RunCommand(Options options, PrintStream out, PrintStream err) {
        this.options = options;
        this.out = out;
        this.err = err;
    }

    int run() throws LauncherException {
        DataFolder folder = DataFolder.open(options.data(), options.demo());
        try (DataLock lock = DataLock.acquire(folder)) {
            Endpoint endpoint = Endpoint.free(options.address(), options.port());
            Holder holder = new Holder(ProcessHandle.current().pid(), Holder.State.STARTING, endpoint.url());
            lock.write(holder);
            RunCommand opened = new RunCommand(options.withData(folder.path()), out, err);
            return opened.host(endpoint, lock, holder);
        }
    }

    private int host(Endpoint endpoint, DataLock lock, Holder holder) throws LauncherException {
        DefaultConfiguration.layOut(
                new Distribution(options.home()).config(),
                options.data().resolve("config"),
                FrameworkSettings.defaults(options.data()));
        FrameworkSettings settings = new FrameworkSettings(options, endpoint);
        settings.own().forEach(System::setProperty);
        Host host = new Host(settings.properties());
        StopOnSignal onSignal = new StopOnSignal(host, STOP_LIMIT, out, err);
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            start(host, endpoint);
            lock.write(holder.in(Holder.State.UP));
            out.println("Evenkeel is up at " + endpoint.url() + " (data: " + options.data() + ")");
            host.awaitEnd();
            return ExitCode.OK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILURE;
        } finally {
            onSignal.awaitTurn();
            host.stop(STOP_LIMIT);
        }
    }

    private void start(Host host, Endpoint endpoint) throws LauncherException {
        host.start(new Distribution(options.home()).bundles(options.shell()), options.startTimeout());
        host.complaints().forEach(err::println);
        if (!Waiting.until(options.startTimeout(), endpoint::answers)) {
            throw LauncherException.failure("Nothing answers at " + endpoint.url() + " after "
                    + options.startTimeout().toSeconds() + " s; the log in "
                    + options.data().resolve("log") + " may say why");
        }
        if (!Waiting.until(PAGE_LIMIT, endpoint::showsPage)) {
            err.println("The pages of Evenkeel are not there yet; " + endpoint.url() + "system/health and the log in "
                    + options.data().resolve("log") + " may say why");
        }
    }
}
