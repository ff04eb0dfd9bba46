package org.evenkeel.webhooks;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants;

/** Webhooks come in where the pages are: a servlet of the HTTP whiteboard. */
final class ServletDoor implements Door {
    private final ServiceRegistration<Servlet> registration;

    ServletDoor(BundleContext context, Intake intake) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN, PATH + "*");
        properties.put(HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_NAME, "webhooks");
        this.registration = context.registerService(Servlet.class, new WebhookServlet(intake), properties);
    }

    @Override
    public String place() {
        return PATH + " beside the pages";
    }

    @Override
    public void close() {
        registration.unregister();
    }

    /** Hands requests to the intake. */
    static final class WebhookServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final transient Intake intake;

        WebhookServlet(Intake intake) {
            this.intake = intake;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            boolean post = request.getMethod().equals("POST");
            answer(post ? intake.take(new ServletPost(request)) : Answer.NOT_POST, response);
        }

        private static void answer(Answer answer, HttpServletResponse response) throws IOException {
            response.setStatus(answer.status());
            if (answer == Answer.NOT_POST) {
                response.setHeader("Allow", "POST");
            }
            if (answer.retryAfter() != null) {
                response.setHeader(
                        "Retry-After", Long.toString(answer.retryAfter().toSeconds()));
            }
            if (!answer.words().isEmpty()) {
                response.setContentType("text/plain;charset=utf-8");
                response.getWriter().write(answer.words());
            }
        }
    }

    private record ServletPost(HttpServletRequest request) implements Post {
        @Override
        public String store() {
            String path = request.getPathInfo();
            return path == null ? "" : path.substring(1);
        }

        @Override
        public String peer() {
            return request.getRemoteAddr();
        }

        @Override
        public long length() {
            return request.getContentLengthLong();
        }

        @Override
        public Map<String, List<String>> headers() {
            Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            Collections.list(request.getHeaderNames())
                    .forEach(name -> headers.put(name, Collections.list(request.getHeaders(name))));
            return headers;
        }

        @Override
        public InputStream body() throws IOException {
            return request.getInputStream();
        }
    }
}
