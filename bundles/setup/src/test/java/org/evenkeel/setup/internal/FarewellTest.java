package org.evenkeel.setup.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.StoreSync;
import org.junit.jupiter.api.Test;

/** A store that is removed is told so first, and is removed whatever it says. */
class FarewellTest {
    private static final StoreId SHOP = new StoreId("shop");

    private final List<StoreId> told = new ArrayList<>();
    private final Farewell farewell = new Farewell();

    private StoreSync sync(Supplier<CompletionStage<Optional<String>>> answer) {
        return (StoreSync) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {StoreSync.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("unsubscribe")) {
                        told.add((StoreId) arguments[0]);
                        return answer.get();
                    }
                    return proxy == arguments[0];
                });
    }

    @Test
    void theStoreIsToldWhileSomebodyCanTellIt() {
        StoreSync sync = sync(() -> CompletableFuture.completedFuture(Optional.empty()));
        farewell.say(SHOP);
        assertThat(told).isEmpty();
        farewell.by(sync);
        farewell.say(SHOP);
        assertThat(told).containsExactly(SHOP);
        farewell.no(sync);
        farewell.say(SHOP);
        assertThat(told).containsExactly(SHOP);
    }

    @Test
    void whateverComesOfItNothingIsThrown() {
        for (Supplier<CompletionStage<Optional<String>>> answer : List.<Supplier<CompletionStage<Optional<String>>>>of(
                () -> CompletableFuture.completedFuture(Optional.of("The line is cut.")),
                () -> CompletableFuture.failedFuture(new IllegalStateException("a bug")),
                () -> {
                    throw new NotFoundException("There is no store shop.");
                })) {
            farewell.by(sync(answer));
            assertThatCode(() -> farewell.say(SHOP)).doesNotThrowAnyException();
        }
        assertThat(told).hasSize(3);
    }
}
