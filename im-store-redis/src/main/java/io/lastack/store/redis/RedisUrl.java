package io.lastack.store.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.UnifiedJedis;

/**
 * Where servers are, and what they are to each other. It may hold a password, so that no error repeats it.
 *
 * @param server one of them, with user, password and database
 * @param addresses all that are named
 * @param primary by which name Sentinel knows the primary; empty without Sentinel
 */
record RedisUrl(Kind kind, URI server, Set<HostAndPort> addresses, String primary) {
    private static final String ALLOWED = "redis://host:6379, redis-sentinel://host:26379,host:26379#primary and"
            + " redis-cluster://host:6379,host:6379 are allowed, with user:password@ before the hosts, the number of a"
            + " database (/0) after them but in a cluster, and rediss instead of redis for TLS";

    private static final Pattern ADDRESS = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))?");

    /** What servers are to each other, and the port that is theirs unless another is said. */
    enum Kind {
        SINGLE(6379),
        SENTINEL(26379),
        CLUSTER(6379);

        private static final Map<String, Kind> NAMES =
                Map.of("redis", SINGLE, "redis-sentinel", SENTINEL, "redis-cluster", CLUSTER);
        private final int port;

        Kind(int port) {
            this.port = port;
        }
    }

    /** @throws IllegalArgumentException if it is none */
    static RedisUrl parse(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw wrong("is not one: " + e.getReason() + " at index " + e.getIndex());
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        boolean tls = scheme.startsWith("rediss");
        Kind kind = Kind.NAMES.get(tls ? scheme.replaceFirst("rediss", "redis") : scheme);
        if (kind == null) {
            throw wrong("begins with " + scheme + ":");
        }
        String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
        int user = authority.lastIndexOf('@') + 1;
        List<String> hosts = Arrays.asList(authority.substring(user).split(",", -1));
        if (kind == Kind.SINGLE && hosts.size() > 1) {
            throw wrong("has several hosts, which are of Sentinel or of a cluster");
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        if (!path.matches("(/[0-9]{0,4})?") || (kind == Kind.CLUSTER && path.matches("/0*[1-9].*"))) {
            throw wrong("has the path " + path);
        }
        String primary = uri.getFragment() == null ? "" : uri.getFragment();
        if (primary.isEmpty() == (kind == Kind.SENTINEL) || uri.getRawQuery() != null) {
            throw wrong(
                    primary.isEmpty() && kind == Kind.SENTINEL
                            ? "does not say by which name Sentinel knows the primary"
                            : "has something after host and path");
        }
        Set<HostAndPort> addresses =
                hosts.stream().map(host -> address(host, kind)).collect(Collectors.toCollection(LinkedHashSet::new));
        HostAndPort first = addresses.iterator().next();
        String server = (tls ? "rediss://" : "redis://") + authority.substring(0, user) + first + path;
        return new RedisUrl(kind, URI.create(server), addresses, primary);
    }

    private static HostAndPort address(String text, Kind kind) {
        Matcher address = ADDRESS.matcher(text);
        if (!address.matches()) {
            throw wrong(text.isEmpty() ? "has no host" : "has a host that is none");
        }
        int port = address.group(2) == null ? kind.port : Integer.parseInt(address.group(2));
        if (port < 1 || port > 65_535) {
            throw wrong("has the port " + port);
        }
        return new HostAndPort(address.group(1), port);
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("the URL of Redis " + what + "; " + ALLOWED);
    }

    /** A new client. */
    UnifiedJedis connect() {
        return switch (kind) {
            case SINGLE -> RedisClient.create(server);
            case CLUSTER ->
                RedisClusterClient.builder()
                        .nodes(addresses)
                        .clientConfig(config(server))
                        .build();
            case SENTINEL ->
                RedisSentinelClient.builder()
                        .sentinels(addresses)
                        .masterName(primary)
                        .clientConfig(config(server))
                        .sentinelClientConfig(config(URI.create(server.getScheme() + "://"
                                + addresses.iterator().next())))
                        .build();
        };
    }

    private static JedisClientConfig config(URI server) {
        return DefaultJedisClientConfig.builder(server).build();
    }

    /** Without user and password. */
    @Override
    public String toString() {
        return kind + " " + addresses;
    }
}
