package org.evenkeel.sync.internal.lane;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.evenkeel.connector.CheckReport;
import org.evenkeel.connector.FigureReading;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.connector.ListingPage;
import org.evenkeel.connector.OrderEntry;
import org.evenkeel.connector.OrderLookup;
import org.evenkeel.connector.OrderPage;
import org.evenkeel.connector.PushBatch;
import org.evenkeel.connector.PushOutcome;
import org.evenkeel.connector.UnreadableOrder;
import org.evenkeel.sync.Exchange.Line;

/**
 * Tells a call so that people can read it: what was asked or sent, and what came back.
 *
 * @param <T> what the call answers
 */
interface Transcript<T> {

    /** In one sentence. */
    String summary(T answer);

    /** The single things that came back, or went there with what became of them. */
    default List<Line> lines(T answer) {
        return List.of();
    }

    /** The single things that went there, when nobody knows what became of them. */
    default List<Line> sent() {
        return List.of();
    }

    /** Of what needs no more words than its name. */
    static <T> Transcript<T> plain() {
        return answer -> "";
    }

    static Transcript<CheckReport> check() {
        return report -> report.passed()
                ? "The check passed."
                : report.findings().stream()
                        .filter(finding -> finding.severity() == CheckReport.Severity.ERROR)
                        .map(CheckReport.Finding::text)
                        .collect(Collectors.joining(" "));
    }

    static Transcript<ListingPage> listings() {
        return page -> page.entries().size() + " listings" + (page.next() == null ? ", the last of them." : ".");
    }

    static Transcript<OrderPage> orders() {
        return new Transcript<>() {
            @Override
            public String summary(OrderPage page) {
                return page.entries().size() + " orders" + (page.more() ? ", more to come." : ".");
            }

            @Override
            public List<Line> lines(OrderPage page) {
                return page.entries().stream().map(Transcript::line).toList();
            }
        };
    }

    private static Line line(OrderEntry order) {
        return new Line(order.id(), null, null, order instanceof UnreadableOrder ? "cannot be read" : "");
    }

    static Transcript<List<OrderLookup>> ordersById() {
        return new Transcript<>() {
            @Override
            public String summary(List<OrderLookup> answer) {
                return answer.size() + " orders by their ids.";
            }

            @Override
            public List<Line> lines(List<OrderLookup> answer) {
                return answer.stream()
                        .map(lookup -> lookup instanceof OrderLookup.Found found
                                ? line(found.order())
                                : new Line(lookup.id(), null, null, "gone"))
                        .toList();
            }
        };
    }

    /** @param asked which figures, in the order asked for */
    static Transcript<List<FigureReading>> readBack(List<FigureTarget> asked) {
        return new Transcript<>() {
            @Override
            public String summary(List<FigureReading> answer) {
                return answer.size() + " of " + asked.size() + " figures.";
            }

            @Override
            public List<Line> lines(List<FigureReading> answer) {
                Map<List<String>, Long> shown = new HashMap<>();
                answer.forEach(reading -> shown.put(ReadBack.place(reading.target()), reading.quantity()));
                return asked.stream()
                        .map(target -> {
                            Long quantity = shown.get(ReadBack.place(target));
                            return new Line(name(target), quantity, null, quantity == null ? "not told" : "");
                        })
                        .toList();
            }
        };
    }

    private static String name(FigureTarget target) {
        return target.listing().variant().isEmpty()
                ? target.listing().listing()
                : target.listing().listing() + "/" + target.listing().variant();
    }

    static Transcript<List<PushOutcome>> push(PushBatch batch) {
        return new Transcript<>() {
            @Override
            public String summary(List<PushOutcome> outcomes) {
                long acknowledged = outcomes.stream()
                        .filter(PushOutcome.Acknowledged.class::isInstance)
                        .count();
                return acknowledged + " of " + batch.items().size() + " figures acknowledged.";
            }

            @Override
            public List<Line> lines(List<PushOutcome> outcomes) {
                List<Line> lines = new ArrayList<>();
                for (int i = 0; i < batch.items().size(); i++) {
                    PushBatch.Item item = batch.items().get(i);
                    String words = i < outcomes.size() ? words(outcomes.get(i)) : "no outcome";
                    lines.add(new Line(item.sku(), item.figure(), item.expected(), words));
                }
                return lines;
            }

            @Override
            public List<Line> sent() {
                return batch.items().stream()
                        .map(item -> new Line(item.sku(), item.figure(), item.expected(), ""))
                        .toList();
            }
        };
    }

    static Transcript<List<PushOutcome>> confirm(List<String> tokens) {
        return new Transcript<>() {
            @Override
            public String summary(List<PushOutcome> outcomes) {
                return "Asked what became of " + tokens.size() + " figures that were accepted.";
            }

            @Override
            public List<Line> lines(List<PushOutcome> outcomes) {
                return outcomes.stream()
                        .map(outcome -> new Line("", null, null, words(outcome)))
                        .toList();
            }
        };
    }

    private static String words(PushOutcome outcome) {
        if (outcome instanceof PushOutcome.Acknowledged) {
            return "acknowledged";
        }
        if (outcome instanceof PushOutcome.Accepted) {
            return "accepted, to be confirmed";
        }
        if (outcome instanceof PushOutcome.Refused refused) {
            return ("refused: " + refused.code() + " " + refused.message()).strip();
        }
        if (outcome instanceof PushOutcome.Stale stale) {
            return stale.actual() == null ? "stale" : "stale: the store shows " + stale.actual();
        }
        return outcome instanceof PushOutcome.NotSent notSent
                ? "not sent: " + notSent.message()
                : "unknown: " + ((PushOutcome.Unknown) outcome).message();
    }
}
