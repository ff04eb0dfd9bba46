package org.evenkeel.launcher;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The entry point behind {@code bin/evenkeel}. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its code. */
    public static void main(String[] arguments) {
        System.exit(execute(List.of(arguments), System.out, System.err));
    }

    static int execute(List<String> words, PrintStream out, PrintStream err) {
        try {
            CommandLine line = CommandLine.parse(words);
            return switch (line.command()) {
                case HELP -> help(out);
                case VERSION -> version(out);
                default -> execute(line, words, out, err);
            };
        } catch (LauncherException e) {
            err.println(e.getMessage());
            return e.exitCode();
        }
    }

    private static int execute(CommandLine line, List<String> words, PrintStream out, PrintStream err)
            throws LauncherException {
        Options options = Options.resolve(line, Surroundings.ofProcess());
        DataFolder folder = DataFolder.at(options.data());
        return switch (line.command()) {
            case RUN -> new RunCommand(options, out, err).run();
            case START -> new StartCommand(options, words.subList(1, words.size()), out, err).start();
            case STOP -> new StopCommand(folder, out).stop();
            case STATUS -> new StatusCommand(folder, out).status();
            case RESET_PASSWORD -> new ResetPasswordCommand(folder, out).reset();
            case HELP, VERSION -> throw new IllegalStateException(line.command().word());
        };
    }

    private static int version(PrintStream out) {
        out.println("Evenkeel " + Distribution.version());
        return ExitCode.OK;
    }

    private static int help(PrintStream out) {
        out.println("Usage: evenkeel COMMAND [OPTIONS]");
        out.println();
        out.println("Commands:");
        Arrays.stream(Command.values()).forEach(c -> out.printf("  %-26s %s%n", c.word(), c.description()));
        out.println();
        out.println("Options (also as EVENKEEL_PORT and so on, or as 'port=' in the settings file):");
        Arrays.stream(Setting.values())
                .map(Setting::help)
                .flatMap(Optional::stream)
                .forEach(out::println);
        out.printf("  %-26s %s%n", "-DNAME=VALUE", "a framework property");
        out.println();
        out.println("JVM options: EVENKEEL_JAVA_OPTS, or 'java-opts=' in <data>/evenkeel.properties.");
        return ExitCode.OK;
    }
}
