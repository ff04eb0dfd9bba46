package org.evenkeel.simulator.shopify;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeRuntimeWiring;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.evenkeel.simulator.Callbacks;
import org.evenkeel.simulator.Fulfilment;
import org.evenkeel.simulator.Location;
import org.evenkeel.simulator.Order;
import org.evenkeel.simulator.OrderLine;
import org.evenkeel.simulator.Product;
import org.evenkeel.simulator.Refund;
import org.evenkeel.simulator.Shelf;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.Variant;

/** Our part of Shopify's schema, with the code behind each field. */
final class AdminSchema {
    /** Where the schema's text is, beside this class. */
    static final String TEXT = "admin.graphqls";

    private AdminSchema() {}

    static GraphQLSchema build() {
        RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring()
                .scalar(scalar("DateTime"))
                .scalar(scalar("UnsignedInt64"))
                .type(TypeRuntimeWiring.newTypeWiring("Node")
                        .typeResolver(env -> type(env.getSchema(), env.getObject())))
                .type(TypeRuntimeWiring.newTypeWiring("LegacyInteroperability")
                        .typeResolver(env -> type(env.getSchema(), env.getObject())))
                .type(TypeRuntimeWiring.newTypeWiring("DisplayableError")
                        .typeResolver(env -> env.getSchema().getObjectType("UserError")));
        ShopFields.wire(wiring);
        ProductFields.wire(wiring);
        InventoryFields.wire(wiring);
        InventoryMutations.wire(wiring);
        OrderFields.wire(wiring);
        WebhookFields.wire(wiring);
        return new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(text()), wiring.build());
    }

    private static String text() {
        try (InputStream in = AdminSchema.class.getResourceAsStream(TEXT)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GraphQLObjectType type(GraphQLSchema schema, Object object) {
        String name;
        if (object instanceof Variant) {
            name = "ProductVariant";
        } else if (object instanceof Product) {
            name = "Product";
        } else if (object instanceof Item) {
            name = "InventoryItem";
        } else if (object instanceof Shelf) {
            name = "InventoryLevel";
        } else if (object instanceof Order) {
            name = "Order";
        } else if (object instanceof Location) {
            name = "Location";
        } else if (object instanceof OrderLine) {
            name = "LineItem";
        } else if (object instanceof Fulfilment) {
            name = "Fulfillment";
        } else if (object instanceof Refund) {
            name = "Refund";
        } else if (object instanceof FulfillmentOrders.FulfillmentOrder) {
            name = "FulfillmentOrder";
        } else if (object instanceof Callbacks.Subscription) {
            name = "WebhookSubscription";
        } else if (object instanceof Shop) {
            name = "Shop";
        } else {
            throw new IllegalStateException("No type for " + object.getClass());
        }
        return schema.getObjectType(name);
    }

    /** A scalar that is text on the wire: times in ISO 8601, large numbers as digits. */
    private static GraphQLScalarType scalar(String name) {
        return GraphQLScalarType.newScalar().name(name).coercing(new Text()).build();
    }

    private static final class Text implements Coercing<String, String> {
        @Override
        public String serialize(Object value, GraphQLContext context, Locale locale) {
            return value.toString();
        }

        @Override
        public String parseValue(Object input, GraphQLContext context, Locale locale) {
            if (input instanceof String text) {
                return text;
            }
            throw new CoercingParseValueException("Expected text");
        }

        @Override
        public String parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
            if (input instanceof StringValue text) {
                return text.getValue();
            }
            throw new CoercingParseLiteralException("Expected text");
        }
    }
}
