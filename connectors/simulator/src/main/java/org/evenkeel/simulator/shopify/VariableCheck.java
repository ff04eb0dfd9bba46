package org.evenkeel.simulator.shopify;

import graphql.language.AstPrinter;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.OperationDefinition;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.language.VariableDefinition;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds the variables of a call against the types that its operation declares, and complains in Shopify's form. */
final class VariableCheck {
    private record Problem(List<Object> path, String explanation) {}

    private final GraphQLSchema schema;

    VariableCheck(GraphQLSchema schema) {
        this.schema = schema;
    }

    /** The errors of all variables, ready for the answer; empty where all fit. */
    List<Map<String, Object>> errors(OperationDefinition operation, Map<String, Object> variables) {
        List<Map<String, Object>> errors = new ArrayList<>();
        for (VariableDefinition variable : operation.getVariableDefinitions()) {
            boolean missing = !variables.containsKey(variable.getName());
            if (missing && (variable.getDefaultValue() != null || !(variable.getType() instanceof NonNullType))) {
                continue;
            }
            Object value = variables.get(variable.getName());
            List<Problem> problems = new ArrayList<>();
            check(type(variable.getType()), value, List.of(), problems);
            if (!problems.isEmpty()) {
                errors.add(error(variable, value, problems));
            }
        }
        return errors;
    }

    private GraphQLType type(Type<?> type) {
        if (type instanceof NonNullType nonNull) {
            return GraphQLNonNull.nonNull(type(nonNull.getType()));
        }
        if (type instanceof ListType list) {
            return GraphQLList.list(type(list.getType()));
        }
        return schema.getType(((TypeName) type).getName());
    }

    private void check(GraphQLType type, Object value, List<Object> path, List<Problem> problems) {
        if (type instanceof GraphQLNonNull nonNull) {
            if (value == null) {
                problems.add(new Problem(path, "Expected value to not be null"));
            } else {
                check(nonNull.getWrappedType(), value, path, problems);
            }
        } else if (value == null) {
            return;
        } else if (type instanceof GraphQLList list) {
            checkList(list, value, path, problems);
        } else if (type instanceof GraphQLInputObjectType object) {
            checkObject(object, value, path, problems);
        } else {
            checkLeaf(type, value, path, problems);
        }
    }

    private void checkList(GraphQLList list, Object value, List<Object> path, List<Problem> problems) {
        if (!(value instanceof List<?> values)) {
            check(list.getWrappedType(), value, path, problems);
            return;
        }
        for (int i = 0; i < values.size(); i++) {
            check(list.getWrappedType(), values.get(i), below(path, i), problems);
        }
    }

    private void checkObject(GraphQLInputObjectType type, Object value, List<Object> path, List<Problem> problems) {
        if (!(value instanceof Map<?, ?> object)) {
            problems.add(new Problem(path, "Expected " + value + " to be a key-value object."));
            return;
        }
        for (Object name : object.keySet()) {
            if (type.getFieldDefinition(name.toString()) == null) {
                problems.add(new Problem(below(path, name), "Field is not defined on " + type.getName()));
            }
        }
        for (GraphQLInputObjectField field : type.getFieldDefinitions()) {
            if (object.containsKey(field.getName()) || !field.hasSetDefaultValue()) {
                check(field.getType(), object.get(field.getName()), below(path, field.getName()), problems);
            }
        }
    }

    private void checkLeaf(GraphQLType type, Object value, List<Object> path, List<Problem> problems) {
        String name = ((GraphQLNamedType) type).getName();
        boolean fits = switch (name) {
            case "Int" -> value instanceof Number n && n.longValue() == n.intValue() && isWhole(n);
            case "Boolean" -> value instanceof Boolean;
            case "ID" -> value instanceof String || value instanceof Number;
            case "String" -> value instanceof String;
            default -> !(type instanceof GraphQLEnumType e) || e.getValue(value.toString()) != null;
        };
        if (!fits) {
            problems.add(new Problem(path, "Could not coerce value " + value + " to " + name));
        }
    }

    private static boolean isWhole(Number number) {
        return number.doubleValue() == Math.rint(number.doubleValue());
    }

    private static List<Object> below(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    private static Map<String, Object> error(VariableDefinition variable, Object value, List<Problem> problems) {
        StringBuilder message = new StringBuilder("Variable $" + variable.getName() + " of type "
                + AstPrinter.printAst(variable.getType()) + " was provided invalid value");
        List<String> details = new ArrayList<>();
        List<Map<String, Object>> list = new ArrayList<>();
        for (Problem problem : problems) {
            if (!problem.path().isEmpty()) {
                details.add(String.join(
                                ".",
                                problem.path().stream().map(String::valueOf).toList()) + " (" + problem.explanation()
                        + ")");
            }
            list.add(Map.of("path", problem.path(), "explanation", problem.explanation()));
        }
        message.append(details.isEmpty() ? "" : " for " + String.join(", ", details));
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("code", "INVALID_VARIABLE");
        extensions.put("value", value);
        extensions.put("problems", list);
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("message", message.toString());
        error.put("locations", AdminErrors.locations(List.of(variable.getSourceLocation())));
        error.put("extensions", extensions);
        return error;
    }
}
