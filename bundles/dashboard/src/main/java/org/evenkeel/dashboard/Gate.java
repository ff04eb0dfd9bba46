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
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.evenkeel.accounts.Accounts;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
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

    private static final Set<String> OWN = Set.of("same-origin", "none");
    private final transient AtomicReference<Accounts> accounts = new AtomicReference<>();

    /** Without accounts to ask the gate is still there, and shut: the pages behind it do not go when the accounts do. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindAccounts(Accounts present) {
        accounts.set(present);
    }

    void unbindAccounts(Accounts gone) {
        accounts.compareAndSet(gone, null);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Content-Security-Policy", CONTENT_POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        if (accounts.get() == null && !isAsset(request)) {
            Away.answer(response);
            return;
        }
        if (isForeign(request)) {
            response.sendError(403, "This form is from another site.");
            return;
        }
        Optional<Accounts.Session> session = session(request);
        session.ifPresent(open -> request.setAttribute(SESSION, open));
        if (!isAsset(request)) {
            response.setHeader("Cache-Control", "no-store");
        }
        if (isOpen(request)) {
            chain.doFilter(request, response);
        } else if (session.isEmpty()) {
            sendToLogIn(request, response);
        } else if (!READING.contains(request.getMethod()) && !carriesSecret(request, session.get())) {
            response.sendError(403, "This form is from another session. Load the page again and repeat.");
        } else {
            chain.doFilter(request, response);
        }
    }

    /** A form that another site's page sends; it matters for the log-in, whose form carries no secret. */
    private static boolean isForeign(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return site != null && !READING.contains(request.getMethod()) && !OWN.contains(site);
    }

    private static boolean isAsset(HttpServletRequest request) {
        return request.getRequestURI().startsWith(AssetServlet.PATH);
    }

    private static boolean isOpen(HttpServletRequest request) {
        return request.getRequestURI().equals(LogInServlet.PATH) || isAsset(request);
    }

    private Optional<Accounts.Session> session(HttpServletRequest request) {
        Accounts present = accounts.get();
        return Optional.ofNullable(request.getCookies())
                .map(Arrays::stream)
                .orElseGet(Stream::empty)
                .filter(cookie -> cookie.getName().equals(Accounts.SESSION_COOKIE))
                .map(Cookie::getValue)
                .findFirst()
                .flatMap(id -> present == null ? Optional.empty() : present.session(id));
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
