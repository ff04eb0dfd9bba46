package org.evenkeel.connector.shopify;

import org.evenkeel.connector.toolkit.Budgets;
import org.osgi.service.component.annotations.Component;

/** What is spent at each shop: one budget for all instances that speak to it, which outlives one that is replaced. */
@Component(service = SharedBudgets.class)
public final class SharedBudgets {
    private final Budgets budgets = new Budgets();

    Budgets.Use of(Settings settings) {
        return budgets.of(settings.base().toString(), "Shopify");
    }
}
