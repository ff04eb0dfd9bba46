package org.evenkeel.webconsole.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.evenkeel.accounts.Accounts;
import org.evenkeel.accounts.Accounts.LogIn;
import org.evenkeel.accounts.Accounts.Session;
import org.evenkeel.accounts.Principal;

/**
 * Log-in by the {@code Authorization} header, for programs: {@code Bearer} with an API token, or {@code Basic} with name and
 * password, or with a token in the place of the password. Thread-safe.
 */
final class HeaderLogIn {

    private static final int MOST_REMEMBERED = 100;

    private final Accounts accounts;

    /** Sessions under hashes of the headers that opened them: hashing a password for every request would be too dear. */
    private final Map<String, String> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    HeaderLogIn(Accounts accounts) {
        this.accounts = accounts;
    }

    /** How it ends. */
    sealed interface Result {
        /** Somebody we know. */
        record Known(Principal principal) implements Result {}

        /** Nobody we know. */
        record Refused() implements Result {}

        /** Too many failures. */
        record TooMany(Duration retryAfter) implements Result {}
    }

    Result logIn(String header, String remote) {
        int space = header.indexOf(' ');
        String scheme = space < 0 ? header : header.substring(0, space);
        String credentials = space < 0 ? "" : header.substring(space + 1).strip();
        if (scheme.equalsIgnoreCase("Bearer")) {
            return known(accounts.token(credentials, remote));
        }
        if (scheme.equalsIgnoreCase("Basic")) {
            return basic(credentials, remote);
        }
        return new Result.Refused();
    }

    private Result basic(String credentials, String remote) {
        Optional<Session> open = Optional.ofNullable(recall(credentials)).flatMap(accounts::session);
        if (open.isPresent()) {
            return new Result.Known(open.get().principal());
        }
        String pair = decode(credentials);
        int colon = pair.indexOf(':');
        if (colon < 0) {
            return new Result.Refused();
        }
        String password = pair.substring(colon + 1);
        if (password.startsWith("evk_")) {
            return known(accounts.token(password, remote));
        }
        LogIn logIn = accounts.logIn(pair.substring(0, colon), password, remote);
        if (logIn instanceof LogIn.Opened opened) {
            remember(credentials, opened.session().id());
            return new Result.Known(opened.session().principal());
        }
        return logIn instanceof LogIn.TooMany tooMany ? new Result.TooMany(tooMany.retryAfter()) : new Result.Refused();
    }

    private static Result known(Optional<Principal> principal) {
        return principal.<Result>map(Result.Known::new).orElseGet(Result.Refused::new);
    }

    private static String decode(String credentials) {
        try {
            return new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private String recall(String credentials) {
        synchronized (remembered) {
            return remembered.get(hash(credentials));
        }
    }

    private void remember(String credentials, String session) {
        synchronized (remembered) {
            remembered.put(hash(credentials), session);
        }
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
