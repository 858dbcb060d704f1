package io.lastack.internal.cluster;

import io.lastack.internal.cluster.ClusterSignal.Goodbye;
import io.lastack.internal.cluster.ClusterSignal.Head;
import io.lastack.internal.cluster.ClusterSignal.Heartbeat;
import io.lastack.log.ConversationId;
import io.lastack.spi.Bus;
import io.lastack.spi.ClusterOptions;
import io.lastack.spi.EngineRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node among the others: says what happened here, hears what happened elsewhere, and knows who is there. Without a bus
 * a node is alone, and nothing here costs anything. Thread-safe; nothing blocks but {@link #leave}.
 */
public final class Cluster implements Bus.Receiver {
    private static final Logger log = LoggerFactory.getLogger(Cluster.class);

    private static final String EVERYBODY = "all";
    /** Well below what a bus must carry: weights are estimates. */
    private static final int SIGNAL_WEIGHT = Bus.MAX_SIGNAL_BYTES * 3 / 4;

    private static final int HEADS_AT_ONCE = 400;

    private final EngineRuntime runtime;
    private final ClusterOptions options;
    private final String node;
    private final String sender;
    private final @Nullable Bus bus;
    private final Peers peers;
    private final RecentHeads recent;
    private final Map<Class<? extends ClusterSignal>, Consumer<ClusterSignal>> handlers = new ConcurrentHashMap<>();
    private final List<Runnable> whenMissed = new CopyOnWriteArrayList<>();
    private final LongAdder sent = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder unread = new LongAdder();
    private volatile Runnable epochDoubt = () -> {};
    private volatile String epoch = "";
    private volatile Bus.@Nullable Link link;
    private volatile @Nullable Interest interest;
    private volatile boolean stopped;

    /** @param bus null for a node that is alone */
    public Cluster(EngineRuntime runtime, ClusterOptions options, String node, @Nullable Bus bus) {
        this.runtime = runtime;
        this.options = options;
        this.node = node;
        this.sender = bus == null
                ? node
                : node + "/" + String.format("%08x", runtime.random().nextInt());
        this.bus = bus;
        this.peers = new Peers(options.lease().toNanos());
        this.recent = new RecentHeads(options.heartbeat().multipliedBy(2).toNanos());
    }

    // ---- wiring, before the first signal

    /** Who acts on a sort of signal. Called on the bus's threads; must not block. */
    public <S extends ClusterSignal> void on(Class<S> sort, Consumer<S> handler) {
        handlers.put(sort, signal -> handler.accept(sort.cast(signal)));
    }

    /** Run when signals may have been missed: the link was away, or a node died. Must not block. */
    public void onMissed(Runnable task) {
        whenMissed.add(task);
    }

    /** Run when another node takes the log for another one than this node does. Must not block. */
    public void onEpochDoubt(Runnable task) {
        epochDoubt = task;
    }

    /** Joins the others. */
    public void join() {
        if (bus == null) {
            return;
        }
        Bus.Link joined = bus.join(node, this);
        link = joined;
        joined.subscribe(EVERYBODY);
        interest = new Interest(joined);
        epochDoubt.run();
        beat();
    }

    /** Says goodbye and leaves the bus. */
    public void leave() {
        Bus.Link joined = link;
        if (joined != null && !stopped) {
            stopped = true;
            joined.publish(EVERYBODY, SignalCodec.encode(sender, new Goodbye()));
            joined.close();
        }
    }

    // ---- what this node is

    public String node() {
        return node;
    }

    /** Whether there is no bus at all. */
    public boolean isAlone() {
        return bus == null;
    }

    /** Whether another node gave a sign of life lately: without one, nobody needs to be told anything. */
    public boolean hasPeers() {
        return !peers.isEmpty();
    }

    public int peers() {
        return peers.size();
    }

    /** The epoch of the log as this node knows it; empty if it does not yet. */
    public String epoch() {
        return epoch;
    }

    public void epochIs(String now) {
        epoch = now;
    }

    public ClusterOptions options() {
        return options;
    }

    // ---- interest

    /** Signals about a conversation, user or room are to be heard here; each call is undone by one of {@link #ignore}. */
    public void listen(String thing) {
        Interest here = interest;
        if (here != null) {
            here.add(thing);
        }
    }

    public void ignore(String thing) {
        Interest here = interest;
        if (here != null) {
            here.remove(thing);
        }
    }

    // ---- saying

    /** Tells the nodes that listen for a thing. */
    public void tell(String thing, ClusterSignal signal) {
        if (hasPeers()) {
            publish(Interest.channel(thing), signal);
        }
    }

    public void tellEverybody(ClusterSignal signal) {
        if (hasPeers()) {
            publish(EVERYBODY, signal);
        }
    }

    /** Tells of many things with as few signals as their channels and sizes allow; the order of each channel is kept. */
    public <T> void tellAll(
            List<T> items,
            Function<T, String> thing,
            ToIntFunction<T> weight,
            Function<List<T>, ClusterSignal> signal) {
        if (!hasPeers()) {
            return;
        }
        Map<String, List<T>> byChannel = new LinkedHashMap<>();
        for (T item : items) {
            byChannel
                    .computeIfAbsent(Interest.channel(thing.apply(item)), c -> new ArrayList<>())
                    .add(item);
        }
        byChannel.forEach((channel, some) -> {
            List<T> together = new ArrayList<>();
            int total = 0;
            for (T item : some) {
                int size = weight.applyAsInt(item);
                if (total + size > SIGNAL_WEIGHT && !together.isEmpty()) {
                    publish(channel, signal.apply(together));
                    together = new ArrayList<>();
                    total = 0;
                }
                together.add(item);
                total += size;
            }
            publish(channel, signal.apply(together));
        });
    }

    private void publish(String channel, ClusterSignal signal) {
        Bus.Link joined = link;
        if (joined != null && !stopped) {
            sent.increment();
            joined.publish(channel, SignalCodec.encode(sender, signal));
        }
    }

    /** This node appended an entry; the next heartbeats say so once more. */
    public void appended(ConversationId conversation, long seq) {
        if (bus != null) {
            recent.appended(conversation, seq, runtime.nanoTime());
        }
    }

    // ---- hearing

    @Override
    public void received(String channel, byte[] signal) {
        SignalCodec.Letter letter;
        try {
            letter = SignalCodec.decode(signal);
        } catch (RuntimeException e) {
            unread.increment();
            log.warn("a signal of {} bytes on {} cannot be read ({})", signal.length, channel, e.getClass());
            return;
        }
        if (letter == null) {
            unread.increment();
        } else if (!letter.node().equals(sender) && !stopped) {
            received.increment();
            handle(letter);
        }
    }

    private void handle(SignalCodec.Letter letter) {
        ClusterSignal signal = letter.signal();
        if (signal instanceof Goodbye) {
            if (peers.left(letter.node())) {
                log.info("node {} left", letter.node());
            }
            return;
        }
        if (peers.heard(letter.node(), runtime.nanoTime())) {
            log.info("node {} is there", letter.node());
            publish(EVERYBODY, new Heartbeat(epoch, List.of()));
            if (letter.node().startsWith(node + "/")) {
                log.warn(
                        "node {} has the name of this one: one that ended just now, or two that are named alike", node);
            }
        }
        if (signal instanceof Heartbeat beat
                && !beat.epoch().isEmpty()
                && !beat.epoch().equals(epoch)) {
            epochDoubt.run();
        }
        Consumer<ClusterSignal> handler = handlers.get(signal.getClass());
        if (handler != null) {
            try {
                handler.accept(signal);
            } catch (RuntimeException e) {
                log.error(
                        "a {} of node {} could not be acted on",
                        signal.getClass().getSimpleName(),
                        letter.node(),
                        e);
            }
        }
    }

    @Override
    public void connected() {
        log.info("node {} is on the bus", node);
        publish(EVERYBODY, new Heartbeat(epoch, List.of()));
        missed();
    }

    @Override
    public void disconnected() {
        log.warn(
                "node {} lost the bus: what other nodes do is found by comparing with the store until it is back",
                node);
    }

    private void missed() {
        whenMissed.forEach(Runnable::run);
    }

    private void beat() {
        if (stopped) {
            return;
        }
        long now = runtime.nanoTime();
        List<Head> heads = recent.since(now);
        for (int from = 0; from == 0 || from < heads.size(); from += HEADS_AT_ONCE) {
            List<Head> some = heads.subList(from, Math.min(heads.size(), from + HEADS_AT_ONCE));
            publish(EVERYBODY, new Heartbeat(epoch, some));
        }
        List<String> dead = peers.expire(now);
        if (!dead.isEmpty()) {
            log.warn("nothing was heard of {} for {}: taken for dead", dead, options.lease());
            missed();
        }
        Duration jitter =
                Duration.ofNanos(runtime.random().nextLong(options.heartbeat().toNanos() / 8 + 1));
        runtime.schedule(options.heartbeat().minus(jitter), this::beat);
    }

    // ---- figures

    public long signalsSent() {
        return sent.sum();
    }

    public long signalsReceived() {
        return received.sum();
    }

    /** Signals that came and could not be read: of a newer version, or damaged. */
    public long signalsUnread() {
        return unread.sum();
    }

    public long signalsDropped() {
        Bus.Link joined = link;
        return joined == null ? 0 : joined.dropped();
    }

    public boolean isConnected() {
        Bus.Link joined = link;
        return joined != null && joined.isConnected();
    }

    public int channels() {
        Interest here = interest;
        return here == null ? 0 : here.channels();
    }
}
