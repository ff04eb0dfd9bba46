package org.evenkeel.dashboard;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.evenkeel.setup.StoreSetup;
import org.evenkeel.sync.StoreSync;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The bare address of the site leads to the products. It is there once they are: who starts the host asks here whether it is
 * up.
 */
// The pattern "" is the root alone; in a list of patterns, or by its annotation, an empty one would be lost.
@Component(service = Servlet.class, property = "osgi.http.whiteboard.servlet.pattern=")
@Web.InContext
public final class HomeServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** Waits for what the pages wait for; it needs nothing of it. */
    @Activate
    public HomeServlet(@Reference Surroundings surroundings, @Reference StoreSync sync, @Reference StoreSetup setup) {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.sendRedirect("/products");
    }
}
