package io.lastack.transport.tyrus.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AcceptPaceTest {

    private final DefaultEventExecutorGroup io = new DefaultEventExecutorGroup(3);
    private final AtomicInteger reads = new AtomicInteger();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    AcceptPaceTest() {
        channel.config().setAutoRead(false);
        channel.pipeline().addLast(new ChannelOutboundHandlerAdapter() {
            @Override
            public void read(ChannelHandlerContext ctx) {
                reads.incrementAndGet();
            }
        });
        channel.pipeline().addLast(new AcceptPace(io));
    }

    @AfterEach
    void stop() {
        io.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private void ioThreadsAreThrough() throws Exception {
        for (EventExecutor thread : io) {
            thread.submit(() -> {}).get();
        }
    }

    @Test
    void theFirstAreAcceptedAtOnce() {
        channel.pipeline().fireChannelActive();

        assertThat(reads).hasValue(1);
    }

    @Test
    void nobodyIsAcceptedWhileAnIoThreadHasSomethingToDo() throws Exception {
        var work = new CountDownLatch(1);
        var worked = io.next().submit(() -> {
            work.await();
            return true;
        });
        channel.pipeline().fireChannelReadComplete();
        channel.runPendingTasks();
        assertThat(reads).hasValue(0);

        work.countDown();
        worked.get();
        ioThreadsAreThrough();
        channel.runPendingTasks();
        assertThat(reads).hasValue(1);
    }

    @Test
    void afterAFailureTheNextAreAcceptedASecondLater() throws Exception {
        channel.freezeTime();
        channel.pipeline().fireChannelReadComplete();
        channel.pipeline().fireExceptionCaught(new IOException("Too many open files"));
        assertThatThrownBy(channel::checkException).hasMessage("Too many open files");
        ioThreadsAreThrough();
        channel.runPendingTasks();
        channel.advanceTimeBy(999, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(reads).hasValue(0);

        channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(reads).hasValue(1);
    }

    @Test
    void aServerThatStopsIsNotWaitedFor() {
        io.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        channel.pipeline().fireChannelReadComplete();
        channel.runPendingTasks();

        assertThat(reads).hasValue(1);
    }
}
