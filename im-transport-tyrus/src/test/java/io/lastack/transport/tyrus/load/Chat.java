package io.lastack.transport.tyrus.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/** Users in pairs who talk at a fixed rate, whatever the server does; nothing may be lost, repeated or reordered. */
final class Chat {

    /**
     * How long people took to hear.
     *
     * @param sinceDue from when a message was due: what nobody who is slow can hide, and on top of it up to the millisecond
     *     between two ticks of those who chat
     * @param sinceWritten from when it was written to its connection
     */
    record Latency(Nanos sinceDue, Nanos sinceWritten) {

        /** What was measured here and there. */
        Latency with(Latency other) {
            return new Latency(sinceDue.with(other.sinceDue), sinceWritten.with(other.sinceWritten));
        }

        @Override
        public String toString() {
            return "%,d messages, since due %s, since written %s"
                    .formatted(sinceDue.sorted.length, sinceDue, sinceWritten);
        }
    }

    /** Times, sorted. */
    static final class Nanos {

        private final long[] sorted;

        private Nanos(long[] measured) {
            sorted = measured;
            Arrays.sort(sorted);
        }

        private Nanos with(Nanos other) {
            return new Nanos(LongStream.concat(Arrays.stream(sorted), Arrays.stream(other.sorted))
                    .toArray());
        }

        private double millis(double share) {
            return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))] / 1e6;
        }

        @Override
        public String toString() {
            return "p50 %.2f p99 %.2f max %.1f ms".formatted(millis(0.5), millis(0.99), millis(1));
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PeerLoop loop;
    private final double perSecond;
    private List<ChatUser> users = List.of();
    private final List<String> faults = new ArrayList<>();
    private long[] sinceDue = new long[1 << 20];
    private long[] sinceWritten = new long[1 << 20];
    private int measured;
    private final Runnable pace = this::pace;
    private long began;
    private long said;
    private boolean over;

    private Chat(PeerLoop loop, double perSecond) {
        this.loop = loop;
        this.perSecond = perSecond;
    }

    /** Connects users, who say nothing yet. */
    static Chat connect(PeerLoop loop, int port, String prefix, int users, double perSecond)
            throws InterruptedException {
        var chat = new Chat(loop, perSecond);
        chat.users =
                Ramp.open(loop, port, users, (n, ready) -> new ChatUser(chat, prefix + n, prefix + (n ^ 1), ready));
        return chat;
    }

    void begin() throws Exception {
        loop.call(() -> {
            began = System.nanoTime();
            said = 0;
            loop.everyTick(pace);
            return true;
        });
    }

    private void pace() {
        double gap = 1e9 / perSecond;
        while (began + said * gap <= System.nanoTime()) {
            users.get((int) (said % users.size())).say(began + (long) (said * gap));
            said++;
        }
    }

    /** What was measured since the last time. */
    Latency take() throws Exception {
        return loop.call(() -> {
            var taken = new Latency(
                    new Nanos(Arrays.copyOf(sinceDue, measured)), new Nanos(Arrays.copyOf(sinceWritten, measured)));
            measured = 0;
            return taken;
        });
    }

    /** Says nothing more, and waits until everything said is confirmed and delivered. */
    void end() throws Exception {
        loop.call(() -> {
            loop.noTick(pace);
            return true;
        });
        Waiting.until(
                PATIENCE,
                "all messages are confirmed and delivered",
                () -> loop.call(() -> {
                    long sent = sum(user -> user.sent);
                    return !faults.isEmpty()
                            || (sum(user -> user.confirmed) == sent && sum(user -> user.delivered) == sent);
                }));
        loop.call(() -> {
            users.stream()
                    .filter(user -> user.holes() > 0)
                    .forEach(user -> faults.add(user.user + " lacks messages in between"));
            over = true;
            return over;
        });
    }

    private long sum(ToLongFunction<ChatUser> figure) {
        return users.stream().mapToLong(figure).sum();
    }

    List<String> faults() throws Exception {
        return loop.call(() -> List.copyOf(faults));
    }

    long sent() throws Exception {
        return loop.call(() -> sum(user -> user.sent));
    }

    // ---- what users say, on the thread of the loop

    void fault(String what) {
        if (faults.size() < 20) {
            faults.add(what);
        }
    }

    void delivered(long nanosSinceDue, long nanosSinceWritten) {
        if (measured == sinceDue.length) {
            sinceDue = Arrays.copyOf(sinceDue, 2 * measured);
            sinceWritten = Arrays.copyOf(sinceWritten, 2 * measured);
        }
        sinceDue[measured] = nanosSinceDue;
        sinceWritten[measured++] = nanosSinceWritten;
    }

    boolean isOver() {
        return over;
    }
}
