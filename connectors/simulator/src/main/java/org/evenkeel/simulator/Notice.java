package org.evenkeel.simulator;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What a shop tells of a {@link Happening} under one topic, in the words of its protocol.
 *
 * @param topic as subscriptions name it
 * @param signed makes the message: given the fields of the body that are wanted (empty for all), under the shop's secret.
 *     Called under the shop's lock
 */
public record Notice(String topic, Function<Set<String>, Message> signed) {

    /**
     * An HTTP message.
     *
     * @param headers by name, the signature among them
     * @param body the raw bytes
     */
    public record Message(Map<String, String> headers, byte[] body) {}

    /** Makes the delivery of the same event that comes after this one. */
    @FunctionalInterface
    public interface Repeated {
        Message again(Message first);
    }
}
