package org.evenkeel.simulator;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.evenkeel.simulator.control.ControlApi;

/** Which part of the simulator a call is meant for. */
final class Router {
    private final Simulator simulator;
    private final ControlApi control;
    private final List<StoreProtocol> protocols;

    Router(Simulator simulator, ControlApi control, List<StoreProtocol> protocols) {
        this.simulator = simulator;
        this.control = control;
        this.protocols = protocols;
    }

    Reply answer(Call call) {
        if (call.path().startsWith("/control/") || call.path().equals("/control")) {
            return control.answer(call);
        }
        for (StoreProtocol protocol : protocols) {
            Optional<String> shop = protocol.shopOf(call.path());
            if (shop.isPresent()) {
                return answer(protocol, shop.get(), call);
            }
        }
        return Reply.json(404, "{\"errors\":\"Not Found\"}");
    }

    private Reply answer(StoreProtocol protocol, String name, Call call) {
        Shop shop;
        try {
            shop = simulator.shop(name);
        } catch (NoSuchElementException e) {
            return protocol.unknownShop(call);
        }
        return protocol.answer(shop, call);
    }
}
