package org.evenkeel.dashboard;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.evenkeel.ledger.OrderBook;
import org.evenkeel.ledger.PageRequest;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** What every page needs besides its own services: templates, notices, and the counts in the navigation. */
@Component(service = Surroundings.class)
public final class Surroundings {
    private static final PageRequest ONE = new PageRequest(0, 1);
    private final TemplateEngine templates = templates();
    private final Notice.Box notices = new Notice.Box();
    private final AtomicReference<OrderBook> orders = new AtomicReference<>();
    private final boolean demo;

    @Activate
    public Surroundings(BundleContext bundle) {
        this.demo = Boolean.parseBoolean(bundle.getProperty("evenkeel.demo"));
    }

    /** The ledger may be away: the log-in and the pages that say so are there without it. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindOrders(OrderBook book) {
        orders.set(book);
    }

    void unbindOrders(OrderBook book) {
        orders.compareAndSet(book, null);
    }

    /** Without a folder of classes the engine asks the context class loader of this moment, whatever it is given. */
    private static TemplateEngine templates() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader bundle = Surroundings.class.getClassLoader();
        thread.setContextClassLoader(bundle);
        try {
            return TemplateEngine.createPrecompiled(null, ContentType.Html, bundle, "org.evenkeel.dashboard.template");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    boolean demo() {
        return demo;
    }

    /** Lines and orders that wait for a person; 0 while the ledger is away. */
    long waiting() {
        OrderBook book = orders.get();
        return book == null ? 0 : book.unmatched(ONE).total() + book.parked(ONE).total();
    }

    Notice.Box notices() {
        return notices;
    }

    /** Renders first and answers then, so that a template that fails leaves no half page. */
    void render(HttpServletResponse response, String template, Object view) throws IOException {
        Utf8ByteOutput page = new Utf8ByteOutput();
        templates.render(template, view, page);
        response.setContentType("text/html; charset=utf-8");
        response.setContentLength(page.getContentLength());
        page.writeTo(response.getOutputStream());
    }
}
