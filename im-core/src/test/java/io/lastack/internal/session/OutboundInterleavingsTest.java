package io.lastack.internal.session;

import io.lastack.internal.concurrency.Interleavings;
import io.lastack.internal.concurrency.StepRuntime;
import io.lastack.internal.timer.TimerWheel;
import io.lastack.session.CloseReason;
import io.lastack.session.Connection;
import io.lastack.session.EncodedFrame;
import io.lastack.session.FrameEncoder;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** Whoever flushes: one write at a time, and every frame leaves, once, in the order in which it was added. */
public class OutboundInterleavingsTest {
    private final Wire wire = new Wire();
    private final StepRuntime runtime = new StepRuntime();
    private final TimerWheel wheel = new TimerWheel(runtime);
    private final OutboundBudget budget = new OutboundBudget(1_000_000, runtime, wheel, () -> 1, List::of);
    private final Outbound outbound = new Outbound(wire, wheel, 1_000_000, budget, () -> {});
    private int added;

    private record Numbered(int number) implements EncodedFrame {
        @Override
        public int size() {
            return 1;
        }
    }

    /** Takes a packet, and has done so when the call returns. */
    private static final class Wire implements Connection {
        private final List<Integer> written = new ArrayList<>();
        private boolean writing;
        private boolean overlapped;

        @Override
        public void write(List<EncodedFrame> packet, WriteCallback done) {
            synchronized (this) {
                overlapped |= writing;
                writing = true;
                packet.forEach(frame -> written.add(((Numbered) frame).number()));
            }
            synchronized (this) {
                writing = false;
            }
            done.written(true);
        }

        @Override
        public FrameEncoder encoder() {
            throw new UnsupportedOperationException("frames come encoded");
        }

        @Override
        public void ping() {}

        @Override
        public void close(CloseReason reason) {}

        @Override
        public void kill() {}

        @Override
        public String remoteAddress() {
            return "here";
        }
    }

    @Operation
    public void addAndFlush() {
        synchronized (this) {
            outbound.add(new Numbered(added++));
        }
        outbound.flush();
    }

    @Validate
    public void allLeft() {
        for (int i = 0; i < added; i++) {
            if (budget.used() != 0) {
                throw new IllegalStateException(budget.used() + " bytes are still taken");
            }
            if (wire.overlapped || wire.written.size() != added || wire.written.get(i) != i) {
                throw new IllegalStateException(added + " frames were written as " + wire.written
                        + (wire.overlapped ? ", by writes that overlapped" : ""));
            }
        }
    }

    @Test
    void noFrameIsLeftBehind() {
        Interleavings.some().check(OutboundInterleavingsTest.class);
    }
}
