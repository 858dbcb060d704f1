package io.lastack.transport.tyrus.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JoinedWritesTest {

    private static final int BOUND = 300_000;

    private final Network network = new Network();
    private final Events events = new Events();
    private final EmbeddedChannel channel = new EmbeddedChannel(network);
    private final ConnectionWriter writer = new ConnectionWriter(channel, BOUND, events);
    private final List<@Nullable Throwable> outcomes = new ArrayList<>();

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
    }

    @Test
    void framesThatGatherBeforeTheFirstWriteLeaveInOne() {
        send(100, 50);
        channel.runPendingTasks();
        assertThat(network.inFlight).hasSize(1);
        assertThat(network.sizes).containsExactly(100 * 52);
    }

    @Test
    void framesThatGatherDuringAWriteLeaveTogetherInTheNextAndNeverTwoAreInFlight() {
        send(1, 50);
        channel.runPendingTasks();
        send(100, 50);
        channel.runPendingTasks();
        assertThat(network.sizes).containsExactly(52);
        network.complete(null);
        channel.runPendingTasks();
        assertThat(network.sizes).containsExactly(52, 100 * 52);
        assertThat(outcomes).hasSize(1);
        network.complete(null);
        assertThat(outcomes).hasSize(101).containsOnlyNulls();
        assertThat(writer.pending()).isZero();
    }

    @Test
    void oneWriteTakes64KiBAndAFrameThatIsLargerGoesOutInSeveral() {
        send(10, 10_000);
        send(1, 100_000);
        send(1, 50);
        for (int i = 0; i < 5; i++) {
            channel.runPendingTasks();
            assertThat(outcomes).hasSize(List.of(0, 6, 10, 10, 11).get(i));
            network.complete(null);
        }
        assertThat(network.sizes).containsExactly(6 * 10_004, 4 * 10_004, 65_536, 100_010 - 65_536, 52);
        assertThat(outcomes).hasSize(12).containsOnlyNulls();
    }

    @Test
    void whatFollowsAFailedWriteIsToldAsFailed() {
        send(1, 50);
        channel.runPendingTasks();
        send(2, 50);
        network.complete(new ClosedChannelException());
        writer.closed();
        assertThat(outcomes).hasSize(3).doesNotContainNull();
        assertThat(events.told).containsExactly("broken");
        assertThat(writer.pending()).isZero();
    }

    @Test
    void overTheBoundTheNewFrameAndAllThatWaitFailAndTheOneInFlightDoesNot() {
        send(1, 1000);
        channel.runPendingTasks();
        send(29, 10_000);
        assertThat(outcomes).isEmpty();
        send(1, 10_000);
        assertThat(outcomes).hasSize(30).hasOnlyElementsOfType(SlowConsumerException.class);
        send(1, 1);
        assertThat(outcomes).hasSize(31);
        network.complete(null);
        channel.runPendingTasks();
        assertThat(outcomes).hasSize(32).endsWith((Throwable) null);
        assertThat(events.told).contains("overflown");
        assertThat(writer.pending()).isZero();
    }

    @Test
    void theCloseFrameIsTakenOverTheBoundOnceAndNothingAfterIt() {
        send(1, 1000);
        channel.runPendingTasks();
        send(30, 10_000);
        var close = java.nio.ByteBuffer.wrap(new byte[] {(byte) 0x88, 0});
        writer.send(new EngineFrame(close, true, null));
        writer.send(new EngineFrame(close, true, null));
        network.complete(null);
        channel.runPendingTasks();
        assertThat(network.sizes).containsExactly(1004, 2);
        network.complete(null);
        assertThat(events.told).endsWith("finished");
        assertThat(writer.isFinished()).isTrue();
    }

    @Test
    void manyEmptyFramesAreBoundAsWell() {
        send(BOUND / 64, 0);
        assertThat(outcomes).isNotEmpty().doesNotContainNull();
    }

    @Test
    void aSenderThatThrowsWhenToldHarmsNoOther() {
        writer.send(PacketFrame.message(true, List.of(), failure -> {
            throw new IllegalStateException("by intention of the test");
        }));
        send(1, 1);
        channel.runPendingTasks();
        network.complete(null);
        assertThat(outcomes).hasSize(1).containsOnlyNulls();
    }

    private void send(int frames, int size) {
        for (int i = 0; i < frames; i++) {
            writer.send(PacketFrame.message(true, List.of(new byte[size]), outcomes::add));
        }
    }

    /** Takes writes and completes them when told to. */
    private static final class Network extends ChannelOutboundHandlerAdapter {

        final List<Integer> sizes = new ArrayList<>();
        final Deque<ChannelPromise> inFlight = new ArrayDeque<>();

        @Override
        public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
            sizes.add(((ByteBuf) msg).readableBytes());
            ((ByteBuf) msg).release();
            inFlight.add(promise);
        }

        void complete(@Nullable Throwable failure) {
            assertThat(inFlight).hasSize(1);
            if (failure == null) {
                inFlight.remove().setSuccess();
            } else {
                inFlight.remove().setFailure(failure);
            }
        }
    }

    private static final class Events implements ConnectionWriter.Listener {

        final List<String> told = new ArrayList<>();

        @Override
        public void overflown() {
            told.add("overflown");
        }

        @Override
        public void finished() {
            told.add("finished");
        }

        @Override
        public void broken(Throwable failure) {
            told.add("broken");
        }
    }
}
