package org.evenkeel.webconsole.internal;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.evenkeel.accounts.Accounts;
import org.evenkeel.accounts.Accounts.LogIn;
import org.evenkeel.accounts.Accounts.Session;
import org.evenkeel.accounts.Principal;
import org.evenkeel.accounts.Principal.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleSecurityTest {

    private static final Principal ADMIN = new Principal("user:admin", "admin", Scope.ADMIN);
    private static final Principal READER = new Principal("token:screen", "screen", Scope.READ);
    private static final String HTML = "text/html,application/xhtml+xml,*/*;q=0.8";

    private final Map<String, Session> sessions = new HashMap<>();
    private int passwordChecks;
    private final ConsoleSecurity security = new ConsoleSecurity(accounts());

    @Test
    void letsAnAdministratorsSessionIn() {
        sessions.put("s1", session("s1", ADMIN));

        Exchange exchange = new Exchange("GET").cookie("s1");

        assertThat(exchange.authenticate()).isEqualTo(ADMIN);
        assertThat(security.authorize(ADMIN, "any")).isTrue();
    }

    @Test
    void refusesASessionWithoutThatScope() {
        sessions.put("s1", session("s1", READER));

        Exchange exchange = new Exchange("GET").cookie("s1");

        assertThat(exchange.authenticate()).isNull();
        assertThat(exchange.status).isEqualTo(403);
        assertThat(security.authorize(READER, "any")).isFalse();
        assertThat(security.authorize("admin", "any")).isFalse();
    }

    @Test
    void sendsABrowserToTheLogInPageAndBack() {
        Exchange exchange = new Exchange("GET").header("Accept", HTML);
        exchange.query = "a=1&b=2";

        assertThat(exchange.authenticate()).isNull();
        assertThat(exchange.status).isEqualTo(303);
        assertThat(exchange.answer.get("location"))
                .isEqualTo("/login?next=%2Fsystem%2Fconsole%2Fbundles%3Fa%3D1%26b%3D2");
    }

    @Test
    void neverSendsABrowserToAnotherHost() {
        Exchange exchange = new Exchange("GET").header("Accept", HTML);
        exchange.uri = "//evil.example/system/console";

        exchange.authenticate();

        assertThat(exchange.answer.get("location")).isEqualTo("/login?next=%2Fevil.example%2Fsystem%2Fconsole");
    }

    @Test
    void challengesPrograms() {
        Exchange exchange = new Exchange("GET").header("Accept", "*/*");

        assertThat(exchange.authenticate()).isNull();
        assertThat(exchange.status).isEqualTo(401);
        assertThat(exchange.answer.get("www-authenticate")).startsWith("Basic ");
    }

    @Test
    void doesNotOpenThePasswordBoxForAScriptWhoseSessionEnded() {
        Exchange exchange = new Exchange("GET").header("Accept", "*/*").header("Sec-Fetch-Mode", "cors");

        assertThat(exchange.authenticate()).isNull();
        assertThat(exchange.status).isEqualTo(401);
        assertThat(exchange.answer).doesNotContainKey("www-authenticate");
    }

    @Test
    void takesNameAndPasswordAndHashesThemOnce() {
        for (int i = 0; i < 3; i++) {
            assertThat(new Exchange("POST")
                            .header("Authorization", basic("admin", "right"))
                            .authenticate())
                    .isEqualTo(ADMIN);
        }

        assertThat(passwordChecks).isEqualTo(1);
    }

    @Test
    void forgetsARememberedLogInWhenItsSessionEnds() {
        String header = basic("admin", "right");
        new Exchange("GET").header("Authorization", header).authenticate();
        sessions.clear();

        assertThat(new Exchange("GET").header("Authorization", header).authenticate())
                .isEqualTo(ADMIN);
        assertThat(passwordChecks).isEqualTo(2);
    }

    @Test
    void refusesWrongCredentials() {
        for (String header : new String[] {
            basic("admin", "wrong"), "Basic %%%", "Basic", "Basic " + base64("no colon"), "Digest x", "Bearer evk_wrong"
        }) {
            Exchange exchange = new Exchange("GET").header("Authorization", header);
            assertThat(exchange.authenticate()).as(header).isNull();
            assertThat(exchange.status).as(header).isEqualTo(401);
        }
    }

    @Test
    void passesOnThatThereWereTooManyFailures() {
        Exchange exchange = new Exchange("GET").header("Authorization", basic("limited", "x"));

        assertThat(exchange.authenticate()).isNull();
        assertThat(exchange.status).isEqualTo(429);
        assertThat(exchange.answer.get("retry-after")).isEqualTo("301");
    }

    @Test
    void takesTokensOfAdministrators() {
        assertThat(new Exchange("GET")
                        .header("Authorization", "Bearer evk_admin")
                        .authenticate())
                .isEqualTo(ADMIN);
        assertThat(new Exchange("GET")
                        .header("Authorization", basic("x", "evk_admin"))
                        .authenticate())
                .isEqualTo(ADMIN);
        Exchange reader = new Exchange("GET").header("Authorization", "bearer evk_reader");
        assertThat(reader.authenticate()).isNull();
        assertThat(reader.status).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "same-origin, -,                         -, true",
                "none,        -,                         -, true",
                "cross-site,  -,                         -, false",
                "same-site,   http://shop.example:8080,  -, false",
                "-,           http://shop.example:8080,  -, true",
                "-,           https://SHOP.example:8080, -, true",
                "-,           http://shop.example:9090,  -, false",
                "-,           http://evil.example,       -, false",
                "-,           null,                      -, false",
                "-,           -, http://shop.example:8080/system/console, true",
                "-,           -, http://evil.example/shop.example:8080,   false",
                "-,           -,                         -, false",
            })
    void refusesChangesThatAnotherSitesPageMakes(String site, String origin, String referer, boolean in) {
        sessions.put("s1", session("s1", ADMIN));
        Exchange exchange = new Exchange("POST")
                .cookie("s1")
                .header("Sec-Fetch-Site", site)
                .header("Origin", origin)
                .header("Referer", referer);

        assertThat(exchange.authenticate() != null).isEqualTo(in);
        assertThat(exchange.status).isEqualTo(in ? 200 : 403);
    }

    @Test
    void refusesForeignChangesEvenWithCredentialsThatTheBrowserRemembers() {
        Exchange exchange = new Exchange("POST")
                .header("Authorization", basic("admin", "right"))
                .header("Origin", "http://evil.example");

        assertThat(exchange.authenticate()).isNull();
        assertThat(exchange.status).isEqualTo(403);
        assertThat(passwordChecks).isZero();
    }

    @Test
    void logsOut() {
        sessions.put("s1", session("s1", ADMIN));
        Exchange exchange = new Exchange("GET").cookie("s1");

        security.logout(exchange.request(), exchange.response());

        assertThat(sessions).isEmpty();
        assertThat(exchange.answer.get("location")).isEqualTo("/login");
        assertThat(exchange.set.getMaxAge()).isZero();
        assertThat(exchange.set.getPath()).isEqualTo("/");
    }

    private static Session session(String id, Principal principal) {
        return new Session(id, "csrf", principal, Instant.MAX);
    }

    private static String basic(String name, String password) {
        return "Basic " + base64(name + ":" + password);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private Accounts accounts() {
        return proxy(Accounts.class, (method, arguments) -> switch (method) {
            case "session" -> Optional.ofNullable(sessions.get(arguments[0]));
            case "logOut" -> sessions.remove(arguments[0]);
            case "token" ->
                switch ((String) arguments[0]) {
                    case "evk_admin" -> Optional.of(ADMIN);
                    case "evk_reader" -> Optional.of(READER);
                    default -> Optional.empty();
                };
            case "logIn" -> logIn((String) arguments[0], (String) arguments[1]);
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private LogIn logIn(String name, String password) {
        passwordChecks++;
        if (name.equals("limited")) {
            return new LogIn.TooMany(Duration.ofMillis(300_001));
        }
        if (!password.equals("right")) {
            return new LogIn.Refused();
        }
        Session session = session("made-" + passwordChecks, ADMIN);
        sessions.put(session.id(), session);
        return new LogIn.Opened(session);
    }

    /** A request to the Web Console, and what is answered. */
    private final class Exchange {
        private final String method;
        private final Map<String, String> headers = new HashMap<>();
        private final Map<String, String> answer = new HashMap<>();
        private final StringWriter body = new StringWriter();
        private String uri = "/system/console/bundles";
        private String query;
        private Cookie[] cookies;
        private Cookie set;
        private int status = 200;

        Exchange(String method) {
            this.method = method;
            header("Host", "shop.example:8080");
        }

        Exchange header(String name, String value) {
            headers.put(name.toLowerCase(Locale.ROOT), value);
            return this;
        }

        Exchange cookie(String session) {
            cookies = new Cookie[] {new Cookie("other", "x"), new Cookie(Accounts.SESSION_COOKIE, session)};
            return this;
        }

        Object authenticate() {
            return security.authenticate(request(), response());
        }

        HttpServletRequest request() {
            return proxy(HttpServletRequest.class, (called, arguments) -> switch (called) {
                case "getMethod" -> method;
                case "getHeader" -> headers.get(((String) arguments[0]).toLowerCase(Locale.ROOT));
                case "getCookies" -> cookies;
                case "getRequestURI" -> uri;
                case "getQueryString" -> query;
                case "getRemoteAddr" -> "192.0.2.1";
                default -> throw new UnsupportedOperationException(called);
            });
        }

        HttpServletResponse response() {
            return proxy(HttpServletResponse.class, (called, arguments) -> {
                switch (called) {
                    case "setStatus" -> status = (int) arguments[0];
                    case "setHeader" ->
                        answer.put(((String) arguments[0]).toLowerCase(Locale.ROOT), (String) arguments[1]);
                    case "addCookie" -> set = (Cookie) arguments[0];
                    case "getWriter" -> {
                        return new PrintWriter(body, true);
                    }
                    case "setContentType" -> {}
                    default -> throw new UnsupportedOperationException(called);
                }
                return null;
            });
        }
    }

    private interface Answer {
        Object to(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.to(method.getName(), arguments)));
    }
}
