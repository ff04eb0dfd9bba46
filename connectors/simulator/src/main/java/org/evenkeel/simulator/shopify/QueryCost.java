package org.evenkeel.simulator.shopify;

import graphql.normalized.ExecutableNormalizedField;
import graphql.normalized.ExecutableNormalizedOperation;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a call costs by Shopify's published rule: a scalar 0, an object 1, a connection 2 and its objects by the size of
 * the page, a mutation 10 with the objects right below it free. Asked for is what it might cost, actual what it did.
 */
final class QueryCost {
    /** The most that one call may ask for. */
    static final int LARGEST = 1000;

    private static final int MUTATION = 10;

    private final GraphQLSchema schema;

    QueryCost(GraphQLSchema schema) {
        this.schema = schema;
    }

    long requested(ExecutableNormalizedOperation operation) {
        long sum = 0;
        for (ExecutableNormalizedField root : operation.getTopLevelFields()) {
            sum += isMutation(root) ? MUTATION + payload(root) : requested(root);
        }
        return sum;
    }

    long actual(ExecutableNormalizedOperation operation, Map<String, Object> data) {
        long sum = 0;
        for (ExecutableNormalizedField root : operation.getTopLevelFields()) {
            Object value = data == null ? null : data.get(root.getResultKey());
            sum += isMutation(root) ? MUTATION + payload(root, value) : actual(root, value);
        }
        return sum;
    }

    private boolean isMutation(ExecutableNormalizedField root) {
        return root.getObjectTypeNames().contains("Mutation");
    }

    // ---- what a call might cost

    private long requested(ExecutableNormalizedField field) {
        if (!isObject(field)) {
            return 0;
        }
        if (isConnection(field)) {
            return 2 + pageInfo(field) + size(field, "first") * requestedItem(field);
        }
        return size(field, sizedBy(field)) * (1 + requested(field.getChildren()));
    }

    private long requestedItem(ExecutableNormalizedField connection) {
        long item = 0;
        for (ExecutableNormalizedField child : connection.getChildren()) {
            if (child.getName().equals("nodes")) {
                item += 1 + requested(child.getChildren());
            } else if (child.getName().equals("edges")) {
                item += requested(child.getChildren());
            }
        }
        return Math.max(1, item);
    }

    private long payload(ExecutableNormalizedField root) {
        return root.getChildren().stream()
                .mapToLong(child -> requested(child.getChildren()))
                .sum();
    }

    /** The children's sum; where an interface has several types below it, the dearest of them. */
    private long requested(List<ExecutableNormalizedField> children) {
        Map<String, Long> byType = new HashMap<>();
        for (ExecutableNormalizedField child : children) {
            long cost = requested(child);
            child.getObjectTypeNames().forEach(type -> byType.merge(type, cost, Long::sum));
        }
        return byType.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    // ---- what it did cost

    private long actual(ExecutableNormalizedField field, Object value) {
        if (value == null || !isObject(field)) {
            return 0;
        }
        if (isConnection(field)) {
            return 2 + pageInfo(field) + actualItems(field, (Map<?, ?>) value);
        }
        if (value instanceof Collection<?> list) {
            long each =
                    list.stream().mapToLong(element -> object(field, element)).sum();
            return sizedBy(field) == null && !list.isEmpty() ? 1 + (each - count(list)) / list.size() : each;
        }
        return object(field, value);
    }

    private long actualItems(ExecutableNormalizedField connection, Map<?, ?> value) {
        long sum = 0;
        for (ExecutableNormalizedField child : connection.getChildren()) {
            if (value.get(child.getResultKey()) instanceof Collection<?> list
                    && !child.getName().equals("pageInfo")) {
                boolean edges = child.getName().equals("edges");
                sum += list.stream()
                        .mapToLong(e -> object(child, e) - (edges ? 1 : 0))
                        .sum();
            }
        }
        return sum;
    }

    private long payload(ExecutableNormalizedField root, Object value) {
        long sum = 0;
        for (ExecutableNormalizedField child : root.getChildren()) {
            if (value instanceof Map<?, ?> payload && payload.get(child.getResultKey()) instanceof Map<?, ?> object) {
                sum += object(child, object) - 1;
            }
        }
        return sum;
    }

    /** One object with what is below it; a field of another type than this object's has no value in it. */
    private long object(ExecutableNormalizedField field, Object value) {
        if (!(value instanceof Map<?, ?> object)) {
            return 0;
        }
        return 1
                + field.getChildren().stream()
                        .mapToLong(child -> actual(child, object.get(child.getResultKey())))
                        .sum();
    }

    private static long count(Collection<?> list) {
        return list.stream().filter(element -> element != null).count();
    }

    // ---- the rule's words

    private GraphQLType type(ExecutableNormalizedField field) {
        GraphQLOutputType type = field.getType(schema);
        return GraphQLTypeUtil.unwrapAll(type);
    }

    private boolean isObject(ExecutableNormalizedField field) {
        return !field.getName().startsWith("__") && !GraphQLTypeUtil.isLeaf(type(field));
    }

    private boolean isConnection(ExecutableNormalizedField field) {
        return GraphQLTypeUtil.simplePrint(type(field)).endsWith("Connection");
    }

    /** The argument that says how long a list gets; null where none does, and the list counts as one object. */
    private static String sizedBy(ExecutableNormalizedField field) {
        if (field.getName().equals("nodes") && field.getResolvedArguments().containsKey("ids")) {
            return "ids";
        }
        return field.getResolvedArguments().get("first") != null ? "first" : null;
    }

    private static long size(ExecutableNormalizedField field, String argument) {
        if (argument == null) {
            return 1;
        }
        Object value = field.getResolvedArguments().get(argument);
        if (value instanceof Collection<?> list) {
            return list.size();
        }
        return value instanceof Number number ? number.longValue() : 0;
    }

    private static long pageInfo(ExecutableNormalizedField connection) {
        return connection.getChildren().stream()
                .filter(child -> child.getName().equals("pageInfo"))
                .count();
    }
}
