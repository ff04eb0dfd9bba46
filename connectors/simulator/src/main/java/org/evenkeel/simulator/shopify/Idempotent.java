package org.evenkeel.simulator.shopify;

import graphql.execution.directives.QueryAppliedDirective;
import graphql.execution.directives.QueryDirectives;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.evenkeel.simulator.IdempotencyKeys;
import org.evenkeel.simulator.Shop;

/** Carries out a mutation at most once for each key of its {@code @idempotent} directive. */
final class Idempotent {
    /** The keys that a call claimed before it began to hang; kept in the call's own context. */
    static final String CLAIMED = "claimed";

    /** What a key stands for: the same mutation with the same arguments. */
    record Input(String field, Map<String, Object> arguments) {}

    private Idempotent() {}

    /**
     * @param work does the work; called at most once for each key
     * @param failed whether the work's answer is one of user errors
     * @param refusal makes the answer for a code and a message
     */
    static <T> Object once(
            DataFetchingEnvironment env, Supplier<T> work, Predicate<T> failed, BiFunction<String, String, T> refusal) {
        Shop shop = Fields.shop(env);
        IdempotencyKeys keys = shop.idempotency();
        String key = key(env.getQueryDirectives());
        Set<String> claimed = env.getGraphQlContext().getOrDefault(CLAIMED, Set.of());
        IdempotencyKeys.Claim claim = claimed.contains(key)
                ? IdempotencyKeys.Claim.NEW
                : keys.claim(key, new Input(env.getField().getName(), env.getArguments()), shop.now());
        return switch (claim) {
            case NEW -> settle(keys, key, work, failed);
            case DONE -> keys.result(key);
            case RUNNING ->
                refusal.apply(
                        "IDEMPOTENCY_CONCURRENT_REQUEST", "This request is currently in progress, please try again.");
            case FAILED ->
                refusal.apply(
                        "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED",
                        "A previous request with this idempotency key failed. Retry with a new idempotency key.");
            case OTHER_INPUT ->
                refusal.apply(
                        "IDEMPOTENCY_KEY_PARAMETER_MISMATCH",
                        "The same idempotency key cannot be used with different operation parameters.");
        };
    }

    private static <T> T settle(IdempotencyKeys keys, String key, Supplier<T> work, Predicate<T> failed) {
        boolean succeeded = false;
        try {
            T result = work.get();
            succeeded = !failed.test(result);
            if (succeeded) {
                keys.succeeded(key, result);
            }
            return result;
        } finally {
            if (!succeeded) {
                keys.failed(key);
            }
        }
    }

    /** The key of a field's directive. */
    static String key(QueryDirectives directives) {
        List<QueryAppliedDirective> found = directives.getImmediateAppliedDirective("idempotent");
        if (found.isEmpty()) {
            throw AdminError.badRequest(
                    "The @idempotent directive is required for this mutation but was not provided.");
        }
        String key = found.get(0).getArgument("key").getValue();
        if (key == null || key.isBlank()) {
            throw AdminError.badRequest("The idempotency key cannot be an empty string or whitespace only.");
        }
        return key;
    }
}
