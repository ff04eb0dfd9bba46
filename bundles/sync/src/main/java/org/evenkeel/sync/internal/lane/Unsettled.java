package org.evenkeel.sync.internal.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.connector.PushOutcome;
import org.evenkeel.ledger.DueFigure;
import org.evenkeel.ledger.ListingBook.AcceptedPush;
import org.evenkeel.ledger.ListingBook.Reading;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.PushRecord;

/**
 * Settles pushes whose outcome is not known: never by sending again, always by reading between two order pulls. Where orders
 * come late, a reading that is one of the candidates proves nothing by itself: what was sent less an unseen sale may look as
 * if it had never arrived. It decides at once only where nothing higher would follow; any other reading decides when it is
 * seen twice, apart by the lag, with no order in between. Pushes that the store took for later are asked for.
 */
final class Unsettled implements Activity {
    private static final int MOST = 500;
    private static final int MOST_ROUNDS = 3;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    /**
     * A first reading that proved nothing by itself.
     *
     * @param belief what was believed when it was taken; orders of the store that are seen later move it; null when unknown
     */
    record First(long quantity, Long belief, Instant at) {
        boolean isOf(DueFigure figure, long seen) {
            return quantity == seen && Objects.equals(belief, figure.belief());
        }
    }

    private enum Stage {
        CONFIRM,
        PULL_BEFORE,
        READ,
        PULL_AFTER,
        DECIDE
    }

    private final Scope scope;
    private Stage stage = Stage.CONFIRM;
    private Map<Long, DueFigure> before = Map.of();
    private Map<Long, Long> readings = Map.of();
    private Instant readAt;
    private int round;

    Unsettled(Scope scope) {
        this.scope = scope;
    }

    @Override
    public Next next() {
        return switch (stage) {
            case CONFIRM -> confirm();
            case PULL_BEFORE -> pullBefore();
            case READ -> read();
            case PULL_AFTER -> {
                stage = Stage.DECIDE;
                yield new Next.Then(new OrderPull(scope));
            }
            case DECIDE -> decide();
        };
    }

    private Next confirm() {
        List<AcceptedPush> accepted = scope.ledger.listings().accepted(scope.store, MOST);
        if (accepted.isEmpty() || scope.withholds()) {
            stage = Stage.PULL_BEFORE;
            return Next.AGAIN;
        }
        List<String> tokens = accepted.stream().map(AcceptedPush::token).toList();
        return Next.call(
                "confirm", Transcript.confirm(tokens), call -> scope.connector.confirm(tokens, call), outcomes -> {
                    confirmed(accepted, outcomes);
                    stage = Stage.PULL_BEFORE;
                });
    }

    private void confirmed(List<AcceptedPush> accepted, List<PushOutcome> outcomes) {
        Map<Long, ProductId> products = scope.ledger.listings().unsettled(scope.store, 2 * MOST).stream()
                .collect(Collectors.toMap(DueFigure::id, DueFigure::product, (a, b) -> b));
        Set<ProductId> arrived = new HashSet<>();
        Map<String, List<PushRecord.Outcome>> byKey = new LinkedHashMap<>();
        for (int i = 0; i < accepted.size(); i++) {
            PushOutcome outcome = i < outcomes.size() ? outcomes.get(i) : new PushOutcome.Unknown("No answer.");
            ProductId product = products.get(accepted.get(i).figure());
            if (outcome instanceof PushOutcome.Acknowledged && product != null) {
                arrived.add(product);
            }
            if (!(outcome instanceof PushOutcome.Accepted)) {
                byKey.computeIfAbsent(accepted.get(i).key(), key -> new ArrayList<>())
                        .add(Outcomes.record(accepted.get(i).figure(), outcome));
            }
        }
        byKey.forEach((key, ended) -> scope.ledger.listings().sent(scope.store, key, ended, scope.now()));
        scope.hints.acknowledged(arrived);
        boolean waiting = byKey.values().stream().mapToInt(List::size).sum() < accepted.size();
        if (waiting) {
            lookAgain(LOOK_AGAIN);
        }
    }

