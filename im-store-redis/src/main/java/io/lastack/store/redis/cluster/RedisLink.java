package io.lastack.store.redis.cluster;

import io.lastack.spi.Bus;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node on the bus: what it sends, what it listens on, and the lanes for both: one, or one for each primary of a cluster
 * that has channels of shards. Looks where the slots are when something goes wrong, and from time to time. Thread-safe.
 */
final class RedisLink implements Bus.Link {
    private static final Logger log = LoggerFactory.getLogger(RedisLink.class);
    private static final long LOOK_MILLIS = 10_000;
    /** So long at the least between two looks: slots that move come one after another. */
    private static final long SETTLE_MILLIS = 200;

    private final Servers servers;
    private final String prefix;
    private final String node;
    private final Bus.Receiver receiver;
    private final ThreadFactory threads;
    private final boolean mayShard;
    private final Object state = new Object();
    private final Object hearing = new Object();
    private final Set<String> wanted = new HashSet<>();
    private final Set<Lane> up = new HashSet<>();
    private final LongAdder dropped = new LongAdder();
    private volatile Routes routes = Routes.NONE;
    private boolean told;
    private boolean troubled;
    private volatile boolean closed;
    private @Nullable Thread watcher;

    /** @param mayShard whether channels of shards are used where there are some */
    RedisLink(
            Servers servers,
            String prefix,
            String node,
            Bus.Receiver receiver,
            ThreadFactory threads,
            boolean mayShard) {
        this.servers = servers;
        this.prefix = prefix;
        this.node = node;
        this.receiver = receiver;
        this.threads = threads;
        this.mayShard = mayShard;
    }

    void start() {
        Thread thread = threads.newThread(this::watch);
        watcher = thread;
        thread.start();
    }

    // ---- what the node asks for

    @Override
    public void publish(String channel, byte[] signal) {
        byte[] name = bytes(prefix + channel);
        Lane lane = closed ? null : routes.of(name);
        if (lane == null) {
            dropped.increment();
        } else {
            lane.publish(name, signal);
        }
    }

    static byte[] bytes(String channel) {
        return channel.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void subscribe(String channel) {
        synchronized (wanted) {
            wanted.add(prefix + channel);
        }
        wake(channel);
    }

    @Override
    public void unsubscribe(String channel) {
        synchronized (wanted) {
            wanted.remove(prefix + channel);
        }
        wake(channel);
    }

    private void wake(String channel) {
        Lane lane = routes.of(bytes(prefix + channel));
        if (lane != null) {
            lane.wake();
        }
    }

    /** What is to be heard on one lane. */
    Set<String> wanted(Lane lane) {
        Routes now = routes;
        synchronized (wanted) {
            return wanted.stream()
                    .filter(channel -> now.of(bytes(channel)) == lane)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    @Override
    public boolean isConnected() {
        List<Lane> lanes = routes.lanes();
        return !lanes.isEmpty() && lanes.stream().allMatch(Lane::isConnected);
    }

    @Override
    public long dropped() {
        return dropped.sum() + routes.lanes().stream().mapToLong(Lane::dropped).sum();
    }

    // ---- what the lanes tell

    void received(String name, byte[] signal) {
        synchronized (hearing) {
            if (!closed) {
                receiver.received(name.substring(prefix.length()), signal);
            }
        }
    }

    void up(Lane lane) {
        synchronized (hearing) {
            up.add(lane);
            tellIfWhole();
        }
    }

    private void tellIfWhole() {
        List<Lane> lanes = routes.lanes();
        if (!closed && !lanes.isEmpty() && up.containsAll(lanes)) {
            told = true;
            receiver.connected();
        }
    }

    void down(Lane lane) {
        synchronized (hearing) {
            if (up.remove(lane) && told && !closed && routes.lanes().contains(lane)) {
                told = false;
                receiver.disconnected();
            }
        }
    }

    /** Something did not work as it should: perhaps the slots are elsewhere. */
    void trouble() {
        synchronized (state) {
            troubled = true;
            state.notifyAll();
        }
    }

    // ---- looking where the slots are

    private void watch() {
        while (!closed) {
            try {
                look();
            } catch (RuntimeException e) {
                log.debug("node {} does not learn of the servers of Redis: {}", node, e.toString());
                if (routes.lanes().isEmpty()) {
                    replace(Routes.plain(lane(null)));
                }
            }
            pause();
        }
    }

    private void look() {
        Routes now = routes;
        Shards shards = mayShard ? servers.shards(now.addresses()) : null;
        boolean sharded = shards != null
                && !shards.primaries().isEmpty()
                && (now.isOver(shards.primaries()) || shards.haveChannels(servers));
        if (shards != null && sharded) {
            replace(now.over(shards, this::lane));
        } else if (!now.isPlain()) {
            replace(Routes.plain(lane(null)));
        }
    }

    /** @param shard null for a lane to any server */
    private Lane lane(@Nullable ShardAddress shard) {
        String name = prefix + "node-" + node;
        return shard == null
                ? new Lane(this, () -> servers.connect("lastack-bus-" + node), name, false)
                : new Lane(
                        this, () -> servers.connect(shard.address(), "lastack-bus-" + node), shard.channel(name), true);
    }

    private void replace(Routes next) {
        Routes before = routes;
        if (next.isSameAs(before)) {
            return;
        }
        List<Lane> fresh =
                next.lanes().stream().filter(l -> !before.lanes().contains(l)).toList();
        List<Lane> gone =
                before.lanes().stream().filter(l -> !next.lanes().contains(l)).toList();
        Set<Lane> changed = new HashSet<>();
        synchronized (wanted) {
            for (String channel : wanted) {
                Lane old = before.of(bytes(channel));
                Lane now = next.of(bytes(channel));
                if (old != now && old != null && now != null) {
                    changed.add(old);
                    changed.add(now);
                }
            }
        }
        synchronized (hearing) {
            routes = next;
            gone.forEach(up::remove);
            if (told && !fresh.isEmpty()) {
                told = false;
                receiver.disconnected();
            }
        }
        gone.forEach(lane -> dropped.add(lane.dropped()));
        fresh.forEach(lane -> lane.start(threads));
        gone.forEach(Lane::close);
        changed.stream()
                .filter(lane -> !fresh.contains(lane) && !gone.contains(lane))
                .forEach(Lane::listenAnew);
        synchronized (hearing) {
            if (!told) {
                tellIfWhole();
            }
        }
        log.info("node {} is on the bus over {}", node, next);
    }

    private void pause() {
        sleep(SETTLE_MILLIS);
        synchronized (state) {
            long end = System.nanoTime() + LOOK_MILLIS * 1_000_000;
            long left = LOOK_MILLIS;
            while (!troubled && !closed && left > 0) {
                try {
                    state.wait(left);
                } catch (InterruptedException e) {
                    return;
                }
                left = (end - System.nanoTime()) / 1_000_000;
            }
            troubled = false;
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            // Closing: the loop around looks whether it is.
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        Lane.join(watcher);
        routes.lanes().forEach(Lane::close);
    }
}
