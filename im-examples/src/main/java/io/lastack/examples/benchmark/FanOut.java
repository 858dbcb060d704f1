package io.lastack.examples.benchmark;

import io.lastack.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A group with one sender and a number of receivers, all online. Made anew for each iteration, since its log grows. */
@State(Scope.Thread)
public abstract class FanOut {
    private static final String GROUP = "load";
    private static final String CONVERSATION = "group:" + GROUP;

    private final int receivers;
    private EngineInMemory engine = new EngineInMemory();
    private final List<Session> sessions = new ArrayList<>();
    private long seq;
    private long framesBefore;
    private long messages;

    FanOut(int receivers) {
        this.receivers = receivers;
    }

    @Setup(Level.Iteration)
    public void connectAll() {
        engine = new EngineInMemory();
        sessions.clear();
        List<String> names =
                IntStream.range(0, receivers).mapToObj(i -> "u" + i).toList();
        Session sender = engine.connect("sender");
        engine.createGroup(sender, GROUP, names);
        sessions.add(sender);
        names.forEach(name -> sessions.add(engine.connect(name)));
        seq = 1L + (receivers + 399) / 400; // creation, and one entry for each 400 members
        acknowledgeAll();
        framesBefore = engine.frames();
        messages = 0;
    }

    void sendDeliverAcknowledge() {
        engine.send(sessions.get(0), CONVERSATION);
        seq++;
        messages++;
        acknowledgeAll();
        engine.passTime();
    }

    private void acknowledgeAll() {
        for (Session session : sessions) {
            engine.acknowledge(session, CONVERSATION, seq);
        }
    }

    /** Each message is a reply to the sender and a delivery to each receiver; anything less was not measured. */
    @TearDown(Level.Iteration)
    public void checkThatAllWasDelivered() {
        long frames = engine.frames() - framesBefore;
        if (frames < messages * (receivers + 1)) {
            throw new IllegalStateException(messages + " messages made " + frames + " frames");
        }
    }

    /** To one receiver. */
    public static class ToOne extends FanOut {
        public ToOne() {
            super(1);
        }
    }

    /** To 40 receivers. */
    public static class ToForty extends FanOut {
        public ToForty() {
            super(40);
        }
    }

    /** To 1,000 receivers. */
    public static class ToThousand extends FanOut {
        public ToThousand() {
            super(1_000);
        }
    }
}
