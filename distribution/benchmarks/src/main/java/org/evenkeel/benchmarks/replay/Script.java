package org.evenkeel.benchmarks.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evenkeel.benchmarks.replay.Step.Correction;
import org.evenkeel.benchmarks.replay.Step.Return;
import org.evenkeel.benchmarks.replay.Step.Sale;
import org.evenkeel.benchmarks.replay.Step.Sold;

/**
 * What happens in the replay.
 *
 * @param steps in the order of time
 * @param opening opening stock by folded code, of goods only
 * @param listings what every shop lists: each spelling of each code, with its title
 */
record Script(List<Step> steps, Map<String, Long> opening, Map<Code, String> listings) {

    /** So much of its demand lies on the shelf in the beginning, in per cent. */
    private static final int STOCKED = 60;

    /** Makes invoices into orders, spread over so many shops, and everything else into returns and corrections. */
    static Script of(List<Line> lines, int shops) {
        Map<String, List<Line>> invoices = new LinkedHashMap<>();
        lines.forEach(line -> invoices.computeIfAbsent(line.invoice(), number -> new ArrayList<>())
                .add(line));
        Writer writer = new Writer(shops);
        invoices.values().forEach(writer::invoice);
        return new Script(writer.steps, opening(lines), listings(lines));
    }

    private static Map<String, Long> opening(List<Line> lines) {
        Map<String, Long> demand = new LinkedHashMap<>();
        for (Line line : lines) {
            if (line.code().goods()) {
                demand.merge(line.code().folded(), Math.max(0L, line.quantity()), Math::addExact);
            }
        }
        demand.replaceAll((code, units) -> units * STOCKED / 100);
        return demand;
    }

    private static Map<Code, String> listings(List<Line> lines) {
        Map<Code, String> titles = new LinkedHashMap<>();
        for (Line line : lines) {
            if (line.code().kind() != Code.Kind.BY_HAND) {
                titles.merge(line.code(), line.description(), (known, other) -> known.isEmpty() ? other : known);
            }
        }
        titles.replaceAll((code, title) -> title.isEmpty() ? code.raw() : title);
        return titles;
    }

    /** Writes steps, invoice by invoice. */
    private static final class Writer {
        private final List<Step> steps = new ArrayList<>();
        private final SoldLines sold = new SoldLines();
        private final int shops;
        private int orders;
        private int corrected;

        Writer(int shops) {
            this.shops = shops;
        }

        void invoice(List<Line> lines) {
            Line first = lines.get(0);
            if (first.onCancellation()) {
                cancellation(first, lines);
            } else {
                order(first, lines.stream().filter(line -> line.quantity() > 0).toList());
                lines.stream()
                        .filter(line -> line.quantity() < 0 && line.code().goods())
                        .forEach(line -> steps.add(correction(line, -(long) line.quantity(), "correction")));
            }
        }

        private void order(Line first, List<Line> lines) {
            if (lines.isEmpty()) {
                return;
            }
            steps.add(new Sale(first.invoice(), first.at(), orders++ % shops, lines));
            for (int i = 0; i < lines.size(); i++) {
                sold.add(lines.get(i), new Sold(first.invoice(), i));
            }
        }

        private void cancellation(Line first, List<Line> lines) {
            Map<Sold, Integer> units = new HashMap<>();
            List<Step> corrections = new ArrayList<>();
            for (Line line : lines) {
                Map<Sold, Integer> found = sold.takeBack(line, -line.quantity());
                found.forEach((from, count) -> units.merge(from, count, Integer::sum));
                long rest = -(long) line.quantity()
                        - found.values().stream().mapToInt(Integer::intValue).sum();
                if (rest > 0 && line.code().goods()) {
                    corrections.add(correction(line, rest, "return without an order"));
                }
            }
            if (!units.isEmpty()) {
                steps.add(new Return(first.invoice(), first.at(), units));
            }
            steps.addAll(corrections);
        }

        private Correction correction(Line line, long delta, String why) {
            return new Correction(line.invoice() + " " + ++corrected, line.at(), line.code(), delta, why);
        }
    }
}
