package io.lastack.store.redis.cluster;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

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
        return connect(uri, new HostAndPort(uri.getHost(), uri.getPort()), name);
    }

    /** The same to one server of the cluster, with what the first URL says of user, password and TLS. */
    Jedis connect(HostAndPort server, String name) {
        return connect(all.get(0), server, name);
    }

    /**
     * Who has which slots. Blocks.
     *
     * @param known servers of the cluster that are asked if none at the URLs answers
     * @return null if it is no cluster
     * @throws JedisException if nobody answers
     */
    @Nullable
    Shards shards(Collection<HostAndPort> known) {
        Set<HostAndPort> asked = new LinkedHashSet<>();
        all.forEach(uri -> asked.add(new HostAndPort(uri.getHost(), uri.getPort())));
        asked.addAll(known);
        JedisException last = new JedisException("no server of Redis is known");
        for (HostAndPort server : asked) {
            try (Jedis jedis = connect(server, "lastack-bus")) {
                return Shards.of(jedis, server);
            } catch (JedisException e) {
                last = e;
            }
        }
        throw last;
    }

    private static Jedis connect(URI uri, HostAndPort server, String name) {
        return new Jedis(
                server,
                DefaultJedisClientConfig.builder(uri)
                        .connectionTimeoutMillis(CONNECT_MILLIS)
                        .socketTimeoutMillis(ANSWER_MILLIS)
                        .clientName(name)
                        .autoNegotiateProtocol(false)
                        .build());
    }
}
