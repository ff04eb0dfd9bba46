package org.evenkeel.deploy.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.evenkeel.deploy.DeployedJar;

/**
 * Logs what became of each jar, once: trouble only when it lasts, for a bundle that is replaced is stopped and unresolved for a
 * moment. Used by one thread at a time.
 */
final class DeployLog {
    private final Clock clock;
    private final Consumer<String> news;
    private final Consumer<String> trouble;
    private final Map<String, Told> told = new HashMap<>();

    DeployLog(Clock clock, Consumer<String> news, Consumer<String> trouble) {
        this.clock = clock;
        this.news = news;
        this.trouble = trouble;
    }

    private record Told(DeployedJar.State state, Instant since, String words) {}

    /** Tells what has changed since it last told. */
    void look(List<DeployedJar> jars) {
        TreeSet<String> gone = new TreeSet<>(told.keySet());
        for (DeployedJar jar : jars) {
            gone.remove(jar.file());
            Told now = new Told(jar.state(), jar.since(), jar.words());
            if (isSettled(jar) && !now.equals(told.put(jar.file(), now))) {
                tell(jar);
            }
        }
        for (String file : gone) {
            told.remove(file);
            news.accept(file + " was taken out of the deploy folder");
        }
    }

    private boolean isSettled(DeployedJar jar) {
        return switch (jar.state()) {
            case WAITING -> false;
            case ACTIVE -> true;
            case UNRESOLVED, STOPPED, REJECTED ->
                !jar.since().plus(DeployFolder.SETTLING).isAfter(clock.instant());
        };
    }

    private void tell(DeployedJar jar) {
        if (jar.state().isTrouble()) {
            trouble.accept("%s does not run (%s): %s".formatted(jar.file(), words(jar.state()), jar.words()));
        } else {
            String besides = jar.words().isEmpty() ? "" : ": " + jar.words();
            news.accept("%s runs as %s%s".formatted(jar.file(), jar.bundle(), besides));
        }
    }

    private static String words(DeployedJar.State state) {
        return switch (state) {
            case UNRESOLVED -> "something that it needs is missing";
            case STOPPED -> "it is stopped";
            case REJECTED -> "it was not installed";
            case WAITING, ACTIVE -> "";
        };
    }
}
