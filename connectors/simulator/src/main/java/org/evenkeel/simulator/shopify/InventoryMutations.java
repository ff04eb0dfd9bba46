package org.evenkeel.simulator.shopify;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.time.Instant;
import java.util.List;
import org.evenkeel.simulator.Location;
import org.evenkeel.simulator.Shelf;

/** The mutations that move stock, and what their answers are made of. */
final class InventoryMutations {
    record UserError(List<String> field, String message, String code) {}

    record SetPayload(Group inventoryAdjustmentGroup, List<UserError> userErrors) {
        static SetPayload refused(List<UserError> errors) {
            return new SetPayload(null, errors);
        }
    }

    record ActivatePayload(Shelf inventoryLevel, List<UserError> userErrors) {}

    record Group(long id, Instant createdAt, String reason, String referenceDocumentUri, List<Change> changes) {}

    record Change(String name, long delta, Item item, Location location) {}

    private InventoryMutations() {}

    static void wire(RuntimeWiring.Builder all) {
        Fields.of("Mutation", Object.class)
                .field("inventorySetQuantities", (r, env) -> SetQuantities.answer(env))
                .field("inventoryActivate", (r, env) -> ActivateInventory.answer(env))
                .field("webhookSubscriptionCreate", (r, env) -> WebhookFields.create(env))
                .field("webhookSubscriptionUpdate", (r, env) -> WebhookFields.update(env))
                .field("webhookSubscriptionDelete", (r, env) -> WebhookFields.delete(env))
                .into(all);
        Fields.of("InventorySetQuantitiesPayload", SetPayload.class)
                .field("inventoryAdjustmentGroup", p -> p.inventoryAdjustmentGroup())
                .field("userErrors", p -> p.userErrors())
                .into(all);
        Fields.of("InventoryActivatePayload", ActivatePayload.class)
                .field("inventoryLevel", p -> p.inventoryLevel())
                .field("userErrors", p -> p.userErrors())
                .into(all);
        wireGroup(all);
        for (String type : List.of("InventorySetQuantitiesUserError", "UserError")) {
            Fields.of(type, UserError.class)
                    .field("code", e -> e.code())
                    .field("field", e -> e.field())
                    .field("message", e -> e.message())
                    .into(all);
        }
    }

    private static void wireGroup(RuntimeWiring.Builder all) {
        Fields.of("InventoryAdjustmentGroup", Group.class)
                .field("changes", (g, env) -> changes(g, env))
                .field("createdAt", g -> g.createdAt())
                .field("id", g -> Gid.of("InventoryAdjustmentGroup", g.id()))
                .field("reason", g -> g.reason())
                .field("referenceDocumentUri", g -> g.referenceDocumentUri())
                .into(all);
        Fields.of("InventoryChange", Change.class)
                .field("delta", c -> c.delta())
                .field("item", c -> c.item())
                .field("ledgerDocumentUri", c -> null)
                .field("location", c -> c.location())
                .field("name", c -> c.name())
                // Shopify answers null here for this mutation, whatever happened.
                .field("quantityAfterChange", c -> null)
                .into(all);
    }

    private static List<Change> changes(Group group, DataFetchingEnvironment env) {
        List<String> items = env.getArgument("inventoryItemIds");
        List<String> locations = env.getArgument("locationIds");
        List<String> names = env.getArgument("quantityNames");
        return group.changes().stream()
                .filter(c -> items == null || items.contains(c.item().gid()))
                .filter(c -> locations == null || locations.contains(InventoryFields.gid(c.location())))
                .filter(c -> names == null || names.contains(c.name()))
                .toList();
    }
}
