package org.evenkeel.simulator.shopify;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLContext;
import graphql.ParseAndValidate;
import graphql.execution.RawVariables;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.normalized.ExecutableNormalizedField;
import graphql.normalized.ExecutableNormalizedOperation;
import graphql.normalized.ExecutableNormalizedOperationFactory;
import graphql.schema.GraphQLSchema;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.evenkeel.simulator.Budget;
import org.evenkeel.simulator.Shop;

/** Reads, prices and carries out operations. Holds no state but the texts it has parsed. */
final class AdminApi {
    private static final int TEXTS_KEPT = 200;

    /** An operation that was understood. */
    record Prepared(AdminRequest request, OperationDefinition definition, ExecutableNormalizedOperation normalized) {
        List<String> fields() {
            return normalized.getTopLevelFields().stream()
                    .map(ExecutableNormalizedField::getName)
                    .distinct()
                    .toList();
        }

        boolean isMutation() {
            return definition.getOperation() == OperationDefinition.Operation.MUTATION;
        }
    }

    /** Either an operation or the errors that keep it from being one. */
    record Reading(Prepared prepared, List<Map<String, Object>> errors) {}

    private final GraphQLSchema schema = AdminSchema.build();
    private final QueryCost cost = new QueryCost(schema);
    private final VariableCheck variableCheck = new VariableCheck(schema);
    private final Map<String, PreparsedDocumentEntry> parsed = Collections.synchronizedMap(new Texts());
    private final GraphQL graphql = GraphQL.newGraphQL(schema)
            .defaultDataFetcherExceptionHandler(new AdminErrors())
            .preparsedDocumentProvider((input, compute) -> CompletableFuture.completedFuture(document(input)))
            .build();

    private static final class Texts extends LinkedHashMap<String, PreparsedDocumentEntry> {
        private static final long serialVersionUID = 1L;

        Texts() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PreparsedDocumentEntry> eldest) {
            return size() > TEXTS_KEPT;
        }
    }

    private PreparsedDocumentEntry document(ExecutionInput input) {
        PreparsedDocumentEntry known = parsed.get(input.getQuery());
        if (known != null) {
            return known;
        }
        var result = ParseAndValidate.parseAndValidate(schema, input);
        PreparsedDocumentEntry entry = result.isFailure()
                ? new PreparsedDocumentEntry(result.getErrors())
                : new PreparsedDocumentEntry(result.getDocument());
        parsed.put(input.getQuery(), entry);
        return entry;
    }

    // ---- reading

    Reading read(AdminRequest request) {
        ExecutionInput input =
                ExecutionInput.newExecutionInput().query(request.query()).build();
        PreparsedDocumentEntry entry = document(input);
        if (entry.hasErrors()) {
            return refused(entry.getErrors().stream().map(AdminErrors::wire).toList());
        }
        OperationDefinition operation = operation(entry.getDocument(), request.operationName());
        if (operation == null) {
            return refused(List.of(AdminErrors.wire("BAD_REQUEST", "An operation name is required")));
        }
        List<Map<String, Object>> wrong = variableCheck.errors(operation, request.variables());
        if (!wrong.isEmpty()) {
            return refused(wrong);
        }
        ExecutableNormalizedOperation normalized =
                ExecutableNormalizedOperationFactory.createExecutableNormalizedOperationWithRawVariables(
                        schema, entry.getDocument(), operation.getName(), RawVariables.of(request.variables()));
        return new Reading(new Prepared(request, operation, normalized), List.of());
    }

    private static Reading refused(List<Map<String, Object>> errors) {
        return new Reading(null, errors);
    }

    private static OperationDefinition operation(Document document, String name) {
        List<OperationDefinition> all = document.getDefinitionsOfType(OperationDefinition.class);
        if (name == null || name.isEmpty()) {
            return all.size() == 1 ? all.get(0) : null;
        }
        return all.stream().filter(o -> name.equals(o.getName())).findFirst().orElse(null);
    }

    // ---- carrying out

    /** Prices the operation, takes the price out of the shop's budget, carries it out. */
    AdminAnswer execute(Shop shop, Prepared prepared, String version, Set<String> claimed) {
        long requested = cost.requested(prepared.normalized());
        if (requested > QueryCost.LARGEST) {
            return AdminAnswer.error(tooDear(requested), null);
        }
        if (!shop.budget().take(requested)) {
            return throttled(shop, requested);
        }
        ExecutionResult result = shop.read(() -> graphql.execute(input(shop, prepared, version, claimed)));
        Map<String, Object> data = result.getData();
        long actual = cost.actual(prepared.normalized(), data);
        shop.budget().giveBack(requested - actual);
        return answer(result, costs(requested, actual, shop.budget().state()));
    }

    AdminAnswer throttled(Shop shop, Prepared prepared) {
        return throttled(shop, cost.requested(prepared.normalized()));
    }

    private static AdminAnswer throttled(Shop shop, long requested) {
        Map<String, Object> error = Map.of(
                "message",
                "Throttled",
                "extensions",
                Map.of("code", "THROTTLED", "documentation", "https://shopify.dev/api/usage/rate-limits"));
        return AdminAnswer.error(error, costs(requested, null, shop.budget().state()));
    }

    private static Map<String, Object> tooDear(long requested) {
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("code", "MAX_COST_EXCEEDED");
        extensions.put("cost", requested);
        extensions.put("maxCost", QueryCost.LARGEST);
        extensions.put("documentation", "https://shopify.dev/api/usage/rate-limits");
        return Map.of(
                "message",
                "Query cost is " + requested + ", which exceeds the single query max cost limit (" + QueryCost.LARGEST
                        + ").",
                "extensions",
                extensions);
    }

    private static ExecutionInput input(Shop shop, Prepared prepared, String version, Set<String> claimed) {
        return ExecutionInput.newExecutionInput()
                .query(prepared.request().query())
                .operationName(prepared.definition().getName())
                .variables(prepared.request().variables())
                .locale(Locale.ROOT)
                .graphQLContext(context(shop, version, claimed))
                .build();
    }

    private static Consumer<GraphQLContext.Builder> context(Shop shop, String version, Set<String> claimed) {
        return context -> context.of(Shop.class, shop)
                .of(ShopifyProtocol.VERSION, version)
                .of(Idempotent.CLAIMED, claimed);
    }

    private static AdminAnswer answer(ExecutionResult result, Map<String, Object> costs) {
        List<Map<String, Object>> errors =
                result.getErrors().stream().map(AdminErrors::wire).toList();
        Map<String, Object> body = new LinkedHashMap<>();
        if (!errors.isEmpty()) {
            body.put("errors", errors);
        }
        if (result.isDataPresent()) {
            body.put("data", result.getData());
        }
        body.put("extensions", costs);
        return new AdminAnswer(body, outcome(errors));
    }

    private static String outcome(List<Map<String, Object>> errors) {
        return errors.isEmpty()
                ? "OK"
                : ((Map<?, ?>) errors.get(0).get("extensions")).get("code").toString();
    }

    private static Map<String, Object> costs(long requested, Long actual, Budget.State state) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("maximumAvailable", (long) state.maximum());
        status.put("currentlyAvailable", (long) Math.floor(state.available()));
        status.put("restoreRate", (long) state.restoreRate());
        Map<String, Object> costs = new LinkedHashMap<>();
        costs.put("requestedQueryCost", requested);
        costs.put("actualQueryCost", actual);
        costs.put("throttleStatus", status);
        return Map.of("cost", costs);
    }
}
