package org.evenkeel.dashboard;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.evenkeel.accounts.Accounts;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterPattern;

/**
 * Stands before every page: finds the session, sends strangers to the log-in, refuses forms without the session's secret, and
 * sets the headers that keep a page to itself.
 */
@Component(service = jakarta.servlet.Filter.class)
@HttpWhiteboardFilterPattern("/*")
@HttpWhiteboardFilterAsyncSupported
@Web.InContext
public final class Gate extends HttpFilter {
    private static final long serialVersionUID = 1L;
    static final String SESSION = "org.evenkeel.session";
    static final String CSRF_FIELD = "csrf";
    static final String CSRF_HEADER = "X-CSRF-Token";
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final String CONTENT_POLICY =
            "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self';"
                    + " frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    private final transient Accounts accounts;

    @Activate
    public Gate(@Reference Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Content-Security-Policy", CONTENT_POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        Optional<Accounts.Session> session = session(request);
        session.ifPresent(open -> request.setAttribute(SESSION, open));
        if (isOpen(request)) {
            chain.doFilter(request, response);
        } else if (session.isEmpty()) {
            sendToLogIn(request, response);
        } else if (!READING.contains(request.getMethod()) && !carriesSecret(request, session.get())) {
            response.sendError(403, "This form is from another session. Load the page again and repeat.");
        } else {
            response.setHeader("Cache-Control", "no-store");
            chain.doFilter(request, response);
        }
    }

    private static boolean isOpen(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.equals(LogInServlet.PATH) || path.startsWith(AssetServlet.PATH);
    }

    private Optional<Accounts.Session> session(HttpServletRequest request) {
        return Optional.ofNullable(request.getCookies())
                .map(Arrays::stream)
                .orElseGet(Stream::empty)
                .filter(cookie -> cookie.getName().equals(Accounts.SESSION_COOKIE))
                .map(Cookie::getValue)
                .findFirst()
                .flatMap(accounts::session);
    }

    private static boolean carriesSecret(HttpServletRequest request, Accounts.Session session) {
        String header = request.getHeader(CSRF_HEADER);
        String sent = header != null ? header : request.getParameter(CSRF_FIELD);
        return sent != null
                && MessageDigest.isEqual(
                        sent.getBytes(StandardCharsets.UTF_8), session.csrf().getBytes(StandardCharsets.UTF_8));
    }

    /** A script's request cannot follow a redirect to a whole page: it is told to load the log-in instead. */
    private static void sendToLogIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String query = request.getQueryString();
        String wanted = READING.contains(request.getMethod())
                ? request.getRequestURI() + (query == null ? "" : "?" + query)
                : "/";
        String logIn = LogInServlet.PATH + "?next=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8);
        if (request.getHeader("HX-Request") != null) {
            response.setHeader("HX-Redirect", LogInServlet.PATH);
            response.setStatus(204);
        } else {
            response.sendRedirect(logIn);
        }
    }
}
