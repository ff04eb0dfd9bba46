package org.evenkeel.sync.internal;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.PublicAddress;
import org.evenkeel.sync.WebhookStatus;
import org.evenkeel.sync.WebhookStatus.State;
import org.evenkeel.sync.internal.lane.Callbacks;
import org.evenkeel.sync.internal.lane.LaneMemory.Subscribed;
import org.evenkeel.sync.internal.lane.LaneView;

/** Says in words where a store stands with its webhooks. Thread-safe. */
final class WebhookView {
    private static final String POLLED = " The store is polled all the same.";

    private final Callbacks callbacks;

    WebhookView(Callbacks callbacks) {
        this.callbacks = callbacks;
    }

    /** Callbacks by the address that is set at the moment. */
    static Callbacks at(Supplier<Optional<PublicAddress>> address) {
        return new Callbacks() {
            @Override
            public Optional<URI> address(StoreId store) {
                return address.get().flatMap(known -> known.webhooks(store));
            }

            @Override
            public String explanation() {
                return address.get().map(PublicAddress::explanation).orElseGet(NOWHERE::explanation);
            }
        };
    }

    WebhookStatus status(Store store, LaneView lane) {
        Subscribed last = lane.state().subscribed;
        return switch (lane.callback()) {
            case NONE ->
                status(
                        State.NONE,
                        lane.connected()
                                ? "The connector of this store takes no webhooks." + POLLED
                                : "The connector of this store is away.",
                        last);
            case BY_HAND -> byHand(store, last);
            case BY_API -> byApi(store, last);
        };
    }

    private WebhookStatus byHand(Store store, Subscribed last) {
        return callbacks
                .address(store.id())
                .map(address -> status(
                        State.BY_HAND,
                        "Webhooks are subscribed by hand in the store's own pages, to " + address + ".",
                        last))
                .orElseGet(() -> status(State.OFF, callbacks.explanation() + POLLED, last));
    }

    private WebhookStatus byApi(Store store, Subscribed last) {
        if (!store.syncOn()) {
            return status(State.OFF, "Webhooks are subscribed when the store is turned on.", last);
        }
        if (callbacks.address(store.id()).isEmpty()) {
            return status(State.OFF, callbacks.explanation() + POLLED, last);
        }
        if (last == null || !callbacks.address(store.id()).get().equals(last.address())) {
            return status(State.PENDING, "The store is told where to call back with its next run.", last);
        }
        return last.trouble().isEmpty()
                ? status(State.ON, "The store calls back at " + last.address() + ".", last)
                : status(
                        State.TROUBLE, last.trouble() + POLLED + " It is tried again with one of its next runs.", last);
    }

    private static WebhookStatus status(State state, String words, Subscribed last) {
        return new WebhookStatus(
                state, words, last == null ? List.of() : last.present(), last == null ? null : last.at());
    }
}
