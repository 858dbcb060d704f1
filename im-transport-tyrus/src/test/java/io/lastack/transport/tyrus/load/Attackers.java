package io.lastack.transport.tyrus.load;

import io.lastack.session.ClientFrame;
import io.lastack.session.ServerFrame;
import io.lastack.transport.tyrus.netty.RawClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Clients that do harm, as many of each kind at any time: one that was cut off comes back after a second. On the thread of
 * the loop.
 */
final class Attackers {

    /** What they do. */
    enum Kind {
        /** Asks for much, and reads nothing. */
        NEVER_READS,
        /** Reads, and acknowledges nothing. */
        NEVER_ACKS,
        /** Begins a handshake, and says no more. */
        HALF_OPEN,
        /** Says a byte a second: of a handshake (the odd ones), or of a frame after it. */
        DRIBBLES
    }

    private static final long PAUSE = 1_000_000_000L;

    /** A deaf client does not hear its own end either; it looks after itself. */
    private static final long DEAF_LIFE = 45 * PAUSE;

    private static final long TICK = 20_000_000L;

    private static final int SMALL_BUFFER = 4_096;

    private final PeerLoop loop;
    private final int port;
    private final String group;
    private final int perSecond;
    private final List<Attacker> waiting = new ArrayList<>();
    private final List<Attacker> active = new ArrayList<>();
    private final Map<Kind, Integer> begun = new EnumMap<>(Kind.class);
    private final Map<Kind, Integer> cut = new EnumMap<>(Kind.class);
    private long lastTick;
    private boolean over;

    /** @param perSecond how many come, or come back, in a second at the most */
    Attackers(PeerLoop loop, int port, String group, int perSecond) {
        this.loop = loop;
        this.port = port;
        this.group = group;
        this.perSecond = perSecond;
        loop.everyTick(this::tick);
    }

    static String name(Kind kind, int number) {
        return kind.name().toLowerCase(Locale.ROOT) + "-" + number;
    }

    /** All of them come; for the first time, or once more after the {@linkplain #end end}. */
    void begin(int ofEach) {
        over = false;
        waiting.clear();
        begun.clear();
        cut.clear();
        for (var kind : Kind.values()) {
            for (int i = 0; i < ofEach; i++) {
                waiting.add(new Attacker(kind, i));
            }
        }
    }

    void end() {
        over = true;
        loop.peers().forEach(Peer::reset);
    }

    /** How many attempts of each kind there were, how many are under way, and how many the server ended. */
    Map<String, Long> state() {
        Map<String, Long> state = new TreeMap<>();
        for (var kind : Kind.values()) {
            state.put(kind + ".begun", (long) begun.getOrDefault(kind, 0));
            state.put(kind + ".cut", (long) cut.getOrDefault(kind, 0));
            state.put(
                    kind + ".up",
                    active.stream().filter(each -> each.kind == kind && each.up).count());
        }
        return state;
    }

    private void tick() {
        if (over) {
            return;
        }
        long now = System.nanoTime();
        if (now - lastTick < TICK) {
            return;
        }
        lastTick = now;
        List.copyOf(active).forEach(each -> each.tick(now));
        var due = waiting.stream()
                .filter(each -> now >= each.notBefore)
                .limit(Math.max(1, perSecond * TICK / 1_000_000_000L))
                .toList();
        waiting.removeAll(due);
        due.forEach(Attacker::begin);
    }

    private final class Attacker extends UserClient {

        private final Kind kind;
        private final int number;
        private long notBefore;
        private long dueNanos = Long.MAX_VALUE;
        private byte[] dribble = new byte[0];
        private boolean byItself;
        private boolean up;

        Attacker(Kind kind, int number) {
            super(name(kind, number), ready -> ((Attacker) ready).opened());
            this.kind = kind;
            this.number = number;
        }

        private void begin() {
            begun.merge(kind, 1, Integer::sum);
            active.add(this);
            loop.connect(port, kind == Kind.NEVER_READS ? SMALL_BUFFER : 0, this);
        }

        @Override
        public void connected(Peer connected) {
            peer = connected;
            var whole = handshake("/im?device=d", headers);
            if (kind == Kind.HALF_OPEN) {
                up = true;
                connected.send(Arrays.copyOf(whole, whole.length / 2));
            } else if (kind == Kind.DRIBBLES && number % 2 == 1) {
                dribble(whole);
            } else {
                connected.send(whole);
            }
        }

        private void opened() {
            up = true;
            if (kind == Kind.NEVER_READS) {
                for (int i = 1; i <= 3; i++) {
                    send(new ClientFrame.Fetch(i, group, 0, 0, 100));
                }
                peer.deaf();
                dueNanos = System.nanoTime() + DEAF_LIFE;
            } else if (kind == Kind.DRIBBLES && dribble.length == 0) {
                dribble(Peer.frameBytes(RawClient.BINARY, packet(ack(group, 1), ack(group, 2))));
            }
        }

        private void dribble(byte[] bytes) {
            up = true;
            dribble = bytes;
            dueNanos = System.nanoTime() + PAUSE;
        }

        /** Of the acks that it dribbles none ever is whole. */
        private void tick(long now) {
            if (now < dueNanos) {
                return;
            }
            dueNanos = now + PAUSE;
            if (kind == Kind.NEVER_READS) {
                byItself = true;
                peer.reset();
            } else if (dribble.length > 1) {
                peer.send(new byte[] {dribble[0]});
                dribble = Arrays.copyOfRange(dribble, 1, dribble.length);
            }
        }

        @Override
        public void frame(Peer from, int first, ByteBuffer payload) throws IOException {
            // Who is in the middle of a frame cannot answer a ping.
            if (kind != Kind.DRIBBLES || first != RawClient.PING) {
                super.frame(from, first, payload);
            }
        }

        @Override
        void received(ServerFrame frame) {
            // And does not acknowledge.
        }

        @Override
        public void ended(Peer from) {
            active.remove(this);
            if (!over) {
                if (!byItself) {
                    cut.merge(kind, 1, Integer::sum);
                }
                var again = new Attacker(kind, number);
                again.notBefore = System.nanoTime() + PAUSE;
                waiting.add(again);
            }
        }
    }
}
