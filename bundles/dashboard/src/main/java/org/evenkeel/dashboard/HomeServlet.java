package org.evenkeel.dashboard;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;

/** The bare address of the site leads to the products. */
// The pattern "" is the root alone; in a list of patterns, or by its annotation, an empty one would be lost.
@Component(service = Servlet.class, property = "osgi.http.whiteboard.servlet.pattern=")
@Web.InContext
public final class HomeServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.sendRedirect("/products");
    }
}
