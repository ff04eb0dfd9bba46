package org.evenkeel.accounts.internal;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.evenkeel.accounts.Accounts;
import org.evenkeel.accounts.AuditLog;
import org.evenkeel.accounts.Principal;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Log-in, sessions and tokens. Thread-safe. */
@Component(service = Accounts.class, configurationPid = AccountsConfiguration.PID)
@Designate(ocd = AccountsConfiguration.class)
public final class AccountsService implements Accounts {

    private final Gate gate;
    private final Passwords passwords;
    private final Tokens tokens;
    private final Sessions sessions;
    private final Secrets secrets;
    private final AuditLog audit;
    private final Sessions.Limits limits;
    private final Attempts refusedTokens;
    private final Clock clock;

    @Activate
    public AccountsService(
            BundleContext context,
            @Reference AccountsUnit unit,
            @Reference Sessions sessions,
            @Reference AuditLog audit,
            AccountsConfiguration configuration) {
        this(
                unit,
                sessions,
                audit,
                AccountsSettings.of(configuration),
                new PasswordHash(PasswordHash.OWASP_ITERATIONS, new SecureRandom()),
                PasswordFile.of(context),
                Clock.systemUTC());
    }

    AccountsService(
            AccountsUnit unit,
            Sessions sessions,
            AuditLog audit,
            AccountsSettings settings,
            PasswordHash hashes,
            PasswordFile file,
            Clock clock) {
        this.gate = new Gate(settings, clock);
        this.passwords = new Passwords(new Users(unit), hashes, file, settings.passwordLength(), clock);
        this.tokens = new Tokens(unit);
        this.sessions = sessions;
        this.secrets = new Secrets(new SecureRandom());
        this.audit = audit;
        this.limits = settings.sessions();
        this.refusedTokens = new Attempts(1, settings.lock(), clock);
        this.clock = clock;
    }

    @Override
    public LogIn logIn(String name, String password, String remote) {
        Gate.Answer<Passwords.Check> answer = gate.pass(name, remote, () -> passwords.check(name, password));
        if (answer instanceof Gate.Answer.Wait<Passwords.Check> wait) {
            if (wait.worthRecording()) {
                audit.record("system", "login.limited", passwords.shown(name), "from " + remote);
            }
            return new LogIn.TooMany(wait.rest());
        }
        Passwords.Check check = ((Gate.Answer.Passed<Passwords.Check>) answer).result();
        if (!check.good()) {
            audit.record("system", "login.refused", check.shownName(), "from " + remote);
            return new LogIn.Refused();
        }
        Principal principal = check.user().principal();
        audit.record(principal.actor(), "login", check.shownName(), "from " + remote);
        return new LogIn.Opened(sessions.open(secrets.secret(), secrets.secret(), principal, clock.instant(), limits));
    }

    @Override
    public Optional<Session> session(String id) {
        return id == null ? Optional.empty() : sessions.use(id, clock.instant(), limits);
    }

    @Override
    public void logOut(String id) {
        if (id != null) {
            sessions.end(id).ifPresent(principal -> audit.record(principal.actor(), "logout", principal.name(), ""));
        }
    }

    @Override
    public Optional<String> changePassword(Session session, String present, String wanted) {
        Optional<Session> open = session(session.id());
        if (open.isEmpty()) {
            return Optional.of("This session has ended; log in again.");
        }
        Principal principal = open.get().principal();
        Gate.Answer<Passwords.Check> answer = gate.pass(
                principal.name(), "session:" + principal.name(), () -> passwords.check(principal.name(), present));
        if (answer instanceof Gate.Answer.Wait<Passwords.Check> wait) {
            return Optional.of("Too many failures; try again in " + minutes(wait.rest()) + ".");
        }
        Passwords.Check check = ((Gate.Answer.Passed<Passwords.Check>) answer).result();
        if (!check.good()) {
            audit.record(principal.actor(), "password.refused", principal.name(), "the present password was wrong");
            return Optional.of("The present password is wrong.");
        }
        Optional<String> refusal = passwords.change(check.user(), present, wanted);
        if (refusal.isEmpty()) {
            sessions.endAll(principal.actor(), session.id());
            audit.record(principal.actor(), "password.changed", principal.name(), "");
        }
        return refusal;
    }

    private static String minutes(Duration rest) {
        long minutes = Math.max(1, rest.plusSeconds(59).toMinutes());
        return minutes == 1 ? "a minute" : minutes + " minutes";
    }

    @Override
    public String createToken(String name, Principal.Scope scope, Principal by) {
        String wanted = name == null ? "" : name.strip();
        if (wanted.isEmpty()
                || wanted.length() > Names.LONGEST
                || wanted.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("A token's name is 1 to " + Names.LONGEST + " visible characters");
        }
        if (!by.may(scope)) {
            throw new IllegalArgumentException(by.name() + " may not give the scope " + scope + " to a token");
        }
        String secret = secrets.token();
        tokens.add(wanted, scope, secret, by.actor(), clock.instant());
        audit.record(by.actor(), "token.created", wanted, "scope " + scope);
        return secret;
    }

    @Override
    public Optional<Principal> token(String secret, String remote) {
        Optional<Principal> principal = isToken(secret) ? tokens.use(secret, clock.instant()) : Optional.empty();
        if (principal.isEmpty()
                && refusedTokens.begin(RemoteAddress.key(remote)).isZero()) {
            audit.record("system", "token.refused", "", "from " + remote);
        }
        return principal;
    }

    private static boolean isToken(String secret) {
        return secret != null && secret.startsWith(Secrets.TOKEN_PREFIX) && secret.length() < 100;
    }

    @Override
    public List<Token> tokens() {
        return tokens.all().stream().map(TokenEntity::token).toList();
    }

    @Override
    public void revokeToken(long id, Principal by) {
        tokens.remove(id).ifPresent(name -> audit.record(by.actor(), "token.revoked", name, ""));
    }
}
