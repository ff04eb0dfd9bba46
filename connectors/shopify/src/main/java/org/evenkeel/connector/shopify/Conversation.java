package org.evenkeel.connector.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.evenkeel.connector.Call;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.TransientException;
import org.evenkeel.connector.toolkit.Urgency;

/** Everything that one call of the host asks of the store, on the host's thread. */
final class Conversation {
    private final AdminApi api;
    private final Urgency urgency;
    private final Call call;
    private double spent;

    /** @param urgency how much it matters where the budget is short */
    Conversation(AdminApi api, Urgency urgency, Call call) {
        this.api = api;
        this.urgency = urgency;
        this.call = call;
    }

    /** Reads something; whatever goes wrong on the way can be tried again. */
    JsonNode query(Request request) throws ConnectorException {
        return ask(request).data();
    }

    /** Reads something, with what the store tells beside it. */
    AdminApi.Answer ask(Request request) throws ConnectorException {
        try {
            return mutate(request);
        } catch (UncertainException e) {
            throw new TransientException(e.getMessage(), e.getCause());
        }
    }

    /** Changes something. */
    AdminApi.Answer mutate(Request request) throws ConnectorException, UncertainException {
        if (call.cancelled()) {
            throw new TransientException("The call was given up.");
        }
        AdminApi.Answer answer = api.send(request, spent, urgency, call);
        spent += api.costs().expected(request.operation(), request.cost());
        return answer;
    }

    CostModel costs() {
        return api.costs();
    }

    Failures failures() {
        return api.failures();
    }

    Instant now() {
        return call.now();
    }
}
