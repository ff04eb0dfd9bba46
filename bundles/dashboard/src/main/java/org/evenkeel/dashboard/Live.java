package org.evenkeel.dashboard;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.evenkeel.ledger.LedgerListener;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.SyncListener;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * Server-sent events: tells open pages which kind of thing moved, and they ask for what they show. Changes within a quarter of
 * a second are told once. A page that does not read is let go, and comes back by itself.
 */
@Component(service = {Servlet.class, LedgerListener.class, SyncListener.class})
@HttpWhiteboardServletPattern("/events")
@HttpWhiteboardServletAsyncSupported
@Web.InContext
public final class Live extends HttpServlet implements LedgerListener, SyncListener {
    private static final long serialVersionUID = 1L;
    private static final int MOST_PAGES = 200;
    private static final long COALESCE_MILLIS = 250;
    private static final long BEAT_SECONDS = 15;

    /** What pages listen for. */
    private enum Topic {
        LEVELS,
        ORDERS,
        STORES
    }

    private final transient Set<AsyncContext> pages = ConcurrentHashMap.newKeySet();
    private final transient Set<Topic> moved = EnumSet.noneOf(Topic.class);
    private final transient ScheduledExecutorService teller = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "evenkeel-pages");
        thread.setDaemon(true);
        return thread;
    });

    public Live() {
        teller.scheduleWithFixedDelay(() -> tell(": still here\n\n"), BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
    }

    @Deactivate
    void close() {
        teller.shutdownNow();
        pages.forEach(this::end);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (pages.size() >= MOST_PAGES) {
            response.sendError(503, "Too many open pages.");
            return;
        }
        response.setContentType("text/event-stream; charset=utf-8");
        response.setHeader("X-Accel-Buffering", "no");
        response.getOutputStream().write(": welcome\n\n".getBytes(StandardCharsets.UTF_8));
        response.flushBuffer();
        AsyncContext page = request.startAsync();
        page.setTimeout(0);
        page.addListener(new Leaving(page));
        pages.add(page);
    }

    @Override
    public void changed(Change change) {
        EnumSet<Topic> topics = EnumSet.noneOf(Topic.class);
        change.kinds()
                .forEach(kind -> topics.add(
                        switch (kind) {
                            case LEVELS, LISTINGS, OUTCOMES, PRODUCTS, LOCATIONS, RULES -> Topic.LEVELS;
                            case ORDERS -> Topic.ORDERS;
                            case STORES -> Topic.STORES;
                        }));
        note(topics);
    }

    @Override
    public void changed(StoreId store) {
        note(EnumSet.of(Topic.STORES));
    }

    private void note(Set<Topic> topics) {
        synchronized (moved) {
            boolean first = moved.isEmpty();
            moved.addAll(topics);
            if (first && !topics.isEmpty() && !teller.isShutdown()) {
                teller.schedule(this::tellMoved, COALESCE_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private void tellMoved() {
        StringBuilder events = new StringBuilder();
        synchronized (moved) {
            moved.forEach(topic -> events.append("event: ")
                    .append(topic.name().toLowerCase(java.util.Locale.ROOT))
                    .append("\ndata: moved\n\n"));
            moved.clear();
        }
        tell(events.toString());
    }

    private void tell(String events) {
        byte[] bytes = events.getBytes(StandardCharsets.UTF_8);
        pages.forEach(page -> {
            try {
                page.getResponse().getOutputStream().write(bytes);
                page.getResponse().flushBuffer();
            } catch (IOException | IllegalStateException gone) {
                end(page);
            }
        });
    }

    private void end(AsyncContext page) {
        if (pages.remove(page)) {
            try {
                page.complete();
            } catch (IllegalStateException over) {
                // The container ended it first.
            }
        }
    }

    /** Forgets a page that went. */
    private final class Leaving implements AsyncListener {
        private final AsyncContext page;

        private Leaving(AsyncContext page) {
            this.page = page;
        }

        @Override
        public void onComplete(AsyncEvent event) {
            pages.remove(page);
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            end(page);
        }

        @Override
        public void onError(AsyncEvent event) {
            end(page);
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // Not restarted.
        }
    }
}
