package org.evenkeel.sync.internal.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.evenkeel.connector.TransientException;
import org.evenkeel.ledger.Lease;
import org.evenkeel.ledger.LeaseLostException;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.internal.call.CallExecutor;
import org.evenkeel.sync.internal.call.CallResult;
import org.evenkeel.sync.internal.time.Scheduler.Cancellable;
import org.junit.jupiter.api.Test;

/** No call is made under a lease that is over, and none that was made tells the lane anything. */
class LeasedCallsTest {
    private static final Duration TIME = Duration.ofSeconds(20);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
    private final NodeClock clock = NodeClock.of(now::get);
    private final HeldLease lease = new HeldLease(new Lease(new StoreId("shop"), "one", 7), clock, clock.now(), TIME);
    private final List<String> told = new ArrayList<>();
    private final Later calls = new Later();
    private final LeasedCalls leased = new LeasedCalls(calls, lease, () -> told.add("lost"));

    /** Calls that are made when the test says so. */
    private final class Later implements CallExecutor {
        private Runnable make = () -> {};
        private Runnable onTaking = () -> {};
        private int cancelled;

        @Override
        public <T> Cancellable call(CallOrder order, Work<T> work, Consumer<CallResult<T>> done) {
            onTaking.run();
            make = () -> {
                try {
                    done.accept(new CallResult.Answer<>(work.run(null)));
                } catch (TransientException e) {
                    done.accept(new CallResult.Failed<>(e));
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            };
            return () -> cancelled++;
        }
    }

    private Cancellable call() {
        return leased.call(
                null,
                call -> {
                    told.add("made");
                    return 1;
                },
                result -> told.add("done"));
    }

    private void isOver() {
        now.set(now.get().plus(TIME));
    }

    @Test
    void underALeaseThatStandsACallIsMadeAndTold() {
        call();
        calls.make.run();
        assertThat(told).containsExactly("made", "done");
    }

    @Test
    void afterItsEndNoCallIsTaken() {
        isOver();
        assertThatThrownBy(this::call).isInstanceOf(LeaseLostException.class);
        calls.make.run();
        assertThat(told).isEmpty();
    }

    @Test
    void aCallThatWasTakenIsNotMadeAfterItsEnd() {
        call();
        isOver();
        calls.make.run();
        assertThat(told).containsExactly("lost");
    }

    @Test
    void aCallThatWasMadeBeforeItsEndTellsTheLaneNothing() {
        leased.call(
                null,
                call -> {
                    isOver();
                    return told.add("made");
                },
                result -> told.add("done"));
        calls.make.run();
        assertThat(told).containsExactly("made", "lost");
    }

    @Test
    void aCallThatIsTakenAsItEndsIsCancelled() {
        calls.onTaking = this::isOver;
        call();
        assertThat(calls.cancelled).isEqualTo(1);
    }

    @Test
    void aLeaseThatIsOverNeverStandsAgain() {
        assertThatCode(lease::check).doesNotThrowAnyException();
        isOver();
        assertThat(lease.stands()).isFalse();
        lease.renewed(clock.now());
        assertThat(lease.stands()).as("renewed too late").isFalse();
        now.set(now.get().minus(TIME));
        assertThat(lease.stands()).as("the clock was set back").isFalse();
        assertThatThrownBy(lease::check).isInstanceOf(LeaseLostException.class);
    }
}
