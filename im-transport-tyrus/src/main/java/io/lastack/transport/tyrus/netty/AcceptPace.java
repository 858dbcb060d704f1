package io.lastack.transport.tyrus.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Accepts a few connections at a time, and the next ones when every I/O thread has been through what it had to do: whoever is
 * connected does not wait behind a crowd that comes at once. The others wait in the backlog of the socket. After a failure, as
 * where the descriptors have run out, accepts again a second later.
 */
final class AcceptPace extends ChannelInboundHandlerAdapter {

    private static final long PAUSE_MILLIS = 1_000;

    private final EventExecutorGroup io;

    /** Only on the accepting thread. */
    private boolean failed;

    AcceptPace(EventExecutorGroup io) {
        this.io = io;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.fireChannelReadComplete();
        ctx.channel().config().setAutoRead(false);
        var busy = new AtomicInteger(1);
        for (EventExecutor thread : io) {
            busy.incrementAndGet();
            try {
                thread.execute(() -> IoTurns.take(thread, () -> passed(ctx, busy)));
            } catch (RejectedExecutionException stopping) {
                busy.decrementAndGet();
            }
        }
        passed(ctx, busy);
    }

    private void passed(ChannelHandlerContext ctx, AtomicInteger busy) {
        if (busy.decrementAndGet() == 0) {
            try {
                ctx.executor().execute(() -> accept(ctx));
            } catch (RejectedExecutionException stopped) {
                // The accepting thread has ended, before an I/O thread that was busy: nobody else is accepted.
            }
        }
    }

    /** A failure is told after the end of the reading that failed, and before this. */
    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for a reading to come.
    private void accept(ChannelHandlerContext ctx) {
        if (failed) {
            failed = false;
            ctx.executor()
                    .schedule(() -> ctx.channel().config().setAutoRead(true), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            ctx.channel().config().setAutoRead(true);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failed = true;
        ctx.fireExceptionCaught(cause);
    }
}
