package org.evenkeel.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Log-in, sessions and API tokens. Thread-safe. Every answer takes about as long for an unknown name as for a known one. */
@ProviderType
public interface Accounts {

    /** The cookie that carries a session's id; for the whole site, HttpOnly, SameSite=Lax. */
    String SESSION_COOKIE = "evenkeel-session";

    /**
     * Checks a name and password and opens a session.
     *
     * @param remote where the request came from; failures are counted per address and per name
     */
    LogIn logIn(String name, String password, String remote);

    /** How a log-in ends. */
    sealed interface LogIn {
        /** Welcome. */
        record Opened(Session session) implements LogIn {}

        /** Name or password is wrong. */
        record Refused() implements LogIn {}

        /** Too many failures; try again later. */
        record TooMany(Duration retryAfter) implements LogIn {}
    }

    /**
     * An open session.
     *
     * @param id the secret that the cookie carries
     * @param csrf the secret that forms carry
     * @param principal whose
     * @param expiresAt when it ends unless it is used
     */
    record Session(String id, String csrf, Principal principal, Instant expiresAt) {
        @Override
        public String toString() {
            return "Session[" + principal.actor() + "]";
        }
    }

    /** The session with that id, its end moved on; empty when there is none (any more). */
    Optional<Session> session(String id);

    /** Ends a session. Idempotent. */
    void logOut(String id);

    /**
     * Changes a password; all other sessions of that name end.
     *
     * @return empty when it was changed, else why not, in words
     */
    Optional<String> changePassword(Session session, String present, String wanted);

    /**
     * Makes an API token.
     *
     * @return the token's secret, shown this once; it is kept as a hash
     * @throws IllegalArgumentException when the name is blank, taken or longer than 60 characters, or the scope is more than
     *     {@code by} has
     */
    String createToken(String name, Principal.Scope scope, Principal by);

    /** Whose token that is; empty when it is none. */
    Optional<Principal> token(String secret, String remote);

    /** All tokens, without secrets. */
    List<Token> tokens();

    /** An API token without its secret. */
    record Token(long id, String name, Principal.Scope scope, Instant createdAt, Instant lastUsedAt) {}

    /** Takes a token back. Idempotent. */
    void revokeToken(long id, Principal by);
}
