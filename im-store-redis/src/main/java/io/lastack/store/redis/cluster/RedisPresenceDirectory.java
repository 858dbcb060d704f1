package io.lastack.store.redis.cluster;

import io.lastack.error.StoreException;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.PresenceDirectory;
import io.lastack.spi.PresenceEntry;
import io.lastack.spi.RoomPlace;
import io.lastack.spi.UserPresence;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ZRangeParams;

/**
 * Who is connected where, in Redis: a hash for each user, a lease for each node. What a dead node entered is not shown from
 * the end of its lease on, and removed when it is come across. Nothing needs to survive: after {@code FLUSHALL} or a restart
 * nodes enter again what they hold, within a quarter of the lease.
 *
 * <p>Each user's hash is touched by itself, so that a Redis Cluster serves as well as a single server. The last activity of
 * a user who left is kept for 30 days.
 */
public final class RedisPresenceDirectory implements PresenceDirectory, AutoCloseable {
    private static final String KEEP_MILLIS = Long.toString(Duration.ofDays(30).toMillis());
    private static final int PAGE = 500;

    private final UnifiedJedis redis;
    private final boolean own;
    private final String prefix;
    private final Leases leases;
    private final RoomLists rooms;

    private RedisPresenceDirectory(UnifiedJedis redis, boolean own, String prefix) {
        this.redis = redis;
        this.own = own;
        this.prefix = prefix + "presence:";
        this.leases = new Leases(redis, this.prefix);
        this.rooms = new RoomLists(redis, this.prefix, leases);
    }

    /**
     * A directory on the server at a URL, such as {@code redis://host:6379}.
     *
     * @throws IllegalArgumentException if it is not such
     */
    public static RedisPresenceDirectory of(String url) {
        URI uri = Servers.parse(url);
        return new RedisPresenceDirectory(RedisClient.create(uri), true, "lastack:");
    }

    /**
     * @param client of a server or a cluster; stays the caller's to close
     * @param prefix of all keys
     */
    public static RedisPresenceDirectory of(UnifiedJedis client, String prefix) {
        return new RedisPresenceDirectory(client, false, prefix);
    }

    private String userKey(UserId user) {
        return prefix + "user:" + user.value();
    }

    /** The users of a node, in ascending order. */
    private String nodeKey(String node) {
        return prefix + "node:" + node;
    }

    // ---- nodes

    @Override
    public void begin(String node, Duration lease) {
        asking(() -> {
            Set<String> dead = new LinkedHashSet<>(leases.known());
            dead.removeAll(leases.living(dead));
            dead.add(node);
            dead.forEach(this::forget);
            leases.begin(node, lease);
            return true;
        });
    }

    @Override
    public boolean renew(String node, Duration lease) {
        return asking(() -> leases.renew(node, lease));
    }

    @Override
    public void end(String node) {
        asking(() -> {
            forget(node);
            return true;
        });
    }

    private void forget(String node) {
        leases.end(node);
        List<UserId> page;
        UserId after = null;
        do {
            page = usersOf(node, after, PAGE);
            after = page.isEmpty() ? null : page.get(page.size() - 1);
            leaveNow(entries(page).stream()
                    .filter(entry -> entry.node().equals(node))
                    .toList());
        } while (page.size() == PAGE);
        redis.del(nodeKey(node));
        rooms.forget(node);
    }

    // ---- devices

    @Override
    public PresenceEntry claim(PresenceEntry entry) {
        return asking(() -> {
            Object since = redis.eval(Scripts.CLAIM, List.of(userKey(entry.user())), arguments(entry));
            redis.zadd(nodeKey(entry.node()), 0, entry.user().value());
            return entry.withSince(Long.parseLong(text(since)));
        });
    }

    private static List<String> arguments(PresenceEntry entry) {
        List<String> arguments = new ArrayList<>(StoredEntry.arguments(entry));
        arguments.add(KEEP_MILLIS);
        return arguments;
    }

    private static String text(Object answer) {
        return answer instanceof byte[] bytes
                ? new String(bytes, java.nio.charset.StandardCharsets.UTF_8)
                : String.valueOf(answer);
    }

    @Override
    public List<PresenceEntry> put(List<PresenceEntry> entries) {
        if (entries.isEmpty()) {
            return List.of();
        }
        return asking(() -> {
            List<Response<Object>> answers = new ArrayList<>(entries.size());
            try (AbstractPipeline pipeline = redis.pipelined()) {
                for (PresenceEntry entry : entries) {
                    answers.add(pipeline.eval(Scripts.PUT, List.of(userKey(entry.user())), arguments(entry)));
                    pipeline.zadd(nodeKey(entry.node()), 0, entry.user().value());
                }
                pipeline.sync();
            }
            List<PresenceEntry> kept = new ArrayList<>(entries.size());
            for (int i = 0; i < entries.size(); i++) {
                PresenceEntry entry = entries.get(i);
                kept.add(StoredEntry.parse(
                        entry.user(), entry.device(), text(answers.get(i).get())));
            }
            return kept;
        });
    }

    @Override
    public void leave(Collection<PresenceEntry> entries) {
        if (!entries.isEmpty()) {
            asking(() -> {
                leaveNow(entries);
                return true;
            });
        }
    }

