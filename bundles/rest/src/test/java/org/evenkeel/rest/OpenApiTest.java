package org.evenkeel.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The description tells of every method, and of no other. */
class OpenApiTest {
    private static final List<Class<?>> RESOURCES = List.of(
            AuditResource.class,
            DriftsResource.class,
            ListingsResource.class,
            LocationsResource.class,
            MovementsResource.class,
            NodesResource.class,
            OpenApiResource.class,
            OrdersResource.class,
            PlansResource.class,
            ProductsResource.class,
            RuleImportsResource.class,
            RulesResource.class,
            RunsResource.class,
            StoresResource.class,
            WindowsResource.class);

    @Test
    void theDocumentTellsOfEveryMethod() throws IOException {
        JsonNode document = Json.mapper().readTree(new OpenApiResource().document());
        assertTrue(document.path("openapi").asText().startsWith("3."));
        TreeSet<String> described = new TreeSet<>();
        document.path("paths")
                .fields()
                .forEachRemaining(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> described.add(method + " " + path.getKey())));
        TreeSet<String> written = new TreeSet<>();
        RESOURCES.stream().flatMap(OpenApiTest::methods).forEach(written::add);
        assertEquals(written, described);
    }

    @Test
    void whatACallCannotDoWithoutIsRequired() throws IOException {
        JsonNode paths =
                Json.mapper().readTree(new OpenApiResource().document()).path("paths");
        assertTrue(parameter(paths, "/products/{product}/adjustments", "post", "Idempotency-Key")
                .path("required")
                .asBoolean());
        assertTrue(parameter(paths, "/movements/{movement}/undo", "post", "Idempotency-Key")
                .path("required")
                .asBoolean());
        assertTrue(parameter(paths, "/orders/{store}", "get", "id")
                .path("required")
                .asBoolean());
        JsonNode limit = parameter(paths, "/products", "get", "limit").path("schema");
        assertEquals("integer", limit.path("type").asText());
        assertEquals(1, limit.path("minimum").asInt());
        assertEquals(500, limit.path("maximum").asInt());
    }

    @Test
    void everyCallSaysHowItRefuses() throws IOException {
        JsonNode document = Json.mapper().readTree(new OpenApiResource().document());
        for (JsonNode path : document.path("paths")) {
            for (JsonNode call : path) {
                assertEquals(
                        "#/components/responses/Refused",
                        call.path("responses").path("4XX").path("$ref").asText(),
                        call.path("operationId").asText());
            }
        }
        assertEquals(
                "#/components/schemas/Problem",
                document.at("/components/responses/Refused/content/application~1problem+json/schema/$ref")
                        .asText());
        TreeSet<String> described = new TreeSet<>();
        document.at("/components/schemas/Problem/properties").fieldNames().forEachRemaining(described::add);
        TreeSet<String> sent = new TreeSet<>();
        Arrays.stream(Problem.Body.class.getRecordComponents())
                .map(part -> part.getName())
                .forEach(sent::add);
        assertEquals(sent, described);
    }

    @Test
    void everyCallHasANameOfItsOwn() throws IOException {
        JsonNode paths =
                Json.mapper().readTree(new OpenApiResource().document()).path("paths");
        assertEquals(
                "getStoresByStoreRuns",
                paths.path("/stores/{store}/runs")
                        .path("get")
                        .path("operationId")
                        .asText());
        TreeSet<String> names = new TreeSet<>();
        paths.forEach(path -> path.forEach(
                call -> assertTrue(names.add(call.path("operationId").asText()), call.toString())));
    }

    @Test
    void noTwoShapesShareAName() {
        TreeSet<String> names = new TreeSet<>();
        Stream.concat(RESOURCES.stream(), Stream.of(Views.class, PlanViews.class))
                .flatMap(type -> Arrays.stream(type.getDeclaredClasses()))
                .filter(Class::isRecord)
                .forEach(shape -> assertTrue(
                        names.add(shape.getSimpleName()),
                        shape + ": the description would tell of one of them for both"));
    }

    private static JsonNode parameter(JsonNode paths, String path, String method, String name) {
        for (JsonNode parameter : paths.path(path).path(method).path("parameters")) {
            if (parameter.path("name").asText().equals(name)) {
                return parameter;
            }
        }
        throw new AssertionError("No parameter " + name + " of " + method + " " + path);
    }

    private static Stream<String> methods(Class<?> resource) {
        String base = "/" + resource.getAnnotation(Path.class).value();
        return Arrays.stream(resource.getDeclaredMethods())
                .flatMap(method -> verb(method).map(verb -> verb + " " + base + path(method)));
    }

    private static Stream<String> verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .map(type -> type.getAnnotation(HttpMethod.class))
                .filter(verb -> verb != null)
                .map(verb -> verb.value().toLowerCase(Locale.ROOT));
    }

    private static String path(Method method) {
        Path path = method.getAnnotation(Path.class);
        return path == null ? "" : "/" + path.value();
    }
}
