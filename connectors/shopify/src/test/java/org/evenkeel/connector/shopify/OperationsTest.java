package org.evenkeel.connector.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import graphql.ParseAndValidate;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.Node;
import graphql.language.NodeTraverser;
import graphql.language.NodeVisitorStub;
import graphql.parser.Parser;
import graphql.parser.ParserOptions;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.MockedWiringFactory;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.util.TraversalControl;
import graphql.util.TraverserContext;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every operation that is ever sent is valid by Shopify's official schema, and asks for no buyer's data. */
class OperationsTest {
    private static final String SCHEMA = "shopify/admin-2026-07.graphql.gz";

    /** Fields that would bring a person's name, address or e-mail. */
    private static final Set<String> PERSONAL = Set.of(
            "customer",
            "email",
            "phone",
            "billingAddress",
            "shippingAddress",
            "displayAddress",
            "clientIp",
            "note",
            "customAttributes",
            "staffMember",
            "statusPageUrl",
            "poNumber",
            "purchasingEntity");

    private static GraphQLSchema schema;

    @ParameterizedTest
    @EnumSource
    void isValidByTheOfficialSchema(Operation operation) throws IOException {
        Document document = new Parser().parseDocument(operation.text());
        assertThat(ParseAndValidate.validate(official(), document, Locale.ENGLISH))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void eachTopicIsOneOfShopifys(Topic topic) throws IOException {
        GraphQLEnumType topics = (GraphQLEnumType) official().getType("WebhookSubscriptionTopic");
        assertThat(topics.getValue(topic.name())).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void noTopicAsksForMoreThanIdsAndTimes(Topic topic) {
        assertThat(topic.fields()).isNotEmpty().isSubsetOf("id", "order_id", "updated_at");
    }

    @Test
    void anInvalidOperationWouldBeFound() throws IOException {
        Document document = new Parser().parseDocument("query Wrong { shop { nmae } }");
        assertThat(ParseAndValidate.validate(official(), document, Locale.ENGLISH))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void isNamedAsItsFile(Operation operation) {
        assertThat(operation.text()).containsPattern("^(query|mutation) " + operation.title() + "\\b");
    }

    @ParameterizedTest
    @EnumSource
    void asksForNoBuyersData(Operation operation) {
        Set<String> asked = new TreeSet<>();
        new NodeTraverser()
                .preOrder(
                        new NodeVisitorStub() {
                            @Override
                            @SuppressWarnings("rawtypes") // As the visitor declares it.
                            public TraversalControl visitField(Field field, TraverserContext<Node> context) {
                                asked.add(field.getName());
                                return TraversalControl.CONTINUE;
                            }
                        },
                        new Parser().parseDocument(operation.text()));
        assertThat(asked).isNotEmpty().doesNotContainAnyElementsOf(PERSONAL);
    }

    private static synchronized GraphQLSchema official() throws IOException {
        if (schema == null) {
            Path file = specs();
            try (Reader in =
                    new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8)) {
                schema = new SchemaGenerator()
                        .makeExecutableSchema(
                                new SchemaParser()
                                        .parse(
                                                in,
                                                ParserOptions.newParserOptions()
                                                        .maxCharacters(Integer.MAX_VALUE)
                                                        .maxTokens(Integer.MAX_VALUE)
                                                        .maxWhitespaceTokens(Integer.MAX_VALUE)
                                                        .build()),
                                RuntimeWiring.newRuntimeWiring()
                                        .wiringFactory(new MockedWiringFactory())
                                        .build());
            }
        }
        return schema;
    }

    /** From the property {@code evenkeel.specs}, or {@code shared/specs} of a folder above. */
    private static Path specs() {
        Optional<Path> file = folders()
                .map(folder -> folder.resolve(SCHEMA))
                .filter(Files::exists)
                .findFirst();
        String reason = "Skipped: Shopify's official schema is not here. Set -Devenkeel.specs to the folder that holds "
                + SCHEMA + ".";
        if (file.isEmpty()) {
            assertThat(System.getenv("CI")).as(reason).isNotEqualTo("true");
            // The runner counts what is skipped, but keeps the reason to itself.
            System.out.println(reason);
        }
        return file.orElseGet(() -> abort(reason));
    }

    private static Stream<Path> folders() {
        String given = System.getProperty("evenkeel.specs");
        return given != null
                ? Stream.of(Path.of(given))
                : Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                        .map(folder -> folder.resolve("shared/specs"));
    }
}
