package org.evenkeel.sync.internal.kept;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.evenkeel.connector.CheckReport;
import org.evenkeel.connector.StoreLocation;
import org.evenkeel.sync.Exchange;
import org.evenkeel.sync.Run;

/** What is kept as JSON, in shapes of its own so that what was kept stays readable when the API grows. */
final class Json {
    private static final int MOST_SHOWN = 100;
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Details(List<PhaseJson> phases, Run.Counts counts, List<String> errors) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record PhaseJson(String kind, long startedAt, Long endedAt, long done, long total) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record ReportJson(String account, Long storeTime, List<StoreLocation> locations, List<FindingJson> findings) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record FindingJson(String severity, String text, String wayOut) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record ExchangeJson(
            String operation, long millis, String summary, List<Exchange.Line> lines, int leftOut, String outcome) {}

    static byte[] exchange(Exchange exchange) {
        return write(new ExchangeJson(
                exchange.operation(),
                exchange.duration().toMillis(),
                exchange.summary(),
                exchange.lines(),
                exchange.linesLeftOut(),
                exchange.outcome().name()));
    }

    static Exchange exchange(Instant at, byte[] json) {
        ExchangeJson kept = read(json, ExchangeJson.class);
        return new Exchange(
                at,
                kept.operation(),
                Duration.ofMillis(kept.millis()),
                kept.summary(),
                kept.lines(),
                kept.leftOut(),
                Exchange.Outcome.valueOf(kept.outcome()));
    }

    static byte[] details(Run run) {
        List<PhaseJson> phases = run.phases().stream()
                .map(phase -> new PhaseJson(
                        phase.kind().name(),
                        phase.startedAt().toEpochMilli(),
                        millis(phase.endedAt()),
                        phase.done(),
                        phase.total()))
                .toList();
        return write(new Details(phases, run.counts(), run.errors()));
    }

    static Details details(byte[] json) {
        return read(json, Details.class);
    }

    static Run.Phase phase(PhaseJson json) {
        return new Run.Phase(
                Run.Phase.Kind.valueOf(json.kind()),
                Instant.ofEpochMilli(json.startedAt()),
                instant(json.endedAt()),
                json.done(),
                json.total());
    }

    static byte[] report(CheckReport report) {
        if (report == null) {
            return new byte[0];
        }
        return write(new ReportJson(
                report.account(),
                millis(report.storeTime()),
                report.locations().stream().limit(MOST_SHOWN).toList(),
                report.findings().stream()
                        .limit(MOST_SHOWN)
                        .map(found -> new FindingJson(found.severity().name(), found.text(), found.wayOut()))
                        .toList()));
    }

    static CheckReport report(byte[] json) {
        if (json.length == 0) {
            return null;
        }
        ReportJson report = read(json, ReportJson.class);
        List<CheckReport.Finding> findings = report.findings().stream()
                .map(found -> new CheckReport.Finding(
                        CheckReport.Severity.valueOf(found.severity()), found.text(), found.wayOut()))
                .toList();
        return new CheckReport(report.account(), instant(report.storeTime()), report.locations(), findings);
    }

    private static Long millis(Instant time) {
        return time == null ? null : time.toEpochMilli();
    }

    private static Instant instant(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static <T> T read(byte[] json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