    /** Figures with an unknown outcome, however many accepted ones are before them. */
    private Map<Long, DueFigure> unknown() {
        for (int limit = MOST; ; limit *= 2) {
            List<DueFigure> unsettled = scope.ledger.listings().unsettled(scope.store, limit);
            Map<Long, DueFigure> unknown = unsettled.stream()
                    .filter(DueFigure::unknown)
                    .limit(MOST)
                    .collect(Collectors.toMap(DueFigure::id, Function.identity(), (a, b) -> b, LinkedHashMap::new));
            if (!unknown.isEmpty() || unsettled.size() < limit) {
                return unknown;
            }
        }
    }

    private Next pullBefore() {
        if (unknown().isEmpty()) {
            return Next.DONE;
        }
        stage = Stage.READ;
        return new Next.Then(new OrderPull(scope));
    }

    private Next read() {
        before = unknown();
        Map<Long, FigureTarget> targets = new LinkedHashMap<>();
        before.forEach((id, figure) -> targets.put(id, ReadBack.target(figure)));
        readAt = scope.now();
        stage = Stage.PULL_AFTER;
        return new Next.Then(new ReadBack(scope, targets, seen -> readings = seen));
    }

    private Next decide() {
        Map<Long, DueFigure> after = unknown();
        List<Reading> decided = new ArrayList<>();
        Set<ProductId> arrived = new HashSet<>();
        List<Long> moved = new ArrayList<>();
        for (DueFigure figure : after.values()) {
            Long seen = readings.get(figure.id());
            if (seen == null || !before.containsKey(figure.id())) {
                lookAgain(LOOK_AGAIN);
            } else if (movedSince(figure)) {
                moved.add(figure.id());
            } else if (believable(figure, seen)) {
                decided.add(new Reading(figure.id(), seen));
                if (seen.equals(scope.lastSent.remove(figure.id()))) {
                    arrived.add(figure.product());
                }
                scope.firstReadings.remove(figure.id());
            }
        }
        if (!decided.isEmpty()) {
            scope.ledger.listings().believe(scope.store, decided, "reading");
            scope.hints.acknowledged(arrived);
        }
        if (moved.isEmpty()) {
            return Next.DONE;
        }
        if (++round == MOST_ROUNDS) {
            lookAgain(LOOK_AGAIN);
            return Next.DONE;
        }
        stage = Stage.READ;
        return Next.AGAIN;
    }

    /** Whether an order came in between that the reading may or may not include; a conditional push would find that out. */
    private boolean movedSince(DueFigure figure) {
        return !scope.can.compareAndSet()
                && figure.productVersion() != before.get(figure.id()).productVersion();
    }

    private boolean believable(DueFigure figure, long seen) {
        if (!scope.ordersComeLate()) {
            return true;
        }
        if (candidates(figure).containsValue(seen) && Numbers.number(figure, scope.can) <= seen) {
            scope.lookLater(figure.id(), ReadBack.target(figure), readAt);
            return true;
        }
        First first = scope.firstReadings.get(figure.id());
        if (first == null || !first.isOf(figure, seen)) {
            scope.firstReadings.put(figure.id(), new First(seen, figure.belief(), readAt));
        } else if (!readAt.isBefore(first.at().plus(scope.can.orderLag()))) {
            return true;
        }
        lookAgain(scope.can.orderLag());
        return false;
    }

    /** What the store may show: as if nothing had arrived, and what was sent. */
    private Map<String, Long> candidates(DueFigure figure) {
        Map<String, Long> candidates = new HashMap<>();
        candidates.put("believed", figure.belief());
        if (figure.productVersion() == before.get(figure.id()).productVersion()) {
            candidates.put("sent", scope.lastSent.get(figure.id()));
        }
        return candidates;
    }

    private void lookAgain(Duration wait) {
        Instant at = scope.now().plus(wait);
        if (scope.settleAgainAt == null || at.isBefore(scope.settleAgainAt)) {
            scope.settleAgainAt = at;
        }
    }
}
