/** Jakarta WebSocket endpoint, standalone Tyrus server, Java client connector and JWT authenticator. */
module io.lastack.transport.tyrus {
    requires transitive io.lastack.core;
    requires transitive jakarta.websocket;
    requires transitive jakarta.websocket.client;
    requires com.auth0.jwt;
    requires com.nimbusds.jose.jwt;
    requires transitive java.net.http;
    requires transitive io.lastack.proto;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires org.glassfish.tyrus.core;
    requires org.glassfish.tyrus.server;
    requires org.glassfish.tyrus.spi;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.lastack.transport.tyrus;
    exports io.lastack.transport.tyrus.http;
}
