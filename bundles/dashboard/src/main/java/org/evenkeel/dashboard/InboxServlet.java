package org.evenkeel.dashboard;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.evenkeel.accounts.Principal;
import org.evenkeel.ledger.Catalogue;
import org.evenkeel.ledger.LedgerException;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.OrderBook;
import org.evenkeel.ledger.OrderKey;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.ParkedOrder;
import org.evenkeel.ledger.Product;
import org.evenkeel.ledger.Sku;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.UnmatchedLine;
import org.evenkeel.sync.StoreSync;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** What waits for a person: lines whose SKU no product owns, and orders that could not be applied. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/inbox")
@Web.InContext
public final class InboxServlet extends Area {
    private static final long serialVersionUID = 1L;
    private static final int RETRY_SECONDS = 60;
    private final transient OrderBook orders;
    private final transient Catalogue catalogue;
    private final transient StoreSync sync;

    @Activate
    public InboxServlet(
            @Reference OrderBook orders,
            @Reference Catalogue catalogue,
            @Reference StoreSync sync,
            @Reference Surroundings surroundings) {
        super(Name.INBOX, surroundings);
        this.orders = orders;
        this.catalogue = catalogue;
        this.sync = sync;
    }

    /** The page. */
    public record View(Frame frame, Page<UnmatchedLine> lines, Page<ParkedOrder> parked, Links links) {}

    @Override
    void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        render(
                response,
                "inbox.jte",
                new View(
                        frame(request, "Inbox"),
                        orders.unmatched(pageRequest(request)),
                        orders.parked(pageRequest(request)),
                        Links.of(request, "/inbox")));
    }

    @Override
    String act(HttpServletRequest request) {
        require(request, Principal.Scope.WRITE);
        OrderKey order = new OrderKey(new StoreId(text(request, "store")), text(request, "order"));
        return switch (text(request, "do")) {
            case "map" -> map(request, order);
            case "create" -> create(request);
            case "retry" -> retry(order, actor(request));
            case "dismiss" -> {
                orders.dismissParked(order, actor(request));
                yield "The order was let go of. Its next change in the store starts afresh.";
            }
            default -> throw new NotFoundException("This page takes no such form.");
        };
    }

    private String map(HttpServletRequest request, OrderKey order) {
        Sku sku = new Sku(text(request, "sku"));
        Product product = catalogue
                .productBySku(sku)
                .orElseThrow(() -> new NotFoundException(
                        "No product has the SKU " + sku + ". Create it first, or take another one."));
        orders.map(order, text(request, "line"), product.id(), actor(request));
        return "The line is " + product.sku() + " now, and booked.";
    }

    /** A product with the line's own SKU books all lines that wait for it. */
    private String create(HttpServletRequest request) {
        Product product =
                catalogue.createProduct(new Sku(text(request, "sku")), text(request, "title"), actor(request));
        return "Product " + product.sku() + " was created; the lines that waited for it are booked.";
    }

    private String retry(OrderKey order, String actor) {
        try {
            return sync.retryParked(order, actor).toCompletableFuture().get(RETRY_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException slow) {
            return "The store has not answered yet.";
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof LedgerException refused
                    ? refused
                    : new NotFoundException(
                            "It could not be read: " + failed.getCause().getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new NotFoundException("The host is stopping.");
        }
    }
}
