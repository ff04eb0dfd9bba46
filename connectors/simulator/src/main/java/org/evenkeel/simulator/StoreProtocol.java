package org.evenkeel.simulator;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * How a shop talks to apps. A protocol keeps nothing of its own: everything is in the {@link Shop}. Called by many
 * threads at once.
 */
public interface StoreProtocol {
    /** The name that users see, such as {@code Shopify}. */
    String name();

    /** The name of the shop that a path speaks to; empty where the path is none of this protocol's. */
    Optional<String> shopOf(String path);

    /** The address to give to a connector for a shop. */
    URI address(URI simulator, String shop);

    /** Answers one call, checks its token included. Hangs where the shop's faults say so. */
    Reply answer(Shop shop, Call call);

    /**
     * What the shop tells its subscribers of a happening; called under the shop's lock.
     *
     * @return one notice for each topic that it concerns
     */
    List<Notice> notices(Shop shop, Happening happening);

    /** The same event delivered again. */
    Notice.Message again(Notice.Message first);

    /** The answer for a shop that does not exist. */
    Reply unknownShop(Call call);
}
