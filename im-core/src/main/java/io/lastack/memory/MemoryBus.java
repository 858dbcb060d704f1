package io.lastack.memory;

import io.lastack.internal.task.SerialExecutor;
import io.lastack.spi.Bus;
import io.lastack.spi.EngineRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Joins engines in one process. Signals arrive later, as tasks of the runtime, in the order in which each node sent them,
 * unless a test makes the bus a worse one ({@link #setLoss}, {@link #setRepeats}, {@link #setShuffle}, {@link #setUp}).
 * Safe for use by several threads.
 */
public final class MemoryBus implements Bus {
    private final EngineRuntime runtime;
    private final List<Place> places = new CopyOnWriteArrayList<>();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong carried = new AtomicLong();
    private volatile boolean up = true;
    private volatile double loss;
    private volatile double repeats;
    private volatile Duration shuffle = Duration.ZERO;

    private MemoryBus(EngineRuntime runtime) {
        this.runtime = runtime;
    }

    /** @param runtime gives the threads, and the chance with which signals are lost, repeated and shuffled */
    public static MemoryBus create(EngineRuntime runtime) {
        return new MemoryBus(runtime);
    }

    @Override
    public Link join(String node, Receiver receiver) {
        Place place = new Place(receiver);
        places.add(place);
        if (up) {
            place.tasks.execute(receiver::connected);
        }
        return place;
    }

    /** How likely each signal is lost on its way to each node: 0 at first. */
    public void setLoss(double probability) {
        loss = requireProbability(probability);
    }

    /** How likely each signal arrives twice at each node: 0 at first. */
    public void setRepeats(double probability) {
        repeats = requireProbability(probability);
    }

    /** Each signal arrives at each node after a time drawn from zero to this: zero at first, which keeps the order. */
    public void setShuffle(Duration upTo) {
        shuffle = upTo;
    }

    /** Takes the whole bus away from all nodes, or gives it back; they are told. */
    public void setUp(boolean nowUp) {
        if (up == nowUp) {
            return;
        }
        up = nowUp;
        for (Place place : places) {
            place.tasks.execute(nowUp ? place.receiver::connected : place.receiver::disconnected);
        }
    }

    /** How many signals were lost on purpose, each receiver counted. */
    public long lost() {
        return lost.get();
    }

    /** How many signals were carried, each receiver counted. */
    public long carried() {
        return carried.get();
    }

    private static double requireProbability(double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("probability " + value + " is not allowed; 0 to 1 is");
        }
        return value;
    }

    private boolean happens(double probability) {
        return probability > 0 && runtime.random().nextDouble() < probability;
    }

    private final class Place implements Link {
        private final Receiver receiver;
        private final SerialExecutor tasks = new SerialExecutor(runtime);
        private final Set<String> channels = new LinkedHashSet<>();
        private final AtomicLong dropped = new AtomicLong();
        private volatile boolean closed;

        Place(Receiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public void publish(String channel, byte[] signal) {
            if (!up || closed) {
                dropped.incrementAndGet();
                return;
            }
            for (Place place : new ArrayList<>(places)) {
                if (place != this && place.hears(channel)) {
                    carry(place, channel, signal);
                }
            }
        }

        private void carry(Place to, String channel, byte[] signal) {
            if (happens(loss)) {
                lost.incrementAndGet();
                return;
            }
            to.arrive(channel, signal);
            if (happens(repeats)) {
                to.arrive(channel, signal);
            }
        }

        private void arrive(String channel, byte[] signal) {
            Runnable arrival = () -> {
                if (up && !closed) {
                    carried.incrementAndGet();
                    receiver.received(channel, signal);
                }
            };
            long longest = shuffle.toNanos();
            if (longest <= 0) {
                tasks.execute(arrival);
            } else {
                Duration delay = Duration.ofNanos(runtime.random().nextLong(longest));
                runtime.schedule(delay, () -> tasks.execute(arrival));
            }
        }

        private boolean hears(String channel) {
            synchronized (channels) {
                return channels.contains(channel);
            }
        }

        @Override
        public void subscribe(String channel) {
            synchronized (channels) {
                channels.add(channel);
            }
        }

        @Override
        public void unsubscribe(String channel) {
            synchronized (channels) {
                channels.remove(channel);
            }
        }

        @Override
        public boolean isConnected() {
            return up && !closed;
        }

        @Override
        public long dropped() {
            return dropped.get();
        }

        @Override
        public void close() {
            closed = true;
            places.remove(this);
        }
    }
}
