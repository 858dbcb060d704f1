package io.lastack.store.redis.cluster;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/** Where Redis is: one address, or several of one cluster, of which each connection tries the next. Thread-safe. */
final class Servers {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int ANSWER_MILLIS = 2_000;

    private final List<URI> all;
    private final AtomicInteger next = new AtomicInteger();

    private Servers(List<URI> all) {
        this.all = all;
    }

    /** @throws IllegalArgumentException if one is not an address of Redis; no password is repeated in it */
    static Servers of(List<String> urls) {
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("no URL of Redis is given; one or more are needed");
        }
        List<URI> uris = new ArrayList<>();
        for (String url : urls) {
            uris.add(parse(url));
        }
        return new Servers(List.copyOf(uris));
    }

    static URI parse(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "the URL of Redis is not one (" + e.getReason() + "); redis://host:6379 is allowed");
        }
        String scheme = String.valueOf(uri.getScheme());
        if ((!scheme.equals("redis") && !scheme.equals("rediss")) || uri.getHost() == null || uri.getPort() < 0) {
            throw new IllegalArgumentException(
                    "the URL of Redis must be redis://host:port, or rediss:// for TLS; it begins with " + scheme + ":");
        }
        return uri;
    }

    /** A new connection. Blocks for some seconds at the most. */
    Jedis connect(String name) {
        URI uri = all.get(Math.floorMod(next.getAndIncrement(), all.size()));
        return new Jedis(
                new HostAndPort(uri.getHost(), uri.getPort()),
                DefaultJedisClientConfig.builder(uri)
                        .connectionTimeoutMillis(CONNECT_MILLIS)
                        .socketTimeoutMillis(ANSWER_MILLIS)
                        .clientName(name)
                        .autoNegotiateProtocol(false)
                        .build());
    }
}
