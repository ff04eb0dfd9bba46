package org.evenkeel.benchmarks.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.evenkeel.benchmarks.replay.Step.Correction;
import org.evenkeel.benchmarks.replay.Step.Return;
import org.evenkeel.benchmarks.replay.Step.Sale;
import org.evenkeel.benchmarks.replay.Step.Sold;
import org.junit.jupiter.api.Test;

/** From lines of the file to what happens. */
class ScriptTest {
    private static final Instant START = Instant.parse("2010-12-01T08:00:00Z");

    @Test
    void anInvoiceIsAnOrderWithItsLinesAsTheyAre() {
        Script script = script(
                line("1", "85123A", 6, "UK"),
                line("1", "85123a", 2, "UK"),
                line("1", "POST", 1, "UK"),
                line("2", "71053", 1, "UK"));

        assertThat(script.steps()).hasSize(2);
        Sale sale = (Sale) script.steps().get(0);
        assertThat(sale.lines()).extracting(Line::quantity).containsExactly(6, 2, 1);
        assertThat(script.steps()).map(step -> ((Sale) step).shop()).containsExactly(0, 1);
    }

    @Test
    void openingStockIsThreeFifthsOfTheDemandForAllSpellingsOfACode() {
        Script script = script(
                line("1", "85123A", 6, "UK"),
                line("2", "85123a", 3, "UK"),
                line("C3", "85123A", -4, "UK"),
                line("4", "85123A", -1, "UK"),
                line("5", "71053", -1, "UK"),
                line("5", "DOT", 10, "UK"));

        assertThat(script.opening()).isEqualTo(Map.of("85123A", 5L, "71053", 0L));
    }

    @Test
    void everySpellingIsListedUnderItsFirstTitle() {
        Script script = Script.of(
                List.of(
                        new Line("1", new Code("85123A"), "", 1, START, "UK"),
                        new Line("1", new Code("85123A"), "HEART", 1, START, "UK"),
                        new Line("1", new Code("85123a"), "", 1, START, "UK"),
                        new Line("1", new Code("POST"), "POSTAGE", 1, START, "UK"),
                        new Line("1", new Code("M"), "Manual", 1, START, "UK")),
                3);

        assertThat(script.listings())
                .isEqualTo(
                        Map.of(new Code("85123A"), "HEART", new Code("85123a"), "85123a", new Code("POST"), "POSTAGE"));
    }

    @Test
    void unitsComeBackFromTheNewestLineThatHasEnoughLeft() {
        Script script = script(
                line("1", "71053", 5, "UK"),
                line("2", "71053", 5, "UK"),
                line("3", "71053", 2, "UK"),
                line("C4", "71053", -4, "UK"),
                line("C5", "71053", -4, "UK"));

        assertThat(script.steps().get(3)).isEqualTo(back("C4", Map.of(new Sold("2", 0), 4), script));
        assertThat(script.steps().get(4)).isEqualTo(back("C5", Map.of(new Sold("1", 0), 4), script));
    }

    @Test
    void whereNoLineHasEnoughTheyComeFromSeveralAndTheRestIsACorrection() {
        Script script =
                script(line("1", "71053", 5, "UK"), line("2", "71053", 3, "UK"), line("C3", "71053", -10, "UK"));

        assertThat(script.steps().get(2))
                .isEqualTo(back("C3", Map.of(new Sold("2", 0), 3, new Sold("1", 0), 5), script));
        assertThat(script.steps().get(3))
                .isInstanceOfSatisfying(
                        Correction.class,
                        correction -> assertThat(correction.delta()).isEqualTo(2));
    }

    @Test
    void aReturnFitsOnlyItsCodeAndCountry() {
        Script script = script(
                line("1", "71053", 5, "UK"),
                line("C2", "71053", -1, "France"),
                line("C3", "71054", -1, "UK"),
                line("C4", "M", -1, "UK"),
                line("5", "71053", -2, "UK"));

        assertThat(script.steps().subList(1, script.steps().size()))
                .allSatisfy(step -> assertThat(step).isInstanceOf(Correction.class))
                .extracting(step -> ((Correction) step).delta())
                .containsExactly(1L, 1L, 2L);
    }

    @Test
    void linesOfOneCancellationMayMeetInOneLineOfAnOrder() {
        Script script =
                script(line("1", "71053", 5, "UK"), line("C2", "71053", -1, "UK"), line("C2", "71053", -2, "UK"));

        assertThat(script.steps().get(1)).isEqualTo(back("C2", Map.of(new Sold("1", 0), 3), script));
    }

    @Test
    void whatHappensInAllOfTheFileAddsUpToWhatTheOracleSays() throws IOException {
        Path file = RealOrders.file();
        List<Line> lines = OrderFile.read(file, Integer.MAX_VALUE);
        Oracle oracle = Oracle.read(file, Integer.MAX_VALUE);

        assertThat(lines).hasSize(209_029).hasSize(oracle.lines());
        assertThat(inStock(Script.of(lines, 3))).isEqualTo(oracle.inStock());
    }

    private static Map<String, Long> inStock(Script script) {
        Map<String, Long> inStock = new TreeMap<>(script.opening());
        Map<String, Sale> sales = new HashMap<>();
        for (Step step : script.steps()) {
            if (step instanceof Sale sale) {
                sales.put(sale.invoice(), sale);
                sale.lines()
                        .forEach(line -> inStock.computeIfPresent(
                                line.code().folded(), (code, units) -> units - line.quantity()));
            } else if (step instanceof Return back) {
                back.units().forEach((sold, units) -> {
                    Line line = sales.get(sold.invoice()).lines().get(sold.line());
                    inStock.computeIfPresent(line.code().folded(), (code, stock) -> stock + units);
                });
            } else if (step instanceof Correction correction) {
                inStock.computeIfPresent(correction.code().folded(), (code, stock) -> stock + correction.delta());
            }
        }
        return inStock;
    }

    private static Return back(String invoice, Map<Sold, Integer> units, Script script) {
        Instant at = script.steps().stream()
                .filter(step -> step instanceof Return back && back.invoice().equals(invoice))
                .map(Step::at)
                .findFirst()
                .orElseThrow();
        return new Return(invoice, at, units);
    }

    private static Script script(Line... lines) {
        return Script.of(Arrays.asList(lines), 3);
    }

    private static Line line(String invoice, String code, int quantity, String country) {
        int minute = Integer.parseInt(invoice.replace("C", ""));
        return new Line(invoice, new Code(code), code, quantity, START.plusSeconds(60L * minute), country);
    }
}
