package org.evenkeel.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenkeel.accounts.Accounts;
import org.evenkeel.accounts.Principal;
import org.evenkeel.accounts.Principal.Scope;
import org.evenkeel.ledger.ProductQuery;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.Test;

/** What stands before every resource, also before one that another bundle adds. */
class RestApplicationTest {
    private static final String SESSION = "the-session";
    private static final String CSRF = "the-secret-of-its-forms";

    /** A resource as another bundle may bring it. */
    @Path("things")
    @Produces(MediaType.APPLICATION_JSON)
    public static class Things {
        @GET
        public Map<String, Object> list(
                @QueryParam("sort") @DefaultValue("SKU") ProductQuery.Sort sort,
                @QueryParam("product") Long product,
                @QueryParam("deep") @DefaultValue("false") boolean deep,
                @BeanParam Paging paging) {
            return Map.of(
                    "sort",
                    sort,
                    "product",
                    String.valueOf(product),
                    "deep",
                    deep,
                    "limit",
                    paging.request().limit());
        }

        @GET
        @Path("{id}")
        public Map<String, Object> get(@PathParam("id") long id) {
            return Map.of("id", id);
        }

        @POST
        public void write() {}

        @DELETE
        @Needs(Scope.ADMIN)
        public void clear() {}
    }

    private final ApplicationHandler api =
            new ApplicationHandler(ResourceConfig.forApplication(new RestApplication(accounts()))
                    .register(new Things())
                    .register(new AbstractBinder() {
                        @Override
                        protected void configure() {
                            bind(nobody(HttpServletRequest.class)).to(HttpServletRequest.class);
                        }
                    }));

    private record Answer(int status, JsonNode body, String type, String cache) {}

    @Test
    void nobodyReadsWithoutSayingWhoTheyAre() throws Exception {
        Answer answer = call("GET", "things", Map.of());
        assertEquals(401, answer.status());
        assertEquals(Problem.MEDIA_TYPE, answer.type());
        assertEquals(
                401,
                call("GET", "things", Map.of("Authorization", "Bearer wrong")).status());
        assertEquals(
                401,
                call("GET", "things", Map.of("Authorization", "Basic eDp5")).status());
    }

    @Test
    void aTokenDoesWhatItsScopeAllows() throws Exception {
        assertEquals(200, call("GET", "things", token(Scope.READ)).status());
        assertEquals(403, call("POST", "things", token(Scope.READ)).status());
        assertEquals(204, call("POST", "things", token(Scope.WRITE)).status());
        assertEquals(403, call("DELETE", "things", token(Scope.WRITE)).status());
        assertEquals(204, call("DELETE", "things", token(Scope.ADMIN)).status());
    }

    @Test
    void aSessionAloneReadsAndOnlyItsSecretWrites() throws Exception {
        String cookie = Accounts.SESSION_COOKIE + "=" + SESSION;
        assertEquals(200, call("GET", "things", Map.of("Cookie", cookie)).status());
        assertEquals(403, call("POST", "things", Map.of("Cookie", cookie)).status());
        assertEquals(
                403,
                call("POST", "things", Map.of("Cookie", cookie, "X-CSRF-Token", "x"))
                        .status());
        assertEquals(
                204,
                call("POST", "things", Map.of("Cookie", cookie, "X-CSRF-Token", CSRF))
                        .status());
    }

    @Test
    void noAnswerIsKeptByACache() throws Exception {
        assertEquals("no-store", call("GET", "things", token(Scope.READ)).cache());
        assertEquals("no-store", call("GET", "things", Map.of()).cache());
    }

    @Test
    void parametersAreReadWithTheirDefaults() throws Exception {
        JsonNode plain = call("GET", "things", token(Scope.READ)).body();
        assertEquals("SKU", plain.path("sort").asText());
        assertEquals("null", plain.path("product").asText());
        assertEquals(50, plain.path("limit").asInt());
        JsonNode given = call("GET", "things?sort=available&product=7&deep=true&limit=500", token(Scope.READ))
                .body();
        assertEquals("AVAILABLE", given.path("sort").asText());
        assertEquals("7", given.path("product").asText());
        assertTrue(given.path("deep").asBoolean());
        assertEquals(500, given.path("limit").asInt());
    }

    @Test
    void aParameterThatCannotBeReadIsRefusedByItsName() throws Exception {
        for (String wrong :
                List.of("sort=nope", "product=abc", "deep=maybe", "limit=x", "offset=99999999999", "limit=0")) {
            Answer answer = call("GET", "things?" + wrong, token(Scope.READ));
            assertEquals(422, answer.status(), wrong);
            assertEquals(
                    wrong.substring(0, wrong.indexOf('=')),
                    answer.body().path("field").asText());
        }
    }

    @Test
    void anAddressOfNothingIsNotFound() throws Exception {
        assertEquals(404, call("GET", "things/abc", token(Scope.READ)).status());
        assertEquals(404, call("GET", "nothing", token(Scope.READ)).status());
        assertEquals(405, call("PUT", "things", token(Scope.READ)).status());
    }

    private Answer call(String method, String path, Map<String, String> headers) throws Exception {
        URI base = URI.create("http://localhost/api/v1/");
        ContainerRequest request = new ContainerRequest(
                base, base.resolve(path), method, null, new MapPropertiesDelegate(), api.getConfiguration());
        headers.forEach(request::header);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        ContainerResponse response = api.apply(request, body).get();
        String type =
                response.getMediaType() == null ? "" : response.getMediaType().toString();
        return new Answer(
                response.getStatus(),
                Json.mapper().readTree(body.toByteArray()),
                type,
                response.getHeaderString("Cache-Control"));
    }

    private static Map<String, String> token(Scope scope) {
        return Map.of("Authorization", "Bearer " + scope);
    }

    /** Knows a token for each scope, named like it, and one session. */
    private static Accounts accounts() {
        return (Accounts) Proxy.newProxyInstance(
                Accounts.class.getClassLoader(),
                new Class<?>[] {Accounts.class},
                (p, method, args) -> switch (method.getName()) {
                    case "token" ->
                        List.of(Scope.values()).stream()
                                .filter(scope -> scope.name().equals(args[0]))
                                .map(scope -> new Principal("token:test", "test", scope))
                                .findFirst();
                    case "session" ->
                        args[0].equals(SESSION)
                                ? Optional.of(new Accounts.Session(
                                        SESSION,
                                        CSRF,
                                        new Principal("user:admin", "admin", Scope.ADMIN),
                                        java.time.Instant.MAX))
                                : Optional.empty();
                    case "hashCode" -> 1;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static <T> T nobody(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (p, method, args) -> switch (method.getName()) {
                    case "getRemoteAddr" -> "127.0.0.1";
                    case "hashCode" -> 1;
                    case "equals" -> p == args[0];
                    default -> null;
                }));
    }
}
