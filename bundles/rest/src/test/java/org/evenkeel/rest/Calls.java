package org.evenkeel.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.evenkeel.accounts.Accounts;
import org.evenkeel.accounts.Principal;
import org.evenkeel.accounts.Principal.Scope;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.ResourceConfig;

/** Calls of the API without a server: the application with its door, in front of some resources. */
final class Calls {
    static final String SESSION = "the-session";
    static final String CSRF = "the-secret-of-its-forms";
    private static final URI BASE = URI.create("http://localhost/api/v1/");

    private final ApplicationHandler api;

    Calls(Object... resources) {
        ResourceConfig config = ResourceConfig.forApplication(new RestApplication(accounts()));
        Arrays.stream(resources).forEach(config::register);
        api = new ApplicationHandler(config.register(new AbstractBinder() {
            @Override
            protected void configure() {
                bind(Stand.in(
                                HttpServletRequest.class,
                                (method, args) -> method.equals("getRemoteAddr") ? "127.0.0.1" : null))
                        .to(HttpServletRequest.class);
            }
        }));
    }

    /** An answer; its body as JSON where it is some, and as it came. */
    record Answer(int status, JsonNode body, String text, String type, String cache, String location) {}

    Answer get(String path) throws Exception {
        return call("GET", path, token(Scope.READ), null);
    }

    Answer send(String method, String path, String body) throws Exception {
        return call(method, path, token(Scope.ADMIN), body);
    }

    Answer call(String method, String path, Map<String, String> headers, String sent) throws Exception {
        ContainerRequest request = new ContainerRequest(
                BASE, BASE.resolve(path), method, null, new MapPropertiesDelegate(), api.getConfiguration());
        headers.forEach((name, value) -> {
            if (!name.equals("Content-Type")) {
                request.header(name, value);
            }
        });
        if (sent != null) {
            request.header("Content-Type", headers.getOrDefault("Content-Type", MediaType.APPLICATION_JSON));
            request.setEntityStream(new ByteArrayInputStream(sent.getBytes(StandardCharsets.UTF_8)));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        ContainerResponse response = api.apply(request, body).get();
        String type =
                response.getMediaType() == null ? "" : response.getMediaType().toString();
        return new Answer(
                response.getStatus(),
                type.contains("json") ? Json.mapper().readTree(body.toByteArray()) : MissingNode.getInstance(),
                body.toString(StandardCharsets.UTF_8),
                type,
                response.getHeaderString("Cache-Control"),
                response.getHeaderString("Location"));
    }

    static Map<String, String> token(Scope scope) {
        return Map.of("Authorization", "Bearer " + scope);
    }

    /** Knows a token for each scope, named like it, and one session. */
    private static Accounts accounts() {
        return Stand.in(Accounts.class, (method, args) -> switch (method) {
            case "token" ->
                Arrays.stream(Scope.values())
                        .filter(scope -> scope.name().equals(args[0]))
                        .map(scope -> new Principal("token:test", "test", scope))
                        .findFirst();
            case "session" ->
                args[0].equals(SESSION)
                        ? Optional.of(new Accounts.Session(
                                SESSION, CSRF, new Principal("user:admin", "admin", Scope.ADMIN), Instant.MAX))
                        : Optional.empty();
            default -> throw new UnsupportedOperationException(method);
        });
    }
}
