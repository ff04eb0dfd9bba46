package org.evenkeel.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** A failure as problem details (RFC 9457). */
final class Problem extends WebApplicationException {
    private static final long serialVersionUID = 1L;
    static final String MEDIA_TYPE = "application/problem+json";

    /**
     * The body.
     *
     * @param type what kind of problem, as a URI reference; about:blank says that the status tells all
     * @param title the kind in words
     * @param status the HTTP status
     * @param detail this case in words, with the way out
     * @param field which input is wrong; left out where it is none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Body(String type, String title, int status, String detail, String field) {}

    private final transient Body body;

    Problem(int status, String title, String detail) {
        this(status, "about:blank", title, detail, null);
    }

    Problem(int status, String type, String title, String detail, String field) {
        super(detail, status);
        this.body = new Body(type, title, status, detail, field);
    }

    Body body() {
        return body;
    }

    static Problem invalid(String field, String detail) {
        return new Problem(422, "urn:evenkeel:problem:invalid-input", "Invalid input", detail, field);
    }

    static Problem notFound(String detail) {
        return new Problem(404, "Not found", detail);
    }

    static Response response(Body body) {
        Response.ResponseBuilder response = Response.status(body.status())
                .type(MediaType.valueOf(MEDIA_TYPE))
                .entity(body);
        return body.status() == 401
                ? response.header("WWW-Authenticate", "Bearer realm=\"evenkeel\"")
                        .build()
                : response.build();
    }
}
