package io.lastack.testkit.transport;

import io.lastack.client.Connector;

/** A transport that serves an engine, and the network between it and its clients. */
public interface TransportUnderTest extends AutoCloseable {

    /** Connects clients, any number of them. */
    Connector connector();

    /** Breaks every connection that is open, as a network does that lets the ends notice. */
    void cut();

    /** Lets nothing pass any more over the connections that are open, and nobody notice. */
    void freeze();

    /** A transport over TCP, whose connector goes through the relay. */
    static TransportUnderTest overTcp(Connector connector, TcpRelay relay, AutoCloseable server) {
        return new TransportUnderTest() {
            @Override
            public Connector connector() {
                return connector;
            }

            @Override
            public void cut() {
                relay.cut();
            }

            @Override
            public void freeze() {
                relay.freeze();
            }

            @Override
            public void close() throws Exception {
                relay.close();
                server.close();
            }
        };
    }
}
