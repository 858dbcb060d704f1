package io.lastack.transport.tyrus.netty;

import io.lastack.transport.tyrus.http.HttpReply;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer whose body is written while it is sent: one piece is under way at a time, so that memory holds no more of it
 * than that and what the sockets take.
 */
final class StreamedAnswer {

    private static final Logger LOG = LoggerFactory.getLogger(StreamedAnswer.class);
    private static final int PIECE = 16 * 1024;
    private static final int PATIENCE_SECONDS = 30;

    private final ChannelHandlerContext ctx;
    private final HttpReply reply;
    private final long hstsSeconds;

    StreamedAnswer(ChannelHandlerContext ctx, HttpReply reply, long hstsSeconds) {
        this.ctx = ctx;
        this.reply = reply;
        this.hstsSeconds = hstsSeconds;
    }

    /** Sends status and headers. On the I/O thread. */
    @SuppressWarnings("FutureReturnValueIgnored") // What fails ends the connection, which the first piece finds out.
    void begin(boolean chunked, boolean keepAlive) {
        ctx.writeAndFlush(Answer.beginningOf(reply, chunked, keepAlive, hstsSeconds));
    }

    /** Sends the body. On a thread that may block. @return whether all of it was written */
    boolean write() {
        try (OutputStream out = new BufferedOutputStream(new Pieces(), PIECE)) {
            Objects.requireNonNull(reply.stream()).writeTo(out);
            return true;
        } catch (IOException e) {
            LOG.debug("an answer to {} was cut off: {}", ctx.channel().remoteAddress(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("an answer to {} failed in its midst", ctx.channel().remoteAddress(), e);
        }
        return false;
    }

    /** Says that this was all. On the I/O thread. */
    ChannelFuture finish() {
        return ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private final class Pieces extends OutputStream {

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (length == 0) {
                return; // A chunk of no bytes would be the end.
            }
            var piece = Unpooled.wrappedBuffer(Arrays.copyOfRange(bytes, from, from + length));
            ChannelFuture written = ctx.writeAndFlush(new DefaultHttpContent(piece));
            try {
                if (!written.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new IOException("nothing was taken for " + PATIENCE_SECONDS + " s");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("the server is closing");
            }
            if (!written.isSuccess()) {
                throw new IOException("the client is gone", written.cause());
            }
        }
    }
}
