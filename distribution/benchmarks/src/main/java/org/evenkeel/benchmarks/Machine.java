package org.evenkeel.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** What a run ran on. A figure without it says little: others may have been at work on the same machine. */
public final class Machine {
    private Machine() {}

    /** Processors, Java, and how many threads wanted a processor over the last minute. */
    public static String words() {
        return String.format(
                Locale.ROOT,
                "%d processors, Java %s, %s; load average %s",
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                System.getProperty("os.name"),
                load());
    }

    /** The load average of the last minute; {@code unknown} where the system does not tell. */
    public static String load() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return load < 0 ? "unknown" : String.format(Locale.ROOT, "%.1f", load);
    }
}
