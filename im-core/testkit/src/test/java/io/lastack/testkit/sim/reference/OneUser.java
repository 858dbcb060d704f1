package io.lastack.testkit.sim.reference;

import io.lastack.memory.VirtualRuntime;
import io.lastack.spi.EngineRuntime.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * One user whose messages are pushed concurrently, on virtual time, from one seed: pushes fail or time out, the server
 * stops and starts, the client pulls. In the end everything works, and the client pulls once more.
 */
final class OneUser {
    static final int MESSAGES = 50;

    private final VirtualRuntime runtime;
    private final RandomGenerator random;
    private final Rules rules;
    private final Faults faults;
    private final SortedSet<Long> stored = new TreeSet<>();
    private final Set<Long> received = new HashSet<>();
    private final List<Cancellable> underWay = new ArrayList<>();
    private long numbers;

    /**
     * What happens.
     *
     * @param pushes false for a user who is never online, and only pulls
     */
    record Faults(boolean pushes, boolean serverStops, boolean clientPulls) {}

    OneUser(long seed, Rules rules, Faults faults) {
        this.runtime = VirtualRuntime.seeded(seed);
        this.random = runtime.random();
        this.rules = rules;
        this.faults = faults;
    }

    /** @return how many messages were stored and will never be sent again, and the client does not have */
    long lost() {
        for (int i = 0; i < MESSAGES; i++) {
            write();
            if (faults.serverStops() && random.nextInt(12) == 0) {
                stop();
            }
            if (faults.clientPulls() && random.nextInt(8) == 0) {
                pull();
            }
            runtime.advance(millis(8));
        }
        runtime.advance(Duration.ofSeconds(1));
        received.addAll(stored.tailSet(rules.lastAck() + 1));
        return stored.stream().filter(message -> !received.contains(message)).count();
    }

    private Duration millis(int most) {
        return Duration.ofNanos(random.nextLong(most * 1_000_000L));
    }

    private void write() {
        if (rules.numbersBeforeCommit()) {
            long number = ++numbers;
            runtime.schedule(millis(4), () -> committed(number));
        } else {
            committed(++numbers);
        }
    }

    private void committed(long message) {
        stored.add(message);
        if (!faults.pushes()) {
            return;
        }
        if (random.nextInt(6) > 0) {
            later(20, () -> {
                received.add(message);
                later(20, () -> rules.succeeded(message));
            });
        } else {
            later(60, () -> rules.failed(message));
        }
    }

    private void pull() {
        List<Long> page = List.copyOf(stored.tailSet(rules.lastAck() + 1));
        if (!page.isEmpty()) {
            later(20, () -> {
                received.addAll(page);
                later(20, () -> rules.pullAcknowledged(page.get(page.size() - 1)));
            });
        }
    }

    /** Something that ends with the server. */
    private void later(int mostMillis, Runnable what) {
        underWay.add(runtime.schedule(millis(mostMillis), what));
    }

    private void stop() {
        underWay.forEach(Cancellable::cancel);
        underWay.clear();
        rules.restarted();
    }
}
