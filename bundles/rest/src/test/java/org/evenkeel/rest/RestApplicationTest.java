package org.evenkeel.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.List;
import java.util.Map;
import org.evenkeel.accounts.Accounts;
import org.evenkeel.accounts.Principal.Scope;
import org.evenkeel.ledger.ProductQuery;
import org.junit.jupiter.api.Test;

/** What stands before every resource, also before one that another bundle adds. */
class RestApplicationTest {
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

    private final Calls calls = new Calls(new Things());

    @Test
    void nobodyReadsWithoutSayingWhoTheyAre() throws Exception {
        Calls.Answer answer = call("GET", "things", Map.of());
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
        assertEquals(200, call("GET", "things", Calls.token(Scope.READ)).status());
        assertEquals(403, call("POST", "things", Calls.token(Scope.READ)).status());
        assertEquals(204, call("POST", "things", Calls.token(Scope.WRITE)).status());
        assertEquals(403, call("DELETE", "things", Calls.token(Scope.WRITE)).status());
        assertEquals(204, call("DELETE", "things", Calls.token(Scope.ADMIN)).status());
    }

    @Test
    void aSessionAloneReadsAndOnlyItsSecretWrites() throws Exception {
        String cookie = Accounts.SESSION_COOKIE + "=" + Calls.SESSION;
        assertEquals(200, call("GET", "things", Map.of("Cookie", cookie)).status());
        assertEquals(403, call("POST", "things", Map.of("Cookie", cookie)).status());
        assertEquals(
                403,
                call("POST", "things", Map.of("Cookie", cookie, "X-CSRF-Token", "x"))
                        .status());
        assertEquals(
                204,
                call("POST", "things", Map.of("Cookie", cookie, "X-CSRF-Token", Calls.CSRF))
                        .status());
    }

    @Test
    void noAnswerIsKeptByACache() throws Exception {
        assertEquals("no-store", call("GET", "things", Calls.token(Scope.READ)).cache());
        assertEquals("no-store", call("GET", "things", Map.of()).cache());
    }

    @Test
    void parametersAreReadWithTheirDefaults() throws Exception {
        JsonNode plain = call("GET", "things", Calls.token(Scope.READ)).body();
        assertEquals("SKU", plain.path("sort").asText());
        assertEquals("null", plain.path("product").asText());
        assertEquals(50, plain.path("limit").asInt());
        JsonNode given = call("GET", "things?sort=available&product=7&deep=true&limit=500", Calls.token(Scope.READ))
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
            Calls.Answer answer = call("GET", "things?" + wrong, Calls.token(Scope.READ));
            assertEquals(422, answer.status(), wrong);
            assertEquals(
                    wrong.substring(0, wrong.indexOf('=')),
                    answer.body().path("field").asText());
        }
    }

    @Test
    void anAddressOfNothingIsNotFound() throws Exception {
        assertEquals(404, call("GET", "things/abc", Calls.token(Scope.READ)).status());
        assertEquals(404, call("GET", "nothing", Calls.token(Scope.READ)).status());
        assertEquals(405, call("PUT", "things", Calls.token(Scope.READ)).status());
    }

    private Calls.Answer call(String method, String path, Map<String, String> headers) throws Exception {
        return calls.call(method, path, headers, null);
    }
}
