package org.evenkeel.webhooks;

/** Where webhooks come in. Open from its making until it is closed; closing waits a bounded time for what is inside. */
interface Door extends AutoCloseable {

    /** What comes before a store's id. */
    String PATH = "/webhooks/";

    /** Where it is, for the log. */
    String place();

    @Override
    void close();
}
