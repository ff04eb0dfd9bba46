package org.evenkeel.accounts.internal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.evenkeel.accounts.AuditLog;
import org.evenkeel.accounts.Principal.Scope;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the administrator at the first start, and a new password when one is asked for by a file in the data folder.
 *
 * <p>Whoever may write to the data folder may do everything with it, so that the request needs no further proof.
 */
@Component(service = AdminPassword.class, immediate = true)
public final class AdminPassword {

    /** The name of the one account. */
    static final String ADMIN = "admin";

    /** Framework property: {@code true} when a person watches the standard output. */
    static final String TERMINAL = "evenkeel.terminal";

    private static final Logger LOG = LoggerFactory.getLogger(AdminPassword.class);
    private static final int POLL_SECONDS = 2;

    private final Users users;
    private final Sessions sessions;
    private final AuditLog audit;
    private final PasswordHash hashes;
    private final Secrets secrets;
    private final PasswordFile file;
    private final boolean terminal;
    private final PrintStream out;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor watch;
    private boolean complained;

    @Activate
    public AdminPassword(
            BundleContext context,
            @Reference AccountsUnit unit,
            @Reference Sessions sessions,
            @Reference AuditLog audit) {
        this(
                unit,
                sessions,
                audit,
                new PasswordHash(PasswordHash.OWASP_ITERATIONS, new SecureRandom()),
                PasswordFile.of(context),
                Boolean.parseBoolean(context.getProperty(TERMINAL)),
                System.out,
                Clock.systemUTC());
        watch.scheduleWithFixedDelay(this::lookGuarded, 0, POLL_SECONDS, TimeUnit.SECONDS);
    }

    AdminPassword(
            AccountsUnit unit,
            Sessions sessions,
            AuditLog audit,
            PasswordHash hashes,
            PasswordFile file,
            boolean terminal,
            PrintStream out,
            Clock clock) {
        this.users = new Users(unit);
        this.sessions = sessions;
        this.audit = audit;
        this.hashes = hashes;
        this.secrets = new Secrets(new SecureRandom());
        this.file = file;
        this.terminal = terminal;
        this.out = out;
        this.clock = clock;
        this.watch = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "evenkeel-admin-password");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Deactivate
    public void close() {
        Bounded.close(watch);
    }

    private void lookGuarded() {
        try {
            look();
            complained = false;
        } catch (IOException | RuntimeException e) {
            if (!complained) {
                LOG.error("No admin password could be made in {}; tried again every 2 s", file.folder(), e);
            }
            complained = true;
        }
    }

    /** One look: is there an administrator, is a new password wanted? */
    void look() throws IOException {
        if (users.isEmpty()) {
            first();
        }
        if (Files.exists(file.request())) {
            reset();
        }
        // Also what an earlier run made valid and was stopped before showing.
        file.publish();
    }

    private void first() throws IOException {
        String password = secrets.password();
        if (!terminal) {
            file.prepare(password);
        }
        users.add(ADMIN, Scope.ADMIN, hashes.hash(password), clock.instant().truncatedTo(ChronoUnit.MICROS));
        file.publish();
        audit.record("system", "account.created", ADMIN, "the first start");
        if (terminal) {
            out.println("Log in as " + ADMIN + " with the password " + password + " (shown this once)");
        } else {
            out.println("The password of " + ADMIN + " is in " + file.path());
        }
        out.flush();
    }

    private void reset() throws IOException {
        if (!Files.isRegularFile(file.request()) || !Files.isWritable(file.folder())) {
            // Otherwise there would be a new password at every look.
            throw new IOException("The request " + file.request() + " cannot be deleted; delete it by hand");
        }
        UserEntity admin = users.find(ADMIN).orElseThrow();
        String password = secrets.password();
        file.prepare(password);
        if (!users.replaceHash(admin.id, admin.passwordHash, hashes.hash(password), clock.instant())) {
            throw new IOException("The password was changed at the same moment");
        }
        sessions.endAll(admin.principal().actor(), null);
        file.publish();
        // Last, because whoever asked waits for the request to go and reads the file then.
        Files.delete(file.request());
        audit.record("system", "password.reset", ADMIN, "asked for by a file in the data folder");
        LOG.info("The password of {} was reset; it is in {}", ADMIN, file.path());
    }
}
