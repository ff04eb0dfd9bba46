package org.evenkeel.simulator.shopify;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.TypeRuntimeWiring;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.evenkeel.simulator.Shop;

/** Says field by field where a type of the schema finds its values. */
final class Fields<T> {
    private final Class<T> source;
    private final TypeRuntimeWiring.Builder wiring;

    private Fields(String type, Class<T> source) {
        this.source = source;
        this.wiring = TypeRuntimeWiring.newTypeWiring(type);
    }

    static <T> Fields<T> of(String type, Class<T> source) {
        return new Fields<>(type, source);
    }

    Fields<T> field(String name, Function<T, Object> value) {
        wiring.dataFetcher(name, env -> value.apply(source.cast(env.getSource())));
        return this;
    }

    Fields<T> field(String name, BiFunction<T, DataFetchingEnvironment, Object> value) {
        wiring.dataFetcher(name, env -> value.apply(source.cast(env.getSource()), env));
        return this;
    }

    /** The fields that every connection has. */
    static void connection(RuntimeWiring.Builder all, String type) {
        Fields.of(type + "Connection", Page.class)
                .field("edges", page -> page.edges())
                .field("nodes", page -> page.nodes())
                .field("pageInfo", page -> page)
                .into(all);
        Fields.of(type + "Edge", Page.Edge.class)
                .field("cursor", edge -> edge.cursor())
                .field("node", edge -> edge.node())
                .into(all);
    }

    void into(RuntimeWiring.Builder all) {
        all.type(wiring);
    }

    static Shop shop(DataFetchingEnvironment env) {
        return env.getGraphQlContext().get(Shop.class);
    }
}
