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

/** Ends the session. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/logout")
@Web.InContext
public final class LogOutServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private final transient Accounts accounts;

    @Activate
    public LogOutServlet(@Reference Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        accounts.logOut(Area.session(request).id());
        Cookie gone = LogInServlet.cookie(request, "");
        gone.setMaxAge(0);
        response.addCookie(gone);
        response.sendRedirect(LogInServlet.PATH);
    }
}
