package io.lastack.client;

import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.ServerFrame;
import java.util.List;

/** Opens connections to a server for the client engine: the client's side of a transport. */
public interface Connector {
    /**
     * Starts to connect; does not block. Exactly one of {@link Listener#opened} and {@link Listener#closed} follows
     * first; after {@code opened}, {@code received} any number of times, then {@code closed} once. Calls to the listener
     * are made by one thread at a time.
     */
    void connect(Listener listener);

    /** An open connection. */
    interface Link {
        /** Sends the frames as one packet; does not block. Packets are sent in the order of the calls; after the end of the link they are dropped. */
        void write(List<ClientFrame> packet);

        /** Closes the link in good order; {@link Listener#closed} follows. */
        void close();
    }

    /** What the client engine hears. */
    interface Listener {
        void opened(Link link);

        void received(List<ServerFrame> frames);

        /** The link is gone, or could not be opened. */
        void closed(CloseReason reason);
    }
}
