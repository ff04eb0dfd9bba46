package org.evenkeel.deploy.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.evenkeel.accounts.AuditLog;
import org.evenkeel.deploy.DeployedJar;

/**
 * Records what was deployed and what became of it, once it has settled. Used by one thread at a time.
 *
 * <p>Every start sees all jars anew: what the audit log says already of a file is not said again, which also finds what was
 * put in while Evenkeel was down. What was taken out then is not seen.
 */
final class DeployAudit {
    private static final String ACTOR = "deploy";
    private static final int PAGE = 50;

    private final Path folder;
    private final Clock clock;
    private final Map<String, Known> known = new HashMap<>();

    DeployAudit(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** What is to be seen of a file and its bundle from outside. */
    private record Sight(long size, long modifiedMillis, DeployedJar.State state, String words) {}

    private record Known(Sight sight, Instant since, boolean recorded) {}

    /** Compares what lies in the folder now with what was recorded. */
    void look(List<DeployedJar> jars, AuditLog audit) {
        TreeSet<String> gone = new TreeSet<>(known.keySet());
        for (DeployedJar jar : jars) {
            gone.remove(jar.file());
            try {
                look(jar, audit);
            } catch (IOException vanishing) {
                // Gone at this very moment, or just being written: the next look tells.
            }
        }
        for (String file : gone) {
            if (known.remove(file).recorded()) {
                audit.record(ACTOR, "deploy.removed", file, "");
            }
        }
    }

    private void look(DeployedJar jar, AuditLog audit) throws IOException {
        Path file = folder.resolve(jar.file());
        Sight sight =
                new Sight(Files.size(file), Files.getLastModifiedTime(file).toMillis(), jar.state(), jar.words());
        Known before = known.get(jar.file());
        if (before == null || !before.sight().equals(sight)) {
            boolean recorded = before != null && before.recorded();
            known.put(jar.file(), new Known(sight, clock.instant(), recorded));
            return;
        }
        boolean settled = !before.since().plus(DeployFolder.SETTLING).isAfter(clock.instant());
        if (settled && jar.state() != DeployedJar.State.WAITING) {
            record(jar, file, audit);
            known.put(jar.file(), new Known(sight, Instant.MAX.minus(DeployFolder.SETTLING), true));
        }
    }

    private static void record(DeployedJar jar, Path file, AuditLog audit) throws IOException {
        String action = jar.state().isTrouble() ? "deploy.failed" : "deploy.running";
        String detail = String.join(
                        ", ",
                        jar.bundle().isEmpty() ? "no bundle" : jar.bundle(),
                        "SHA-256 " + digest(file),
                        jar.words())
                .replaceFirst(", $", "");
        boolean said = audit.entries(jar.file(), 0, PAGE).stream()
                .filter(entry ->
                        entry.subject().equals(jar.file()) && entry.actor().equals(ACTOR))
                .findFirst()
                .filter(entry -> entry.action().equals(action) && Objects.equals(entry.detail(), detail))
                .isPresent();
        if (!said) {
            audit.record(ACTOR, action, jar.file(), detail);
        }
    }

    private static String digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digesting = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digesting.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
