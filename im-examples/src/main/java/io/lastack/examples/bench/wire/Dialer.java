package io.lastack.examples.bench.wire;

import java.util.concurrent.ScheduledExecutorService;

/** Makes connections to one server. All of them share one thread. */
public interface Dialer extends AutoCloseable {
    /** The thread on which everything happens that the connections tell. */
    ScheduledExecutorService thread();

    /** Starts to connect as a user's device; the token is the user's. */
    void dial(String token, String device, LinkEvents events);

    @Override
    void close();
}
