package org.evenkeel.dashboard;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.evenkeel.accounts.Accounts;
import org.evenkeel.accounts.Principal;
import org.osgi.framework.BundleContext;

/**
 * A person in front of one page, without a server: what a servlet is asked and what it answers. Every page that was asked for is
 * kept below {@code target/pages} for a person to look at, beside the style sheet that it wants.
 */
final class Visit {
    private static final Path KEPT = Path.of("target", "pages");
    final Surroundings surroundings = new Surroundings(
            Stand.in(BundleContext.class, (method, args) -> method.equals("getProperty") ? null : null));
    private final Map<String, String[]> parameters = new LinkedHashMap<>();
    private final Map<String, Part> files = new LinkedHashMap<>();
    private final Map<String, String> answered = new HashMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private Principal.Scope scope = Principal.Scope.ADMIN;
    private int status;

    /** Somebody with another account than the administrator's. */
    Visit as(Principal.Scope other) {
        scope = other;
        return this;
    }

    Visit with(String parameter, String... values) {
        parameters.put(parameter, values);
        return this;
    }

    /** Forgets what was filled in. */
    Visit anew() {
        parameters.clear();
        return this;
    }

    /** A file that a form sends along. */
    Visit withFile(String field, String name, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        files.put(field, Stand.in(Part.class, (method, args) -> switch (method) {
            case "getSize" -> (long) bytes.length;
            case "getSubmittedFileName" -> name;
            case "getInputStream" -> new ByteArrayInputStream(bytes);
            default -> null;
        }));
        return this;
    }

    /** Asks for a page; its address is the servlet's path and what stands behind it, such as {@code /stores} and {@code /one}. */
    String page(Area servlet, String path, String behind) throws IOException {
        begin();
        servlet.doGet(request("GET", path, behind), response());
        String page = body.toString(StandardCharsets.UTF_8);
        keep(page);
        return page;
    }

    /** Sends a form; what it did is told by {@link #notice}. */
    Visit send(Area servlet, String path, String behind) throws IOException {
        begin();
        servlet.doPost(request("POST", path, behind), response());
        if (body.size() > 0) {
            keep(body());
        }
        return this;
    }

    private void begin() {
        status = 200;
        answered.clear();
        body.reset();
    }

    int status() {
        return status;
    }

    String body() {
        return body.toString(StandardCharsets.UTF_8);
    }

    String location() {
        return answered.get("Location");
    }

    String header(String name) {
        return answered.get(name);
    }

    /** What the last form did, in words; it is told once. */
    String notice() {
        Notice notice = surroundings.notices().heard(session());
        return notice == null ? "" : notice.words();
    }

    private Accounts.Session session() {
        return new Accounts.Session("the-cookie", "the-secret", new Principal("user:anna", "anna", scope), Instant.MAX);
    }

    private HttpServletRequest request(String method, String path, String behind) {
        return Stand.in(HttpServletRequest.class, (name, args) -> switch (name) {
            case "getMethod" -> method;
            case "getServletPath" -> path;
            case "getPathInfo" -> behind.isEmpty() ? null : behind;
            case "getRequestURI" -> path + behind;
            case "getAttribute" -> args[0].equals(Gate.SESSION) ? session() : null;
            case "getParameter" -> parameters.containsKey(args[0]) ? parameters.get(args[0])[0] : null;
            case "getPart" -> files.get(args[0]);
            case "getParameterValues" -> parameters.get(args[0]);
            case "getParameterMap" -> parameters;
            default -> null;
        });
    }

    private HttpServletResponse response() {
        return Stand.in(HttpServletResponse.class, (name, args) -> switch (name) {
            case "setStatus" -> status = (int) args[0];
            case "setHeader" -> answered.put((String) args[0], (String) args[1]);
            case "sendRedirect" -> {
                status = 302;
                yield answered.put("Location", (String) args[0]);
            }
            case "getOutputStream" -> new Body();
            default -> null;
        });
    }

    /** Under the name of the test that asked for it. */
    private static void keep(String page) throws IOException {
        String name = StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> frame.getClassName().endsWith("Test"))
                        .map(frame -> frame.getClassName().replaceAll(".*\\.", "") + "." + frame.getMethodName())
                        .reduce((inner, outer) -> outer)
                        .orElse("page"));
        Files.createDirectories(KEPT);
        Files.writeString(
                KEPT.resolve(name + ".html"), page.replace("/assets/", "../classes/org/evenkeel/dashboard/assets/"));
    }

    /** Keeps what is written. */
    private final class Body extends ServletOutputStream {
        @Override
        public void write(int octet) {
            body.write(octet);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            // Nothing is written later.
        }
    }
}
