package org.evenkeel.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code start}: {@code run} in a process of its own, watched until it is up. */
final class StartCommand {
    private static final int SHOWN_LINES = 20;
    private static final Duration PASSWORD_LIMIT = Duration.ofSeconds(15);

    private final Options options;
    private final List<String> arguments;
    private final PrintStream out;
    private final PrintStream err;

    /** @param arguments the words after {@code start}, passed on to {@code run} */
    StartCommand(Options options, List<String> arguments, PrintStream out, PrintStream err) {
        this.options = options;
        this.arguments = arguments;
        this.out = out;
        this.err = err;
    }

    int start() throws LauncherException {
        if (options.shell()) {
            throw LauncherException.usage("--shell needs a terminal; use it with 'run'");
        }
        boolean first = DataFolder.at(options.data()).isUnused();
        DataFolder folder = DataFolder.open(options.data(), options.demo());
        Optional<Holder> running = DataLock.holder(folder);
        if (running.isPresent()) {
            throw LauncherException.failure("Evenkeel already runs on " + folder.path() + " (process "
                    + running.get().pid() + ", " + running.get().url() + ")");
        }
        Process process = launch(folder);
        boolean settled = Waiting.until(
                options.startTimeout().multipliedBy(2),
                () -> !process.isAlive() || holderIs(folder, process, Holder.State.UP));
        if (settled && process.isAlive()) {
            announce(folder, first);
            return ExitCode.OK;
        }
        process.destroy();
        lastLines(folder.consoleLog()).forEach(err::println);
        throw LauncherException.failure("Evenkeel did not start; its whole output is in " + folder.consoleLog());
    }

    /** Pages are there a moment before the first password is: hashing it is slow on purpose. */
    private void announce(DataFolder folder, boolean first) throws LauncherException {
        String url = DataLock.holder(folder).map(Holder::url).orElse("");
        out.println("Evenkeel is up at " + url + " (data: " + folder.path() + ")");
        Duration patience = first ? PASSWORD_LIMIT : Duration.ZERO;
        if (Waiting.until(patience, () -> Files.exists(folder.initialPassword()))) {
            out.println("The first admin password is in " + folder.initialPassword());
        }
    }

    private static boolean holderIs(DataFolder folder, Process process, Holder.State state) {
        return DataLock.holder(folder)
                .filter(h -> h.pid() == process.pid() && h.state() == state)
                .isPresent();
    }

    private Process launch(DataFolder folder) throws LauncherException {
        List<String> command = new ArrayList<>(detached());
        command.add(options.home().resolve("bin").resolve("evenkeel").toString());
        command.add(Command.RUN.word());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(new java.io.File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(folder.consoleLog().toFile());
        try {
            return builder.start();
        } catch (IOException e) {
            throw LauncherException.failure("Cannot start " + command.get(0), e);
        }
    }

    /** A session of its own, so that closing the terminal or Ctrl-C in it does not reach the host. */
    private static List<String> detached() {
        return Files.isExecutable(Path.of("/usr/bin/setsid")) ? List.of("/usr/bin/setsid") : List.of("nohup");
    }

    private static List<String> lastLines(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
        } catch (IOException e) {
            return List.of();
        }
    }
}
