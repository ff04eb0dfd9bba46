package org.evenkeel.webconsole.internal;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.evenkeel.accounts.Accounts;
import org.evenkeel.accounts.Principal;
import org.evenkeel.accounts.Principal.Scope;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Web Console's door: open to who is logged in to Evenkeel as an administrator, and to programs with such credentials.
 * Thread-safe.
 */
@Component(service = SecurityProvider.class, property = SecurityProvider.PROPERTY_ID + "=" + ConsoleSecurity.ID)
public final class ConsoleSecurity implements SecurityProvider {

    /** What the Web Console's framework property {@code felix.webconsole.security.providers} names. */
    static final String ID = "org.evenkeel.accounts";

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleSecurity.class);
    private static final String LOGIN_PAGE = "/login";
    private static final int TOO_MANY_REQUESTS = 429;

    private final Accounts accounts;
    private final HeaderLogIn headers;

    @Activate
    public ConsoleSecurity(@Reference Accounts accounts) {
        this.accounts = accounts;
        this.headers = new HeaderLogIn(accounts);
    }

    @Override
    public Object authenticate(HttpServletRequest request, HttpServletResponse response) {
        try {
            response.setHeader("Cache-Control", "no-store");
            SameOrigin.Verdict origin = SameOrigin.of(request);
            if (origin == SameOrigin.Verdict.FOREIGN) {
                LOG.warn("Refused a request of another site to the Web Console, from {}", request.getRemoteAddr());
                return refuse(
                        response, HttpServletResponse.SC_FORBIDDEN, "This request was made by another site's page.");
            }
            String authorization = request.getHeader("Authorization");
            return authorization != null
                    ? byHeader(authorization, request, response)
                    : byCookie(origin, request, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Object byHeader(String authorization, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        HeaderLogIn.Result result = headers.logIn(authorization, request.getRemoteAddr());
        if (result instanceof HeaderLogIn.Result.Known known) {
            return administrator(known.principal(), response);
        }
        if (result instanceof HeaderLogIn.Result.TooMany tooMany) {
            response.setHeader("Retry-After", Long.toString(seconds(tooMany.retryAfter())));
            return refuse(response, TOO_MANY_REQUESTS, "Too many failures; try again later.");
        }
        return challenge(response);
    }

    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }

    private Object byCookie(SameOrigin.Verdict origin, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<Principal> principal =
                sessionId(request).flatMap(accounts::session).map(Accounts.Session::principal);
        if (principal.isEmpty()) {
            return askToLogIn(request, response);
        }
        if (origin == SameOrigin.Verdict.SILENT) {
            return refuse(
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    "This request does not say which page made it; programs log in by the Authorization header.");
        }
        return administrator(principal.get(), response);
    }

    private static Object administrator(Principal principal, HttpServletResponse response) throws IOException {
        return principal.may(Scope.ADMIN)
                ? principal
                : refuse(
                        response,
                        HttpServletResponse.SC_FORBIDDEN,
                        "The Web Console is for administrators; " + principal.name() + " is none.");
    }

    private static Object askToLogIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (wantsPage(request)) {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader(
                    "Location", LOGIN_PAGE + "?next=" + URLEncoder.encode(here(request), StandardCharsets.UTF_8));
            return null;
        }
        if (isScript(request)) {
            return refuse(response, HttpServletResponse.SC_UNAUTHORIZED, "The session has ended; log in again.");
        }
        return challenge(response);
    }

    private static boolean wantsPage(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return request.getMethod().equals("GET") && accept != null && accept.contains("text/html");
    }

    /** Whether a page's script asks: a challenge would open the browser's own box for a password. */
    private static boolean isScript(HttpServletRequest request) {
        return request.getHeader("Sec-Fetch-Mode") != null || request.getHeader("X-Requested-With") != null;
    }

    private static String here(HttpServletRequest request) {
        String query = request.getQueryString();
        // One slash at the start: with two, the rest would be taken for a host.
        String path = request.getRequestURI().replaceFirst("^/*", "/");
        return query == null ? path : path + "?" + query;
    }

    private static Object challenge(HttpServletResponse response) throws IOException {
        response.setHeader("WWW-Authenticate", "Basic realm=\"Evenkeel\", charset=\"UTF-8\"");
        return refuse(response, HttpServletResponse.SC_UNAUTHORIZED, "Log in as an administrator of Evenkeel.");
    }

    private static Object refuse(HttpServletResponse response, int status, String why) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println(why);
        return null;
    }

    private static Optional<String> sessionId(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        for (Cookie cookie : cookies) {
            if (cookie.getName().equals(Accounts.SESSION_COOKIE)) {
                return Optional.of(cookie.getValue());
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean authorize(Object user, String role) {
        return user instanceof Principal principal && principal.may(Scope.ADMIN);
    }

    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response) {
        sessionId(request).ifPresent(accounts::logOut);
        Cookie gone = new Cookie(Accounts.SESSION_COOKIE, "");
        gone.setPath("/");
        gone.setHttpOnly(true);
        gone.setMaxAge(0);
        response.addCookie(gone);
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", LOGIN_PAGE);
    }
}
