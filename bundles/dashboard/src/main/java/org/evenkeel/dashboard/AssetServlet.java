package org.evenkeel.dashboard;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** The style sheet and the scripts, from within this bundle. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern(AssetServlet.PATH + "*")
@Web.InContext
public final class AssetServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    static final String PATH = "/assets/";
    private static final Map<String, String> TYPES = Map.of(
            "/evenkeel.css", "text/css; charset=utf-8",
            "/evenkeel.js", "text/javascript; charset=utf-8",
            "/htmx.min.js", "text/javascript; charset=utf-8",
            "/sse.js", "text/javascript; charset=utf-8",
            "/mark.svg", "image/svg+xml");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = request.getPathInfo();
        String type = name == null ? null : TYPES.get(name);
        if (type == null) {
            response.sendError(404);
            return;
        }
        response.setContentType(type);
        response.setHeader("Cache-Control", "max-age=3600");
        try (InputStream asset = AssetServlet.class.getResourceAsStream("assets" + name)) {
            asset.transferTo(response.getOutputStream());
        }
    }
}
