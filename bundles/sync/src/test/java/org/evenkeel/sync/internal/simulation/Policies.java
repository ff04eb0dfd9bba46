package org.evenkeel.sync.internal.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.ListingRule;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.RuleBook;
import org.evenkeel.ledger.RuleChange;
import org.evenkeel.ledger.RuleScope;
import org.evenkeel.sync.Drift;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.StorePlans;
import org.evenkeel.sync.StoreSettings;
import org.evenkeel.sync.StoreStatus;
import org.evenkeel.sync.StoreSync;
import org.evenkeel.sync.internal.testing.VirtualTime;

/** People who decide what stores are told: they change rules, put stores into shadow, hold them and release them by plans. */
final class Policies {
    private static final String ACTOR = "user:owner";
    private static final Duration AGAIN = Duration.ofSeconds(20);

    private final VirtualTime time;
    private final Tale tale;
    private final Random random;
    private final Collection<SimStore> stores;
    private final Oracle oracle;
    private final RuleBook rules;
    private final RulesSet set;
    /** Asks one of the hosts; nothing is asked where none runs. */
    private final Consumer<BiConsumer<StoreSync, StorePlans>> hosts;

    private final Set<SimStore> withheld = new HashSet<>();
    private int changes;

    Policies(
            VirtualTime time,
            Tale tale,
            Random random,
            Collection<SimStore> stores,
            Oracle oracle,
            RuleBook rules,
            RulesSet set,
            Consumer<BiConsumer<StoreSync, StorePlans>> hosts) {
        this.time = time;
        this.tale = tale;
        this.random = random;
        this.stores = stores;
        this.oracle = oracle;
        this.rules = rules;
        this.set = set;
        this.hosts = hosts;
    }

    // --- rules

    void changeRules() {
        List<RuleScope> scopes = new ArrayList<>(List.of(RuleScope.DEFAULT));
        for (SimStore store : stores) {
            scopes.add(new RuleScope.OfStore(store.id));
            store.listings
                    .keySet()
                    .forEach(listing -> scopes.add(new RuleScope.OfListing(new ListingKey(store.id, listing, ""))));
        }
        RuleScope scope = scopes.get(random.nextInt(scopes.size()));
        ListingRule rule = random.nextInt(4) == 0 ? null : rule();
        tale.saw(
                rule == null
                        ? Kind.RULE_TAKEN_AWAY
                        : rule.paused() ? Kind.RULE_PAUSED : rule.min() > 0 ? Kind.RULE_WITH_MIN : Kind.RULE);
        tale.tell("somebody sets the rule of " + scope + ": " + rule);
        IdempotencyKey key = new IdempotencyKey(ACTOR, "rule " + ++changes);
        try {
            rules.apply(List.of(rule == null ? RuleChange.remove(scope) : RuleChange.set(scope, rule)), ACTOR, key);
            set.set(scope, rule, stores);
        } catch (NotFoundException unknown) {
            tale.tell("there is no such listing yet");
        }
    }

    private ListingRule rule() {
        long min = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0;
        return new ListingRule(
                random.nextInt(2) * random.nextInt(6),
                List.of(10_000, 10_000, 5_000, 3_333).get(random.nextInt(4)),
                min,
                random.nextBoolean() ? Long.MAX_VALUE : min + random.nextInt(12),
                random.nextInt(2) * random.nextInt(5),
                random.nextInt(5) == 0,
                false);
    }

    // --- shadow

    void shadow(SimStore store, Duration length) {
        withhold(store, length, sync -> sync.configure(store.id, settings(true), ACTOR), () -> outOfShadow(store));
        tale.saw(Kind.SHADOW);
    }

    /** Until it works: a host dies, or cannot do it now. */
    private void outOfShadow(SimStore store) {
        store.faults.disturbed(AGAIN);
        oracle.sendsAgain(store);
        boolean[] done = {false};
        hosts.accept((sync, plans) -> {
            sync.configure(store.id, settings(false), ACTOR);
            done[0] = true;
            tale.tell(store + " is out of shadow");
        });
        time.in(AGAIN, () -> {
            if (!done[0]) {
                outOfShadow(store);
            }
        });
    }

    private static StoreSettings settings(boolean shadow) {
        return new StoreSettings(null, Drift.OVERWRITE, shadow, null, null);
    }

    // --- held

    void hold(SimStore store, Duration length) {
        withhold(store, length, sync -> sync.hold(Set.of(store.id), "a look at it", ACTOR), () -> release(store));
        tale.saw(Kind.HELD);
    }

    /** A plan is made, looked at and applied, and made anew where that did not work. */
    private void release(SimStore store) {
        store.faults.disturbed(AGAIN);
        boolean[] done = {false};
        hosts.accept((sync, plans) -> {
            String reason = sync.store(store.id).map(StoreStatus::heldReason).orElse("?");
            if (reason.isEmpty()) {
                done[0] = true;
                tale.tell(store + " is released");
            } else {
                release(store, plans);
            }
        });
        time.in(AGAIN, () -> {
            if (!done[0]) {
                release(store);
            }
        });
    }

    private void release(SimStore store, StorePlans plans) {
        Plan last = plans.plans(store.id, new PageRequest(0, 1)).items().stream()
                .findFirst()
                .orElse(null);
        if (last == null
                || last.kind() != Plan.Kind.RELEASE
                || !Set.of(Plan.State.PULLING, Plan.State.READY).contains(last.state())
                || !last.outdated().isEmpty()) {
            plans.begin(store.id, Plan.Kind.RELEASE, ACTOR);
        } else if (last.state() == Plan.State.READY) {
            oracle.sendsAgain(store);
            plans.apply(last.id(), ACTOR);
            tale.saw(Kind.RELEASED_BY_PLAN);
            tale.tell(store + " is to be released by its plan");
        }
    }

    /** Nothing is sent to a store from the moment on at which that was asked for and done, until somebody lets it go. */
    private void withhold(SimStore store, Duration length, Consumer<StoreSync> ask, Runnable letGo) {
        if (!withheld.add(store)) {
            return;
        }
        // From now on: it may be done though nobody hears of it.
        store.faults.disturbed(length);
        hosts.accept((sync, plans) -> {
            ask.accept(sync);
            if (withheld.contains(store)) {
                tale.tell(store + " is not to be sent anything");
                oracle.sendsNothing(store);
            }
        });
        time.in(length, () -> {
            withheld.remove(store);
            letGo.run();
        });
    }
}
