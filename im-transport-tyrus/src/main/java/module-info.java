/** Jakarta WebSocket endpoint, standalone Tyrus server, Java client connector and JWT authenticator. */
module io.lastack.transport.tyrus {
    requires transitive io.lastack.core;
    requires transitive jakarta.websocket;
    requires transitive jakarta.websocket.client;
    requires com.auth0.jwt;
    requires com.github.benmanes.caffeine;
    requires com.nimbusds.jose.jwt;
    requires transitive java.net.http;
    requires transitive io.lastack.proto;
    requires transitive io.github.bucket4j.core;
    requires static transitive micrometer.core;
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
    exports io.lastack.transport.tyrus.limit;
    exports io.lastack.transport.tyrus.metrics;
}
