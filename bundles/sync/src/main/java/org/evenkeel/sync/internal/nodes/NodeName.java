package org.evenkeel.sync.internal.nodes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The name by which other nodes know this one: as configured, or the host's name and something random, made once and kept in
 * the data folder. A host that comes back under its name takes its own stores back at once, also after a crash; a data folder
 * that was copied or moved gets another name, so that two hosts never share one.
 */
public final class NodeName {
    private static final String FILE = "node-name";
    private static final int LONGEST = 100;
    private static final int RANDOM_BYTES = 3;

    private NodeName() {}

    /**
     * @param configured empty for a name of its own
     * @param data the data folder
     * @throws IllegalArgumentException when the configured name is none
     * @throws IllegalStateException when the name can be neither read nor kept
     */
    public static String of(String configured, Path data) {
        if (!configured.isBlank()) {
            return checked(configured.strip());
        }
        Path file = data.resolve(FILE);
        try {
            String here = host() + " " + data.toRealPath();
            Optional<String> kept = kept(file, here);
            if (kept.isPresent()) {
                return kept.get();
            }
            String name = made();
            Files.write(file, List.of(name, here));
            return name;
        } catch (IOException e) {
            throw new IllegalStateException("The node's name can be neither read from nor kept in " + file, e);
        }
    }

    private static Optional<String> kept(Path file, String here) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        return lines.size() == 2 && lines.get(1).equals(here) ? Optional.of(lines.get(0)) : Optional.empty();
    }

    private static String made() {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String host = host();
        String random6 = "-" + HexFormat.of().formatHex(random);
        return host.substring(0, Math.min(host.length(), LONGEST - random6.length())) + random6;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9._-]", "-");
        } catch (UnknownHostException e) {
            return "host";
        }
    }

    private static String checked(String name) {
        if (name.length() > LONGEST || !name.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("org.evenkeel.sync: node.name is 1 to " + LONGEST
                    + " letters, digits and signs without spaces, not \"" + name + "\".");
        }
        return name;
    }
}
