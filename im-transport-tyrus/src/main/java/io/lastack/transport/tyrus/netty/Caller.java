package io.lastack.transport.tyrus.netty;

import java.net.InetSocketAddress;

/**
 * Who makes a request.
 *
 * @param address the client's address; behind a listed proxy what that says, with port 0
 * @param secure whether the client speaks TLS, to us or to the proxy
 * @param proxied whether the connection is that of a listed proxy
 */
record Caller(InetSocketAddress address, boolean secure, boolean proxied) {}
