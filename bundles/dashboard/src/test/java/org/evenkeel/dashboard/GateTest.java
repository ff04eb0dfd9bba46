package org.evenkeel.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.evenkeel.accounts.Accounts;
import org.evenkeel.accounts.Principal;
import org.junit.jupiter.api.Test;

/** Who comes through to a page. */
class GateTest {
    private static final Accounts.Session SESSION = new Accounts.Session(
            "the-cookie", "the-secret", new Principal("user:admin", "admin", Principal.Scope.ADMIN), Instant.MAX);

    private final Gate gate = new Gate();
    private final Accounts accounts = accounts();
    private final Map<String, String> headers = new HashMap<>();
    private final Map<String, String> parameters = new HashMap<>();
    private final Map<String, String> answered = new HashMap<>();
    private final Map<String, Object> attributes = new HashMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private String cookie;
    private int status = 200;
    private boolean through;

    private void ask(String method, String path) throws Exception {
        through = false;
        gate.doFilter(request(method, path), response(), (request, response) -> through = true);
    }

    @Test
    void aStrangerIsSentToTheLogInAndBack() throws Exception {
        gate.bindAccounts(accounts);
        ask("GET", "/products");
        assertFalse(through);
        assertEquals("/login?next=%2Fproducts", answered.get("Location"));
    }

    @Test
    void theLogInAndItsStyleAreOpen() throws Exception {
        gate.bindAccounts(accounts);
        ask("GET", "/login");
        assertTrue(through);
        assertEquals("no-store", answered.get("Cache-Control"));
        ask("GET", "/assets/evenkeel.css");
        assertTrue(through);
    }

    @Test
    void aSessionReadsAndItsSecretWrites() throws Exception {
        gate.bindAccounts(accounts);
        cookie = SESSION.id();
        ask("GET", "/products");
        assertTrue(through);
        assertEquals(SESSION, attributes.get(Gate.SESSION));
        ask("POST", "/products");
        assertFalse(through);
        assertEquals(403, status);
        parameters.put(Gate.CSRF_FIELD, "another");
        ask("POST", "/products");
        assertFalse(through);
        parameters.put(Gate.CSRF_FIELD, SESSION.csrf());
        ask("POST", "/products");
        assertTrue(through);
    }

    @Test
    void anotherSitesPageCannotLogSomebodyIn() throws Exception {
        gate.bindAccounts(accounts);
        for (String site : new String[] {"cross-site", "same-site"}) {
            headers.put("Sec-Fetch-Site", site);
            ask("POST", "/login");
            assertFalse(through, site);
            assertEquals(403, status);
        }
        headers.put("Sec-Fetch-Site", "same-origin");
        ask("POST", "/login");
        assertTrue(through);
    }

    @Test
    void withoutAccountsItIsShutAndSaysSo() throws Exception {
        gate.bindAccounts(accounts);
        gate.unbindAccounts(accounts);
        cookie = SESSION.id();
        for (String path : new String[] {"/products", "/login", "/events"}) {
            ask("GET", path);
            assertFalse(through, path);
            assertEquals(503, status, path);
        }
        assertTrue(body.toString().contains("database"), body.toString());
    }

    @Test
    void everyPageForbidsForeignScriptsAndFrames() throws Exception {
        gate.bindAccounts(accounts);
        ask("GET", "/login");
        String policy = answered.get("Content-Security-Policy");
        assertTrue(policy.contains("script-src 'self'"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        assertTrue(policy.contains("frame-ancestors 'none'"), policy);
        assertEquals("nosniff", answered.get("X-Content-Type-Options"));
    }

    private HttpServletRequest request(String method, String path) {
        return proxy(HttpServletRequest.class, (name, args) -> switch (name) {
            case "getMethod" -> method;
            case "getRequestURI" -> path;
            case "getHeader" -> headers.get(args[0]);
            case "getParameter" -> parameters.get(args[0]);
            case "getCookies" -> cookie == null ? null : new Cookie[] {new Cookie(Accounts.SESSION_COOKIE, cookie)};
            case "setAttribute" -> attributes.put((String) args[0], args[1]);
            default -> null;
        });
    }

    private HttpServletResponse response() {
        return proxy(HttpServletResponse.class, (name, args) -> switch (name) {
            case "setHeader" -> answered.put((String) args[0], (String) args[1]);
            case "setStatus", "sendError" -> status = (int) args[0];
            case "sendRedirect" -> answered.put("Location", (String) args[0]);
            case "getOutputStream" -> new Body();
            default -> null;
        });
    }

    /** Keeps what is written. */
    private final class Body extends ServletOutputStream {
        @Override
        public void write(int octet) {
            body.write(octet);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}
    }

    private static Accounts accounts() {
        return proxy(Accounts.class, (name, args) -> switch (name) {
            case "session" -> Optional.of(SESSION).filter(open -> open.id().equals(args[0]));
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private interface Behaviour {
        Object answer(String method, Object[] args);
    }

    private static <T> T proxy(Class<T> type, Behaviour behaviour) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            if (method.getName().equals("equals")) {
                return self == args[0];
            }
            if (method.getName().equals("hashCode")) {
                return System.identityHashCode(self);
            }
            Object answer = behaviour.answer(method.getName(), args);
            return method.getReturnType() == void.class ? null : answer;
        }));
    }
}
