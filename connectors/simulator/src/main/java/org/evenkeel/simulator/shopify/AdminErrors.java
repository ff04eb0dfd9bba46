package org.evenkeel.simulator.shopify;

import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.InvalidSyntaxError;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.language.SourceLocation;
import graphql.validation.ValidationError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Errors at the top of an answer, in Shopify's form: message, place, path, and a code among the extensions. */
final class AdminErrors implements DataFetcherExceptionHandler {
    private static final Pattern UNDEFINED = Pattern.compile("Field '(\\w+)' in type '(\\w+)' is undefined");
    private static final Logger LOG = LoggerFactory.getLogger(AdminErrors.class);

    @Override
    public CompletableFuture<DataFetcherExceptionHandlerResult> handleException(
            DataFetcherExceptionHandlerParameters failure) {
        Throwable cause = failure.getException();
        String code = "INTERNAL_SERVER_ERROR";
        String message = "Internal error. Looks like something went wrong on our end.";
        if (cause instanceof AdminError known) {
            code = known.code();
            message = known.getMessage();
        } else {
            LOG.error("Field {} failed", failure.getPath(), cause);
        }
        GraphQLError error = GraphqlErrorBuilder.newError(failure.getDataFetchingEnvironment())
                .message("%s", message)
                .extensions(Map.of("code", code))
                .build();
        return CompletableFuture.completedFuture(
                DataFetcherExceptionHandlerResult.newResult(error).build());
    }

    /** An error as it goes over the wire. */
    static Map<String, Object> wire(GraphQLError error) {
        Map<String, Object> wire = new LinkedHashMap<>();
        wire.put("message", message(error));
        if (error.getLocations() != null) {
            wire.put("locations", locations(error.getLocations()));
        }
        if (error.getPath() != null) {
            wire.put("path", error.getPath());
        }
        wire.put("extensions", Map.of("code", code(error)));
        return wire;
    }

    static Map<String, Object> wire(String code, String message) {
        return Map.of("message", message, "extensions", Map.of("code", code));
    }

    static List<Map<String, Integer>> locations(List<SourceLocation> places) {
        List<Map<String, Integer>> locations = new ArrayList<>();
        for (SourceLocation place : places) {
            if (place != null) {
                locations.add(Map.of("line", place.getLine(), "column", place.getColumn()));
            }
        }
        return locations;
    }

    private static String message(GraphQLError error) {
        String message = error.getMessage() == null ? "Invalid request" : error.getMessage();
        Matcher undefined = UNDEFINED.matcher(message);
        return undefined.find()
                ? "Field '" + undefined.group(1) + "' doesn't exist on type '" + undefined.group(2) + "'"
                : message;
    }

    private static String code(GraphQLError error) {
        if (error.getExtensions() != null && error.getExtensions().get("code") instanceof String code) {
            return code;
        }
        if (error instanceof InvalidSyntaxError) {
            return "PARSE_ERROR";
        }
        if (error instanceof ValidationError invalid) {
            String type = String.valueOf(invalid.getValidationErrorType());
            return type.equals("FieldUndefined") ? "undefinedField" : type;
        }
        return String.valueOf(error.getErrorType());
    }
}
