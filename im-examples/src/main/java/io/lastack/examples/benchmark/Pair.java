package io.lastack.examples.benchmark;

import io.lastack.session.Session;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Two users who write to each other, in turns. Made anew for each iteration, since their log grows. */
@State(Scope.Thread)
public class Pair {
    private static final String CONVERSATION = "direct:alice~bob";

    private EngineInMemory engine = new EngineInMemory();
    private Session[] sessions = {};
    private long seq;

    @Setup(Level.Iteration)
    public void connectBoth() {
        engine = new EngineInMemory();
        sessions = new Session[] {engine.connect("alice"), engine.connect("bob")};
        seq = 0;
    }

    void sendReplyDeliverAcknowledge() {
        engine.send(sessions[(int) (seq & 1)], CONVERSATION);
        seq++;
        engine.acknowledge(sessions[0], CONVERSATION, seq);
        engine.acknowledge(sessions[1], CONVERSATION, seq);
        engine.passTime();
    }

    /** Each message is a reply and a delivery; anything less was not measured. */
    @TearDown(Level.Iteration)
    public void checkThatAllWasDelivered() {
        if (engine.frames() < 2 * seq) {
            throw new IllegalStateException(seq + " messages made " + engine.frames() + " frames");
        }
    }
}
