package org.evenkeel.dashboard;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.evenkeel.accounts.Principal;
import org.evenkeel.ledger.Catalogue;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.Product;
import org.evenkeel.ledger.ProductQuery;
import org.evenkeel.ledger.ProductRow;
import org.evenkeel.ledger.Sku;
import org.evenkeel.sync.StoreStatus;
import org.evenkeel.sync.StoreSync;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** All products with their four figures: search, sort, paging; and how the stores are doing, in a strip above. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/products")
@Web.InContext
public final class ProductsServlet extends Area {
    private static final long serialVersionUID = 1L;
    private final transient Catalogue catalogue;
    private final transient StoreSync sync;

    @Activate
    public ProductsServlet(
            @Reference Catalogue catalogue, @Reference StoreSync sync, @Reference Surroundings surroundings) {
        super(Name.PRODUCTS, surroundings);
        this.catalogue = catalogue;
        this.sync = sync;
    }

    /** The list. */
    public record View(Frame frame, ProductQuery query, Page<ProductRow> page, List<StoreStatus> stores, Links links) {}

    @Override
    void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ProductQuery query = new ProductQuery(
                text(request, "q"),
                choice(request, "filter", ProductQuery.Filter.ALL),
                choice(request, "sort", ProductQuery.Sort.SKU),
                "desc".equals(text(request, "order")),
                pageRequest(request));
        render(
                response,
                "products.jte",
                new View(
                        frame(request, "Products"),
                        query,
                        catalogue.products(query),
                        sync.stores(),
                        Links.of(request, "/products")));
    }

    /** Makes a product by hand. */
    @Override
    String act(HttpServletRequest request) {
        require(request, Principal.Scope.WRITE);
        String sku = text(request, "sku");
        String name = text(request, "name");
        Product product = catalogue.createProduct(new Sku(sku), name.isEmpty() ? sku : name, actor(request));
        return "Product " + product.sku() + " was created.";
    }
}