    /** First out of the node's list, and back if another device turns out to be there: one that comes meanwhile stays listed. */
    private void leaveNow(Collection<PresenceEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        List<PresenceEntry> all = List.copyOf(entries);
        List<Response<Object>> others = new ArrayList<>(all.size());
        try (AbstractPipeline pipeline = redis.pipelined()) {
            for (PresenceEntry entry : all) {
                pipeline.zrem(nodeKey(entry.node()), entry.user().value());
            }
            pipeline.sync();
            for (PresenceEntry entry : all) {
                others.add(pipeline.eval(
                        Scripts.LEAVE,
                        List.of(userKey(entry.user())),
                        List.of(
                                entry.device().value(),
                                entry.node(),
                                entry.session(),
                                Long.toString(entry.lastActivity()),
                                KEEP_MILLIS)));
            }
            pipeline.sync();
            for (int i = 0; i < all.size(); i++) {
                if (((Number) others.get(i).get()).longValue() == 1) {
                    pipeline.zadd(
                            nodeKey(all.get(i).node()), 0, all.get(i).user().value());
                }
            }
            pipeline.sync();
        }
    }

    // ---- asking

    @Override
    public List<UserPresence> lookup(List<UserId> users) {
        if (users.isEmpty()) {
            return List.of();
        }
        return asking(() -> {
            List<Map<String, String>> hashes = hashes(users);
            List<List<PresenceEntry>> entries = new ArrayList<>(users.size());
            Set<String> nodes = new TreeSet<>();
            for (int i = 0; i < users.size(); i++) {
                List<PresenceEntry> of = parse(users.get(i), hashes.get(i));
                of.forEach(entry -> nodes.add(entry.node()));
                entries.add(of);
            }
            Set<String> living = leases.living(nodes);
            List<UserPresence> found = new ArrayList<>(users.size());
            List<PresenceEntry> dead = new ArrayList<>();
            for (int i = 0; i < users.size(); i++) {
                long seen = Long.parseLong(hashes.get(i).getOrDefault("", "0"));
                found.add(presence(users.get(i), entries.get(i), living, seen, dead));
            }
            leaveNow(dead);
            return found;
        });
    }

    private static UserPresence presence(
            UserId user, List<PresenceEntry> entries, Set<String> living, long seen, List<PresenceEntry> dead) {
        List<PresenceEntry> live = new ArrayList<>();
        long last = seen;
        for (PresenceEntry entry : entries) {
            last = Math.max(last, entry.lastActivity());
            (living.contains(entry.node()) ? live : dead).add(entry);
        }
        return new UserPresence(user, live, last);
    }

    private List<Map<String, String>> hashes(List<UserId> users) {
        List<Response<Map<String, String>>> answers = new ArrayList<>(users.size());
        try (AbstractPipeline pipeline = redis.pipelined()) {
            users.forEach(user -> answers.add(pipeline.hgetAll(userKey(user))));
            pipeline.sync();
        }
        return answers.stream().map(Response::get).toList();
    }

    private static List<PresenceEntry> parse(UserId user, Map<String, String> hash) {
        return hash.entrySet().stream()
                .filter(field -> !field.getKey().isEmpty())
                .map(field -> StoredEntry.parse(user, DeviceId.of(field.getKey()), field.getValue()))
                .sorted(Comparator.comparing(PresenceEntry::device))
                .toList();
    }

    private List<PresenceEntry> entries(List<UserId> users) {
        List<PresenceEntry> all = new ArrayList<>();
        List<Map<String, String>> hashes = users.isEmpty() ? List.of() : hashes(users);
        for (int i = 0; i < users.size(); i++) {
            all.addAll(parse(users.get(i), hashes.get(i)));
        }
        return all;
    }

    @Override
    public List<UserId> online(@Nullable UserId after, int limit) {
        return asking(() -> {
            Set<UserId> users = new TreeSet<>();
            leases.living().forEach(node -> users.addAll(usersOf(node, after, limit)));
            return users.stream().limit(limit).toList();
        });
    }

    private List<UserId> usersOf(String node, @Nullable UserId after, int limit) {
        ZRangeParams range = ZRangeParams.zrangeByLexParams(after == null ? "-" : "(" + after.value(), "+")
                .limit(0, limit);
        return redis.zrange(nodeKey(node), range).stream().map(UserId::of).toList();
    }

    // ---- rooms

    @Override
    public void enterRooms(Collection<RoomPlace> places) {
        asking(() -> {
            rooms.enter(places);
            return true;
        });
    }

    @Override
    public void leaveRooms(Collection<RoomPlace> places) {
        asking(() -> {
            rooms.leave(places);
            return true;
        });
    }

    @Override
    public List<UserId> members(String room) {
        return asking(() -> rooms.members(room));
    }

    /** Asks twice where the first connection turns out to be of a server that was restarted meanwhile: no harm in that. */
    private <T> T asking(Supplier<T> question) {
        try {
            try {
                return question.get();
            } catch (JedisConnectionException e) {
                if (redis instanceof RedisClient client) {
                    client.getPool().clear();
                }
                return question.get();
            }
        } catch (JedisException e) {
            throw new StoreException(
                    "the presence directory in Redis does not answer: "
                            + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
                    e,
                    true,
                    StoreException.Effect.UNKNOWN);
        }
    }

    /** Closes the client, if it was made here. */
    @Override
    public void close() {
        if (own) {
            redis.close();
        }
    }
}
