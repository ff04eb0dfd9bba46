package org.evenkeel.dashboard;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.evenkeel.ledger.EffectiveRule;
import org.evenkeel.ledger.ListingRule;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.RuleBook;
import org.evenkeel.ledger.RuleImport;
import org.evenkeel.ledger.RuleImports;
import org.evenkeel.ledger.RuleQuery;
import org.evenkeel.ledger.RuleRow;
import org.evenkeel.ledger.RuleScope;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.StoreRegistry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** The rules: the default, each store's, and those of single listings; and all of them as a file. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({RulesServlet.PATH, RulesServlet.CSV})
@Web.InContext
public final class RulesServlet extends Area {
    static final String PATH = "/rules";
    static final String CSV = "/rules.csv";
    private static final long serialVersionUID = 1L;
    private static final PageRequest LATEST = new PageRequest(0, 5);
    private final transient RuleBook rules;
    private final transient RuleImports imports;
    private final transient StoreRegistry stores;

    @Activate
    public RulesServlet(
            @Reference RuleBook rules,
            @Reference RuleImports imports,
            @Reference StoreRegistry stores,
            @Reference Surroundings surroundings) {
        super(Name.RULES, surroundings);
        this.rules = rules;
        this.imports = imports;
        this.stores = stores;
    }

    /**
     * The page.
     *
     * @param byDefault the default
     * @param stores each store that is there, with the rule that counts for its listings
     * @param listings the rules of single listings that are found
     * @param imports the latest files
     */
    public record View(
            Frame frame,
            ListingRule byDefault,
            Map<Store, EffectiveRule> stores,
            RuleQuery query,
            Page<RuleRow> listings,
            List<RuleImport> imports,
            Links links) {
        /** What a store is called; its id when it was removed. */
        public String name(StoreId id) {
            return stores.keySet().stream()
                    .filter(store -> store.id().equals(id))
                    .map(Store::name)
                    .findFirst()
                    .orElse(id.value());
        }

        /** Whether any condition narrows the rules of listings. */
        public boolean filtered() {
            return query.store() != null || !query.text().isEmpty();
        }
    }

    @Override
    void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String store = text(request, "store");
        StoreId of = store.isEmpty() ? null : new StoreId(store);
        if (request.getServletPath().equals(CSV)) {
            Csv.answer(
                    response, of == null ? "rules.csv" : "rules-" + of + ".csv", to -> imports.export(of, (Writer) to));
            return;
        }
        RuleQuery query = new RuleQuery(RuleQuery.Kind.LISTING, of, text(request, "q"), pageRequest(request));
        render(
                response,
                "rules.jte",
                new View(
                        frame(request, "Rules"),
                        rules.rule(RuleScope.DEFAULT).map(RuleRow::rule).orElse(ListingRule.ONE_TO_ONE),
                        stores(),
                        query,
                        rules.rules(query),
                        imports.imports(LATEST).items(),
                        Links.of(request, PATH)));
    }

    private Map<Store, EffectiveRule> stores() {
        return stores.stores().stream()
                .filter(store -> store.removedAt() == null)
                .collect(Collectors.toMap(
                        store -> store, store -> rules.effective(store.id()), (one, other) -> one, LinkedHashMap::new));
    }
}
