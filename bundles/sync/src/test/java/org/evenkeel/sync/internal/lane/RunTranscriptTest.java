package org.evenkeel.sync.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.evenkeel.sync.Exchange;
import org.evenkeel.sync.Exchange.Line;
import org.junit.jupiter.api.Test;

class RunTranscriptTest {
    private final RunTranscript transcript = new RunTranscript();

    private static Exchange call(String operation, int lines) {
        return new Exchange(
                Instant.EPOCH,
                operation,
                Duration.ZERO,
                "",
                IntStream.range(0, lines)
                        .mapToObj(i -> new Line("S" + i, 1L, null, ""))
                        .toList(),
                0,
                Exchange.Outcome.ANSWERED);
    }

    @Test
    void linesBeyondTheBoundAreCountedAndNotKept() {
        transcript.add(call("push", 450));
        transcript.add(call("push", 250));

        assertThat(transcript.gathered()).extracting(one -> one.lines().size()).containsExactly(450, 50);
        assertThat(transcript.gathered()).extracting(Exchange::linesLeftOut).containsExactly(0, 200);
    }

    @Test
    void whatWasReadLeavesRoomForWhatWasSent() {
        for (int i = 0; i < 1000; i++) {
            transcript.add(call("orders", 1));
        }
        assertThat(transcript.takes("orders")).isFalse();
        assertThat(transcript.takes("push")).isTrue();
        transcript.add(call("push", 500));

        Exchange push = transcript.gathered().get(transcript.gathered().size() - 1);
        assertThat(push.operation()).isEqualTo("push");
        assertThat(push.lines()).hasSize(250);
    }

    @Test
    void whatIsKeptIsHandedOutOnce() {
        transcript.add(call("push", 1));
        transcript.keep();
        transcript.add(call("orders", 1));

        assertThat(transcript.kept()).isEqualTo(1);
        assertThat(transcript.gathered()).extracting(Exchange::operation).containsExactly("orders");
    }
}
