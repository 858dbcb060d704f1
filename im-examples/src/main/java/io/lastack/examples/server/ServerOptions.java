package io.lastack.examples.server;

import io.lastack.examples.server.api.ApiOptions;
import io.lastack.spi.RetentionPolicy;
import io.lastack.spi.RetentionRule;
import io.lastack.transport.tyrus.limit.RateLimits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the standalone server is told.
 *
 * @param dbUrl of another database than the embedded one: a JDBC address, or a Redis; or null
 * @param jwtSecret of the users' tokens, 32 bytes or more; null only with dev login
 * @param devLogin whether anyone may take any name
 * @param origins web origins that may connect, besides the server's own page
 * @param retention which messages to keep
 * @param api who may call the HTTP API; with dev login on loopback, who reads the data directory, unless it says otherwise
 * @param edge how clients come to it
 * @param newEpoch whether the data gets another identity, after a backup was restored
 * @param nodes how this server is one of several over one database
 * @param rateLimits how often clients may do what; null for as often as they like
 * @param redisStore what a Redis must do, if it is the database
 * @param positions where ack and read positions are
 */
public record ServerOptions(
        String host,
        int port,
        Path data,
        @Nullable String dbUrl,
        @Nullable String dbUser,
        @Nullable String dbPassword,
        @Nullable String jwtSecret,
        boolean devLogin,
        List<String> origins,
        RetentionPolicy retention,
        ApiOptions api,
        NodeOptions nodes,
        @Nullable RateLimits rateLimits,
        EdgeOptions edge,
        boolean newEpoch,
        RedisStoreOptions redisStore,
        PositionsOptions positions) {
    private static final int MIN_SECRET_BYTES = 32;
    private static final int MAX_DAYS = 36_500;

    /** @throws IllegalArgumentException if an option is wrong, or the combination would let strangers in unasked */
    public ServerOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("--port is " + port + "; 0 to 65535 are allowed");
        }
        if (jwtSecret != null) {
            int bytes = jwtSecret.getBytes(StandardCharsets.UTF_8).length;
            if (bytes < MIN_SECRET_BYTES) {
                throw new IllegalArgumentException(
                        "--jwt-secret has " + bytes + " bytes; " + MIN_SECRET_BYTES + " or more are required");
            }
        }
        boolean loopback = isLoopback(host);
        if (jwtSecret == null && !devLogin && !loopback) {
            throw new IllegalArgumentException("--jwt-secret is required when listening on " + host
                    + ": dev login is the default on loopback only (or say --dev-login, and anyone may take any name)");
        }
        if (dbUrl == null && (dbUser != null || dbPassword != null)) {
            throw new IllegalArgumentException("--db-user and --db-password go with --db-url");
        }
        redisStore.check(dbUrl, dbUser != null || dbPassword != null);
        positions.check(dbUrl);
        if (nodes.redis() != null && dbUrl == null) {
            throw new IllegalArgumentException("--redis joins servers over one database, which --db-url must name:"
                    + " the embedded one belongs to one server alone");
        }
        devLogin = devLogin || jwtSecret == null;
        origins = List.copyOf(origins);
        if (devLogin && loopback && !api.isOn()) {
            api = api.withTokenFile(DevSecret.serviceTokens(data));
        }
    }

    /**
     * What the options say of old messages.
     *
     * @param days how many days to keep a message, or null for ever
     * @param count how many of the newest to keep of a conversation, or null for all
     * @throws IllegalArgumentException if one of them is out of bounds
     */
    static RetentionPolicy retention(@Nullable Integer days, @Nullable Long count) {
        if (days != null && (days < 1 || days > MAX_DAYS)) {
            throw new IllegalArgumentException("--retention-days is " + days + "; 1 to " + MAX_DAYS + " are allowed");
        }
        if (count != null && count < 1) {
            throw new IllegalArgumentException("--retention-count is " + count + "; 1 or more is allowed");
        }
        if (days == null) {
            return count == null ? RetentionPolicy.EVERYTHING : RetentionPolicy.of(RetentionRule.newest(count));
        }
        RetentionRule rule = RetentionRule.maxAge(Duration.ofDays(days));
        return RetentionPolicy.of(count == null ? rule : rule.andNewest(count));
    }

    /**
     * What the option says of rate limits.
     *
     * @throws IllegalArgumentException if it is none of the words
     */
    static @Nullable RateLimits rateLimits(String word) {
        return switch (word) {
            case "default" -> RateLimits.standard();
            case "strict" -> RateLimits.strict();
            case "off" -> null;
            default ->
                throw new IllegalArgumentException(
                        "--rate-limits is " + word + "; default, strict and off are allowed");
        };
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("--host " + host + " is not known", e);
        }
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "ServerOptions[host=" + host + ", port=" + port + ", data=" + data + ", dbUrl="
                + (dbUrl == null ? "embedded" : "given") + ", devLogin=" + devLogin + ", origins=" + origins
                + ", retention="
                + retention + ", api=" + (api.isOn() ? "on" : "off") + ", nodes=" + nodes + "]";
    }
}
