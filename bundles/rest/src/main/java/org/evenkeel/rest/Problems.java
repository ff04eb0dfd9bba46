package org.evenkeel.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Locale;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.LedgerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where a failure becomes an HTTP status and words. */
final class Problems implements ExceptionMapper<Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    @Override
    public Response toResponse(Throwable failure) {
        Response plain = Problem.response(problem(failure));
        String allow = failure instanceof WebApplicationException web
                ? web.getResponse().getHeaderString("Allow")
                : null;
        return allow == null
                ? plain
                : Response.fromResponse(plain).header("Allow", allow).build();
    }

    static Problem.Body problem(Throwable failure) {
        if (failure instanceof Problem problem) {
            return problem.body();
        }
        if (failure instanceof LedgerException refused) {
            return ofLedger(refused);
        }
        if (failure instanceof JsonProcessingException json) {
            return ofJson(json);
        }
        if (failure instanceof WebApplicationException web) {
            return ofFramework(web);
        }
        LOG.error("A request failed", failure);
        return new Problem(500, "Internal error", "Something went wrong; the log tells more.").body();
    }

    /** What callers can mend in what they sent is 422, with the field that the ledger names. */
    private static Problem.Body ofLedger(LedgerException refused) {
        if (refused instanceof InvalidInputException invalid) {
            return Problem.invalid(invalid.field(), invalid.getMessage()).body();
        }
        if (refused instanceof ConflictException conflict) {
            String reason = conflict.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
            return new Problem(409, "urn:evenkeel:problem:" + reason, "Conflict", conflict.getMessage(), null).body();
        }
        return Problem.notFound(refused.getMessage()).body();
    }

    /** Names the place in the body, never the class behind it. A value that its type refuses is an input error. */
    private static Problem.Body ofJson(JsonProcessingException json) {
        if (json.getCause() instanceof LedgerException refused) {
            return ofLedger(refused);
        }
        String field = json instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(JsonMappingException.Reference::getFieldName)
                        .filter(name -> name != null)
                        .reduce((outer, inner) -> outer + "." + inner)
                        .orElse(null)
                : null;
        return field == null
                ? new Problem(
                                400,
                                "Malformed body",
                                "The body is not the JSON that this call takes: see the API's description.")
                        .body()
                : Problem.invalid(field, "The body's field '" + field + "' cannot be read: see the API's description.")
                        .body();
    }

    private static Problem.Body ofFramework(WebApplicationException web) {
        int status = web.getResponse().getStatus();
        String reason = web.getResponse().getStatusInfo().getReasonPhrase();
        String detail = status == 404
                ? "There is nothing at this address, or the part of Evenkeel that answers here is away."
                : reason + ".";
        return new Problem.Body("about:blank", reason, status, detail, null);
    }
}
