package org.evenkeel.dashboard;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.evenkeel.accounts.Accounts;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** The log-in. Its form carries no session and so no secret of one; the {@link Gate} lets no other site's page send it. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern(LogInServlet.PATH)
@Web.InContext
public final class LogInServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    static final String PATH = "/login";
    private final transient Accounts accounts;
    private final transient Surroundings surroundings;

    @Activate
    public LogInServlet(@Reference Accounts accounts, @Reference Surroundings surroundings) {
        this.accounts = accounts;
        this.surroundings = surroundings;
    }

    /** The form, with what went wrong the last time; empty when nothing did. */
    public record View(String next, String name, String trouble, boolean demo) {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getAttribute(Gate.SESSION) != null) {
            response.sendRedirect(next(request));
            return;
        }
        form(request, response, "");
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = Area.text(request, "name");
        String password = request.getParameter("password");
        Accounts.LogIn result = accounts.logIn(name, password == null ? "" : password, request.getRemoteAddr());
        if (result instanceof Accounts.LogIn.Opened opened) {
            endPresent(request);
            response.addCookie(cookie(request, opened.session().id()));
            response.sendRedirect(next(request));
        } else if (result instanceof Accounts.LogIn.TooMany tooMany) {
            response.setStatus(429);
            response.setHeader("Retry-After", Long.toString(tooMany.retryAfter().toSeconds() + 1));
            form(
                    request,
                    response,
                    "Too many failed log-ins. Try again in %d s."
                            .formatted(tooMany.retryAfter().toSeconds() + 1));
        } else {
            response.setStatus(401);
            form(request, response, "Name or password is wrong.");
        }
    }

    /** Whoever logs in again leaves no session behind that nobody would end. */
    private void endPresent(HttpServletRequest request) {
        if (request.getAttribute(Gate.SESSION) instanceof Accounts.Session present) {
            accounts.logOut(present.id());
        }
    }

    static Cookie cookie(HttpServletRequest request, String id) {
        Cookie cookie = new Cookie(Accounts.SESSION_COOKIE, id);
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSecure(request.isSecure());
        cookie.setAttribute("SameSite", "Lax");
        return cookie;
    }

    private void form(HttpServletRequest request, HttpServletResponse response, String trouble) throws IOException {
        surroundings.render(
                response,
                "login.jte",
                new View(next(request), Area.text(request, "name"), trouble, surroundings.demo()));
    }

    private static String next(HttpServletRequest request) {
        return Links.local(Area.text(request, "next"), "/");
    }
}
