package org.evenkeel.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.sync.Exchange;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.StoreSync;
import org.junit.jupiter.api.Test;

/** A run's page: what went there and came back. */
class RunPageTest {
    private final Visit visit = new Visit();
    private Run run = Sample.run(Run.Trigger.SCHEDULE, new Run.Counts(12, 2, 0, 36, 3, 1, 0, 0, 4, 0));
    private List<Exchange> exchanges = List.of(
            exchange("orders", Exchange.Outcome.ANSWERED, "12 orders came."),
            exchange(
                    "push",
                    Exchange.Outcome.FAILED,
                    "The store answered: too many requests.",
                    new Exchange.Line("MUG", 9L, 12L, "the inventory item is not stocked here"),
                    new Exchange.Line("LANTERN", 46L, null, "")));
    private PageRequest asked;

    private final RunServlet servlet = new RunServlet(
            Stand.in(StoreSync.class, (method, args) -> switch (method) {
                case "run" -> args[0].equals(23L) ? Optional.of(run) : Optional.empty();
                case "store" -> Optional.of(new Sample().status());
                case "exchanges" -> {
                    asked = (PageRequest) args[1];
                    yield new Page<>(exchanges, 120, asked);
                }
                default -> Stand.NOTHING_SAID;
            }),
            visit.surroundings);

    private static Exchange exchange(
            String operation, Exchange.Outcome outcome, String summary, Exchange.Line... lines) {
        return new Exchange(
                Sample.NOW, operation, Duration.ofMillis(340), summary, List.of(lines), lines.length, outcome);
    }

    private String page() throws IOException {
        return visit.page(servlet, "/runs", "/23");
    }

    @Test
    void eachCallTellsWhatWentThereAndCameBack() throws IOException {
        String page = page();
        assertTrue(page.contains("12 orders came."), page);
        assertTrue(page.contains("The store answered: too many requests."), page);
        assertTrue(page.contains("the inventory item is not stocked here"), page);
        assertTrue(page.contains("2 more lines are not kept."), page);
        assertFalse(page.contains("would be sent"), page);
    }

    @Test
    void theyAreAskedForPageByPage() throws IOException {
        String page = visit.with("page", "2").page(servlet, "/runs", "/23");
        assertEquals(new PageRequest(50, 50), asked);
        assertTrue(page.contains("/runs/23?page=3"), page);
    }

    @Test
    void aDryRunSaysWhatItWouldSend() throws IOException {
        run = Sample.run(Run.Trigger.DRY_RUN, new Run.Counts(12, 2, 0, 36, 0, 0, 0, 0, 3, 2));
        exchanges = List.of(
                exchange("push", Exchange.Outcome.WITHHELD, "2 figures.", new Exchange.Line("MUG", 9L, 12L, "")));
        String page = page();
        assertTrue(page.contains("<strong>Dry run:</strong>"), page);
        assertTrue(page.contains("would be sent"), page);
        assertTrue(page.contains("<dt>Would be sent</dt><dd>2 figures</dd>"), page);
        assertFalse(page.contains("acknowledged"), page);
    }

    @Test
    void aRunInShadowSaysSo() throws IOException {
        run = Sample.run(Run.Trigger.SCHEDULE, new Run.Counts(12, 2, 0, 36, 0, 0, 0, 0, 3, 2));
        assertTrue(page().contains("<strong>Shadow:</strong>"));
    }

    @Test
    void whatIsNotKeptAnyMoreIsSaidToBeGone() throws IOException {
        exchanges = List.of();
        assertTrue(page().contains("is not kept any more"));
    }
}
