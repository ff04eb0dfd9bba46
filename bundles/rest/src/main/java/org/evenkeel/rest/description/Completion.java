package org.evenkeel.rest.description;

import io.swagger.v3.core.filter.AbstractSpecFilter;
import io.swagger.v3.core.model.ApiDescription;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Adds to every call of the API's description what is the same for all of them, while the bundle is built: how it refuses, and a
 * name that stays when other calls come and go.
 */
public final class Completion extends AbstractSpecFilter {
    private static final String SUCCESS = "2XX";
    private static final String UNTOLD = "default response";

    @Override
    public Optional<Operation> filterOperation(
            Operation operation,
            ApiDescription api,
            Map<String, List<String>> parameters,
            Map<String, String> cookies,
            Map<String, List<String>> headers) {
        operation.setOperationId(name(api));
        ApiResponses answers = operation.getResponses();
        answers.addApiResponse("4XX", new ApiResponse().$ref("#/components/responses/Refused"));
        answers.addApiResponse("5XX", new ApiResponse().$ref("#/components/responses/Failed"));
        ApiResponse success = answers.get(SUCCESS);
        if (success != null && UNTOLD.equals(success.getDescription())) {
            success.setDescription("Done.");
        }
        return Optional.of(operation);
    }

    /** The call's method and path: {@code get /stores/{store}/runs} is {@code getStoresByStoreRuns}. */
    private static String name(ApiDescription api) {
        return api.getMethod().toLowerCase(Locale.ROOT)
                + Arrays.stream(api.getPath().split("[/.-]"))
                        .filter(part -> !part.isEmpty())
                        .map(part -> part.startsWith("{")
                                ? "By" + capital(part.substring(1, part.length() - 1))
                                : capital(part))
                        .collect(Collectors.joining());
    }

    private static String capital(String part) {
        return part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1);
    }
}
