package org.evenkeel.simulator.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.language.AstPrinter;
import graphql.language.DirectiveDefinition;
import graphql.language.EnumTypeDefinition;
import graphql.language.EnumValueDefinition;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.Node;
import graphql.language.NonNullType;
import graphql.language.TypeDefinition;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Whatever is valid against our part of the schema is valid against Shopify's own: names, types, arguments, values. */
class AdminSchemaCompatibilityTest {
    private final List<String> differences = new ArrayList<>();

    @Test
    void everythingOfOursIsInTheOfficialSchemaWithTheSameType() throws IOException {
        TypeDefinitionRegistry official = official();
        TypeDefinitionRegistry ours = ours();

        ours.types().forEach((name, type) -> compare(name, type, official.getTypeOrNull(name)));
        ours.scalars().keySet().forEach(name -> check(official.scalars().containsKey(name), "no scalar " + name));
        ours.getDirectiveDefinitions()
                .forEach((name, directive) ->
                        compare(directive, official.getDirectiveDefinition(name).orElse(null)));

        assertThat(differences).isEmpty();
        assertThat(ours.types()).as("types that were compared").hasSizeGreaterThan(40);
    }

    private void compare(String name, TypeDefinition<?> ours, TypeDefinition<?> official) {
        if (official == null || ours.getClass() != official.getClass()) {
            differences.add(name + " is not of the same kind in the official schema");
        } else if (ours instanceof EnumTypeDefinition values) {
            List<String> known = names(((EnumTypeDefinition) official).getEnumValueDefinitions());
            check(known.containsAll(names(values.getEnumValueDefinitions())), name + " has values of its own");
        } else if (ours instanceof InputObjectTypeDefinition input) {
            compareInputs(
                    name,
                    input.getInputValueDefinitions(),
                    ((InputObjectTypeDefinition) official).getInputValueDefinitions());
        } else if (ours instanceof ImplementingTypeDefinition<?> fields) {
            compareFields(name, fields, (ImplementingTypeDefinition<?>) official);
        }
    }

    private static List<String> names(List<EnumValueDefinition> values) {
        return values.stream().map(EnumValueDefinition::getName).toList();
    }

    private void compareFields(
            String name, ImplementingTypeDefinition<?> ours, ImplementingTypeDefinition<?> official) {
        Map<String, FieldDefinition> known = byName(official.getFieldDefinitions(), FieldDefinition::getName);
        for (FieldDefinition field : ours.getFieldDefinitions()) {
            String at = name + "." + field.getName();
            FieldDefinition there = known.get(field.getName());
            if (there == null) {
                differences.add("no field " + at);
            } else {
                check(print(field.getType()).equals(print(there.getType())), at + " has another type");
                compareInputs(at, field.getInputValueDefinitions(), there.getInputValueDefinitions());
            }
        }
        List<String> interfaces = official.getImplements().stream()
                .map(AdminSchemaCompatibilityTest::print)
                .toList();
        ours.getImplements()
                .forEach(each -> check(interfaces.contains(print(each)), name + " does not implement " + print(each)));
    }

    private void compareInputs(String at, List<InputValueDefinition> ours, List<InputValueDefinition> official) {
        Map<String, InputValueDefinition> here = byName(ours, InputValueDefinition::getName);
        Map<String, InputValueDefinition> there = byName(official, InputValueDefinition::getName);
        here.forEach((name, input) -> {
            InputValueDefinition known = there.get(name);
            check(known != null, "no input " + name + " of " + at);
            check(
                    known == null || print(input.getType()).equals(print(known.getType())),
                    "input " + name + " of " + at + " has another type");
        });
        there.forEach((name, input) -> check(
                here.containsKey(name) || !(input.getType() instanceof NonNullType) || input.getDefaultValue() != null,
                "input " + name + " of " + at + " is required there and missing here"));
    }

    private void compare(DirectiveDefinition ours, DirectiveDefinition official) {
        if (official == null) {
            differences.add("no directive @" + ours.getName());
        } else {
            compareInputs("@" + ours.getName(), ours.getInputValueDefinitions(), official.getInputValueDefinitions());
        }
    }

    private static <T> Map<String, T> byName(List<T> all, Function<T, String> name) {
        return all.stream().collect(Collectors.toMap(name, each -> each));
    }

    private static String print(Node<?> node) {
        return AstPrinter.printAst(node);
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            differences.add(otherwise);
        }
    }

    private static TypeDefinitionRegistry ours() throws IOException {
        try (InputStream in = AdminSchema.class.getResourceAsStream(AdminSchema.TEXT)) {
            return new SchemaParser().parse(in);
        }
    }

    private static TypeDefinitionRegistry official() throws IOException {
        Path file = OfficialSpecs.file("admin-2026-07.graphql.gz");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file));
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            return new SchemaParser().parse(reader);
        }
    }
}
