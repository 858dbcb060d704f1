package io.lastack.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.spi.Bus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a {@link Bus} must do while nothing is wrong with it. A test of one extends this class. */
public abstract class BusContract {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LOOK_AGAIN_NANOS = 1_000_000;

    private final List<Bus.Link> links = new CopyOnWriteArrayList<>();

    /** The bus under test; the same for all calls of one test. */
    protected abstract Bus bus() throws Exception;

    /** Lets the bus work for a moment, until something holds that depends on it or the time is over. */
    protected void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    /** What one node heard. */
    protected static final class Heard implements Bus.Receiver {
        public final List<String> signals = new CopyOnWriteArrayList<>();
        public final AtomicInteger connects = new AtomicInteger();
        public final AtomicInteger disconnects = new AtomicInteger();

        public Heard() {}

        @Override
        public void received(String channel, byte[] signal) {
            signals.add(channel + "=" + new String(signal, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void connected() {
            connects.incrementAndGet();
        }

        @Override
        public void disconnected() {
            disconnects.incrementAndGet();
        }
    }

    /** Joins, and waits until signals pass. */
    protected Bus.Link join(String node, Heard heard) throws Exception {
        Bus.Link link = bus().join(node, heard);
        links.add(link);
        await(node + " is connected", () -> link.isConnected() && heard.connects.get() == 1);
        return link;
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Sends until it is heard: when a subscription takes effect is not said. */
    protected void awaitPassage(Bus.Link from, String channel, Heard to) throws InterruptedException {
        int before = to.signals.size();
        await("signals pass on " + channel, () -> {
            from.publish(channel, bytes("probe"));
            return to.signals.size() > before;
        });
    }

    @AfterEach
    void leave() {
        links.forEach(Bus.Link::close);
    }

    @Test
    void whoIsSubscribedHearsAndNobodyElse() throws Exception {
        Heard heardOne = new Heard();
        Heard heardTwo = new Heard();
        Heard heardThree = new Heard();
        Bus.Link one = join("one", heardOne);
        Bus.Link two = join("two", heardTwo);
        join("three", heardThree).subscribe("other");
        two.subscribe("hearing");
        awaitPassage(one, "hearing", heardTwo);
        heardTwo.signals.clear();
        one.publish("hearing", bytes("a"));
        one.publish("hearing", bytes("b"));
        one.publish("hearing", bytes("c"));
        await("all three came", () -> heardTwo.signals.contains("hearing=c"));
        assertThat(heardTwo.signals.stream().filter(s -> !s.endsWith("probe")).toList())
                .containsExactly("hearing=a", "hearing=b", "hearing=c");
        assertThat(heardOne.signals).isEmpty();
        assertThat(heardThree.signals).isEmpty();
        assertThat(one.dropped()).isZero();
    }

    @Test
    void theLargestSignalArrivesWhole() throws Exception {
        Heard heard = new Heard();
        Bus.Link one = join("one", new Heard());
        Bus.Link two = join("two", heard);
        two.subscribe("channel");
        awaitPassage(one, "channel", heard);
        byte[] large = new byte[Bus.MAX_SIGNAL_BYTES];
        new Random(3).nextBytes(large);
        one.publish("channel", large);
        String expected = "channel=" + new String(large, StandardCharsets.ISO_8859_1);
        await("it came", () -> heard.signals.contains(expected));
    }

    @Test
    void whoUnsubscribesHearsNoMoreSomeMomentLater() throws Exception {
        Heard heard = new Heard();
        Bus.Link one = join("one", new Heard());
        Bus.Link two = join("two", heard);
        two.subscribe("a");
        two.subscribe("b");
        awaitPassage(one, "a", heard);
        awaitPassage(one, "b", heard);
        two.unsubscribe("a");
        await("nothing of a comes between two of b", () -> {
            heard.signals.clear();
            one.publish("a", bytes("x"));
            one.publish("b", bytes("y"));
            await(heard);
            return heard.signals.contains("b=y") && !heard.signals.contains("a=x");
        });
        two.subscribe("a");
        awaitPassage(one, "a", heard);
    }

    private void await(Heard heard) {
        try {
            await("b came", () -> heard.signals.contains("b=y"));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoLeftHearsNothingAndSendsNothing() throws Exception {
        Heard heard = new Heard();
        Heard heardTwo = new Heard();
        Bus.Link one = join("one", heard);
        Bus.Link two = join("two", heardTwo);
        one.subscribe("channel");
        two.subscribe("channel");
        awaitPassage(two, "channel", heard);
        one.close();
        int before = heard.signals.size();
        one.publish("channel", bytes("late"));
        two.publish("channel", bytes("for nobody"));
        Heard third = new Heard();
        Bus.Link three = join("three", third);
        three.subscribe("channel");
        awaitPassage(two, "channel", third);
        assertThat(heard.signals).hasSize(before);
        assertThat(heardTwo.signals).doesNotContain("channel=late");
        assertThat(one.dropped()).isEqualTo(1);
    }
}
