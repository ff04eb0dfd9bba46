package org.evenkeel.dashboard;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletErrorPage;

/** What a person sees where a page ends in an error: words and a way on, and nothing of the inside. */
@Component(service = Servlet.class)
@HttpWhiteboardServletErrorPage(errorPage = {"403", "404", "405", "500", "503"})
@Web.InContext
public final class ErrorServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private final transient Surroundings surroundings;

    @Activate
    public ErrorServlet(@Reference Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The page. */
    public record View(String title, String message) {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Object message = request.getAttribute(RequestDispatcher.ERROR_MESSAGE);
        int code = status instanceof Integer number ? number : HttpServletResponse.SC_NOT_FOUND;
        response.setStatus(code);
        response.setHeader("Cache-Control", "no-store");
        surroundings.render(response, "error.jte", view(code, message == null ? "" : message.toString()));
    }

    static View view(int code, String message) {
        return switch (code) {
            case 403 -> new View("Not allowed", message.isBlank() ? "This is not allowed." : message);
            case 404 -> new View("Not found", "There is nothing at this address.");
            case 405 -> new View("Not possible", "This address takes no such request.");
            case 503 -> new View("Not now", message.isBlank() ? "Try again in a moment." : message);
            default -> new View("Something went wrong", "The log tells more.");
        };
    }
}
