package org.evenkeel.sync.internal.lane;

import java.util.Objects;

/**
 * What all lanes of a host wait for: while it is closed no run begins, and nothing is sent, opened or adopted by one that is
 * under way. Thread-safe.
 */
public final class Gate {
    private volatile String words;
    private volatile Runnable opened = () -> {};

    private Gate(String words) {
        this.words = words;
    }

    /** A gate that is open. */
    public static Gate open() {
        return new Gate("");
    }

    /** A gate that is closed. @param why in words */
    public static Gate closed(String why) {
        Gate gate = open();
        gate.close(why);
        return gate;
    }

    /** Closes it, or tells why it stays closed. @param why in words */
    public void close(String why) {
        if (why.isBlank()) {
            throw new IllegalArgumentException("Nobody waits without a word of why.");
        }
        words = why;
    }

    /** Lets all go on. */
    public void letGo() {
        words = "";
        opened.run();
    }

    public boolean isClosed() {
        return !words.isEmpty();
    }

    /** What is waited for; empty when it is open. */
    public String words() {
        return words;
    }

    /** @param work run each time it opens: returns at once */
    public void whenOpened(Runnable work) {
        opened = Objects.requireNonNull(work);
    }
}
