package io.lastack.transport.tyrus.netty;

import io.lastack.transport.tyrus.http.HttpCall;
import io.lastack.transport.tyrus.http.HttpReply;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection before its upgrade: one request at a time, answered by a route, by an upgrade or by a refusal. Nothing is
 * read while a request is being answered. The accept timeout runs while we wait for the client, and during an upgrade.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // A write or close that fails ends the connection, which is told otherwise.
final class HttpFront extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);

    private final HttpFrontParts parts;
    private @Nullable IoTimer acceptTimer;
    private boolean busy;

    /** Of the answer to the request in hand. */
    private long hstsSeconds;

    HttpFront(HttpFrontParts parts) {
        this.parts = parts;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        awaitRequest(ctx);
    }

    private void awaitRequest(ChannelHandlerContext ctx) {
        busy = false;
        startTimer(ctx);
        ctx.read();
    }

    private void startTimer(ChannelHandlerContext ctx) {
        stopTimer();
        acceptTimer = IoTimer.start(ctx.executor(), parts.acceptMillis(), () -> ctx.close());
    }

    private void stopTimer() {
        if (acceptTimer != null) {
            acceptTimer.cancel();
            acceptTimer = null;
        }
    }

    /** What was read was no whole request yet, and with it our wish to read is spent. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!busy) {
            ctx.read();
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (!ctx.channel().isActive()) {
            return; // The decoder makes a request of what a client had said when it left.
        }
        busy = true;
        var malformed = malformed(request);
        var view = malformed.isPresent()
                ? Optional.<HttpRequestView>empty()
                : HttpRequestView.of(request, ctx.channel(), parts.options().proxies());
        hstsSeconds = view.map(seen -> seen.caller().secure()).orElse(false)
                ? parts.options().hstsSeconds()
                : 0;
        var verdict = ctx.channel().attr(AcceptGuard.VERDICT).get();
        var refusal = parts.draining().getAsBoolean() ? Optional.of(HttpFrontParts.GOING_AWAY) : verdict.refusal();
        if (view.isEmpty()) {
            end(ctx, malformed.orElseGet(() -> HttpReply.text(400, "the address is malformed\n")));
        } else if (refusal.isPresent()) {
            end(ctx, Answer.of(refusal.get()));
        } else if (parts.upgrader().serves(view.get())) {
            upgrade(ctx, view.get());
        } else if (parts.streams().serves(view.get())) {
            var body = ByteBufUtil.getBytes(request.content());
            parts.streams()
                    .serve(ctx, view.get(), body, new StreamCaller(ctx, view.get(), isKept(view.get(), request)));
        } else {
            route(ctx, view.get(), request);
        }
    }

    private static Optional<HttpReply> malformed(FullHttpRequest request) {
        if (request.decoderResult().isSuccess()) {
            return Optional.empty();
        }
        var cause = request.decoderResult().cause();
        if (cause instanceof TooLongHttpLineException) {
            return Optional.of(HttpReply.text(414, "the address is too long\n"));
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return Optional.of(HttpReply.text(431, "the headers are too long\n"));
        }
        return Optional.of(HttpReply.text(400, "this is not HTTP\n"));
    }

    private void route(ChannelHandlerContext ctx, HttpRequestView view, FullHttpRequest request) {
        stopTimer();
        boolean keepAlive = isKept(view, request);
        var call = new HttpCall(
                view.method().equals("HEAD") ? "GET" : view.method(),
                view.path(),
                view.query(),
                view.headers(),
                ByteBufUtil.getBytes(request.content()),
                view.caller().address());
        parts.routes()
                .run(
                        call,
                        reply -> whileOpen(ctx, () -> {
                            if (reply.stream() != null) {
                                stream(ctx, view, reply, keepAlive && view.isHttp11());
                            } else {
                                answer(ctx, reply, keepAlive);
                            }
                        }));
    }

    private static boolean isKept(HttpRequestView view, FullHttpRequest request) {
        return HttpUtil.isKeepAlive(request) && view.all("Upgrade").isEmpty();
    }

    private void answer(ChannelHandlerContext ctx, HttpReply reply, boolean keepAlive) {
        if (keepAlive && !parts.draining().getAsBoolean()) {
            ctx.writeAndFlush(Answer.of(reply, true, hstsSeconds));
            awaitRequest(ctx);
        } else {
            end(ctx, reply);
        }
    }

    private void stream(ChannelHandlerContext ctx, HttpRequestView view, HttpReply reply, boolean keepAlive) {
        boolean goesOn = keepAlive && !parts.draining().getAsBoolean();
        var answer = new StreamedAnswer(ctx, reply, hstsSeconds);
        answer.begin(view.isHttp11(), goesOn);
        Runnable body = () -> {
            boolean whole = view.method().equals("HEAD") || answer.write();
            whileOpen(ctx, () -> {
                if (!whole) {
                    ctx.close();
                } else if (goesOn) {
                    answer.finish();
                    awaitRequest(ctx);
                } else {
                    linger(ctx, answer.finish());
                }
            });
        };
        if (!parts.routes().write(body)) {
            ctx.close();
        }
    }

    /** Counts who comes through a proxy: its connection was not counted for anybody so far. */
    private boolean isWelcome(ChannelHandlerContext ctx, Caller caller) {
        if (!caller.proxied()) {
            return true;
        }
        InetAddress address = caller.address().getAddress();
        boolean welcome = parts.count().enterFor(address);
        ctx.channel().closeFuture().addListener(closed -> parts.count().leaveFor(address));
        return welcome;
    }

    private void upgrade(ChannelHandlerContext ctx, HttpRequestView view) {
        if (!isWelcome(ctx, view.caller())) {
            ConnectionCount.Verdict.ADDRESS_FULL.refusal().ifPresent(refused -> end(ctx, Answer.of(refused)));
            return;
        }
        parts.upgrader()
                .judge(
                        view,
                        admission -> ctx.executor()
                                .execute(() -> IoTurns.take(ctx.executor(), () -> {
                                    if (isOpen(ctx)) {
                                        admitOrRefuse(ctx, view, admission);
                                    }
                                })));
    }

    private void admitOrRefuse(ChannelHandlerContext ctx, HttpRequestView view, Admission admission) {
        if (admission instanceof Admission.Refused refused) {
            LOG.debug("{} was refused with {}: {}", view.caller().address(), refused.status(), refused.reason());
            end(ctx, Answer.of(refused));
        } else if (parts.draining().getAsBoolean()) {
            end(ctx, Answer.of(HttpFrontParts.GOING_AWAY));
        } else if (admission instanceof Admission.Admitted admitted) {
            parts.upgrader().upgrade(ctx, view, admitted).ifPresent(refused -> end(ctx, Answer.of(refused)));
        }
    }

    /** Acts on an answer that came on any thread, unless the client is gone or has had its last answer. */
    private static void whileOpen(ChannelHandlerContext ctx, Runnable action) {
        ctx.executor().execute(() -> {
            if (isOpen(ctx)) {
                action.run();
            }
        });
    }

    private static boolean isOpen(ChannelHandlerContext ctx) {
        return !ctx.isRemoved() && ctx.channel().isActive();
    }

    /** Gives the last answer of this connection. */
    private void end(ChannelHandlerContext ctx, HttpReply reply) {
        stopTimer();
        linger(ctx, ctx.write(Answer.of(reply, false, hstsSeconds)));
    }

    private void linger(ChannelHandlerContext ctx, ChannelFuture written) {
        HttpPipeline.replaceBy(ctx.pipeline(), new LingeringClose());
        var channel = ctx.channel();
        written.addListener(done -> LingeringClose.begin(channel, parts.closeMillis()));
        channel.flush();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ServerEvent.DRAIN && !busy) {
            ctx.close();
        } else if (event == HttpPipeline.BODY_TOO_LARGE) {
            end(ctx, HttpReply.text(413, "the body is too large\n"));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stopTimer();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stopTimer();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.warn("connection of {} failed before its upgrade", ctx.channel().remoteAddress(), cause);
        }
        ctx.close();
    }

    /** This connection, for whoever answers a request for a stream. */
    private final class StreamCaller implements StreamFront.Caller {

        private final ChannelHandlerContext ctx;
        private final HttpRequestView view;
        private final boolean keepAlive;

        StreamCaller(ChannelHandlerContext ctx, HttpRequestView view, boolean keepAlive) {
            this.ctx = ctx;
            this.view = view;
            this.keepAlive = keepAlive;
        }

        @Override
        public void answer(HttpReply reply) {
            HttpFront.this.answer(ctx, reply, keepAlive);
        }

        @Override
        public void end(HttpReply reply) {
            HttpFront.this.end(ctx, reply);
        }

        @Override
        public void whileOpen(Runnable action) {
            HttpFront.whileOpen(ctx, action);
        }

        @Override
        public boolean isWelcome() {
            return HttpFront.this.isWelcome(ctx, view.caller());
        }

        @Override
        public boolean isDraining() {
            return parts.draining().getAsBoolean();
        }
    }
}
