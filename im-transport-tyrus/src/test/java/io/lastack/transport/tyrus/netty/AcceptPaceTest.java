package io.lastack.transport.tyrus.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

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

    @Test
    void anIoThreadThatOutlivesTheAcceptingOneSaysNothing() throws Exception {
        var accepting = new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());
        var server = new LocalServerChannel();
        server.pipeline().addLast(new AcceptPace(io));
        accepting.register(server).syncUninterruptibly();
        var work = new CountDownLatch(1);
        var worked = io.next().submit(() -> {
            work.await();
            return true;
        });
        server.pipeline().fireChannelReadComplete();
        accepting.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        var logger = (Logger) LoggerFactory.getLogger(IoTurns.class);
        logger.addAppender(lines);
        try {
            work.countDown();
            worked.get();
            ioThreadsAreThrough();
        } finally {
            logger.detachAppender(lines);
        }

        // Work of other tests may fail meanwhile.
        assertThat(List.copyOf(lines.list))
                .noneMatch(line ->
                        line.getThrowableProxy().getClassName().equals(RejectedExecutionException.class.getName()));
    }
}
