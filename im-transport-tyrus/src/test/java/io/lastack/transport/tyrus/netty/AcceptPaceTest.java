package io.lastack.transport.tyrus.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AcceptPaceTest {

    private final DefaultEventExecutorGroup io = new DefaultEventExecutorGroup(3);
    private final EmbeddedChannel channel = new EmbeddedChannel(new AcceptPace(io));

    @AfterEach
    void stop() {
        io.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private boolean accepts() {
        return channel.config().isAutoRead();
    }

    private void ioThreadsAreThrough() throws Exception {
        for (EventExecutor thread : io) {
            var through = new CompletableFuture<Void>();
            thread.execute(() -> IoTurns.take(thread, () -> through.complete(null)));
            through.get();
        }
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
        assertThat(accepts()).isFalse();

        work.countDown();
        worked.get();
        ioThreadsAreThrough();
        channel.runPendingTasks();
        assertThat(accepts()).isTrue();
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
        assertThat(accepts()).isFalse();

        channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(accepts()).isTrue();
    }

    @Test
    void aServerThatStopsIsNotWaitedFor() {
        io.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        channel.pipeline().fireChannelReadComplete();
        channel.runPendingTasks();

        assertThat(accepts()).isTrue();
    }
}
