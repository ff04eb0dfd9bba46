package org.evenkeel.webhooks;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** A webhook on its way in, whatever the door. Used by one thread. */
interface Post {

    /** The store's id, as the path names it. */
    String store();

    /** Who is at the other end of the connection, in digits. */
    String peer();

    /** The length of the body as the sender claims it; -1 when it does not. */
    long length();

    /** All headers, by name without regard to case. */
    Map<String, List<String>> headers();

    /** The body, to be read once. */
    InputStream body() throws IOException;
}
