package org.evenkeel.simulator.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.evenkeel.simulator.Call;
import org.evenkeel.simulator.Reply;
import org.evenkeel.simulator.Simulator;

/**
 * The simulator by HTTP, below {@code /control}: what a test or a person with curl does to the shops. Every call needs
 * {@code Authorization: Bearer <control token>}.
 */
public final class ControlApi {
    private static final String BEARER = "Bearer ";

    private final Simulator simulator;
    private final ObjectMapper json = new ObjectMapper();
    private final List<Route> routes = new ArrayList<>();

    public ControlApi(Simulator simulator) {
        this.simulator = simulator;
        new ShopRoutes(simulator).addTo(routes);
        new OrderRoutes(simulator).addTo(routes);
        new WorldRoutes(simulator).addTo(routes);
        new CallbackRoutes(simulator).addTo(routes);
    }

    public Reply answer(Call call) {
        String authorization = call.header("Authorization");
        boolean trusted = authorization != null
                && authorization.startsWith(BEARER)
                && simulator.isControlToken(authorization.substring(BEARER.length()));
        if (!trusted) {
            return error(401, "The control API needs the header Authorization: Bearer <control token>");
        }
        try {
            return route(call);
        } catch (NoSuchElementException e) {
            return error(404, e.getMessage());
        } catch (IllegalArgumentException | ArithmeticException e) {
            return error(422, e.getMessage());
        } catch (IOException e) {
            return error(400, "The body is no JSON");
        }
    }

    private Reply route(Call call) throws IOException {
        JsonNode body = call.body().length == 0 ? json.createObjectNode() : json.readTree(call.body());
        List<String> methods = new ArrayList<>();
        for (Route route : routes) {
            var parameters = route.match(call.path());
            if (parameters.isPresent() && route.method().equals(call.method())) {
                Object result = route.action().apply(new Input(parameters.get(), call.query(), body));
                return Reply.json(200, json.writeValueAsBytes(result));
            }
            parameters.ifPresent(p -> methods.add(route.method()));
        }
        return methods.isEmpty()
                ? error(404, "Nothing at " + call.path())
                : error(405, call.path() + " knows " + String.join(", ", methods));
    }

    private Reply error(int status, String message) {
        try {
            return Reply.json(status, json.writeValueAsBytes(Map.of("error", String.valueOf(message))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
