package io.lastack.transport.tyrus.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IoTurnsTest {

    private static final int MANY = 1_000;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop thread = group.next();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private void onThread(Consumer<CompletableFuture<Void>> action) throws Exception {
        var done = new CompletableFuture<Void>();
        thread.execute(() -> action.accept(done));
        done.get(30, TimeUnit.SECONDS);
    }

    @Test
    void whatAClientSaidDuringOnePieceIsHeardBeforeTheNext() throws Exception {
        var server = listen();
        try (var client = connect(server)) {
            onThread(done -> {
                IoTurns.take(thread, () -> {
                    seen.add("one");
                    say(client);
                });
                IoTurns.take(thread, () -> {
                    seen.add("two");
                    done.complete(null);
                });
            });
        }
        assertThat(seen).startsWith("heard", "one", "heard", "two");
    }

    @Test
    void betweenAFewShortPiecesTheThreadLooksAtItsSockets() throws Exception {
        var server = listen();
        try (var client = connect(server)) {
            onThread(done -> {
                for (int i = 0; i < MANY; i++) {
                    boolean first = i == 0;
                    boolean last = i == MANY - 1;
                    IoTurns.takeShort(thread, 1, () -> {
                        seen.add("piece");
                        if (first) {
                            say(client);
                        }
                        if (last) {
                            done.complete(null);
                        }
                    });
                }
            });
        }
        assertThat(seen).hasSize(MANY + 2);
        assertThat(seen.lastIndexOf("heard")).isPositive().isLessThan(MANY / 2);
    }

    @Test
    void whoGivesLittleDoesNotWaitBehindWhoGivesMuch() throws Exception {
        onThread(done -> {
            for (int i = 0; i < MANY; i++) {
                IoTurns.takeShort(thread, 1, () -> seen.add("much"));
            }
            IoTurns.takeShort(thread, 2, () -> seen.add("little"));
            IoTurns.takeShort(thread, 1, () -> done.complete(null));
        });
        assertThat(seen).hasSize(MANY + 1);
        assertThat(seen.indexOf("little")).isLessThan(MANY / 2);
    }

    @Test
    void piecesOfOneSourceKeepTheirOrder() throws Exception {
        onThread(done -> {
            for (int i = 0; i < MANY; i++) {
                var name = Integer.toString(i);
                IoTurns.takeShort(thread, 1, () -> seen.add(name));
                IoTurns.takeShort(thread, 2, () -> {});
            }
            IoTurns.takeShort(thread, 1, () -> done.complete(null));
        });
        assertThat(seen)
                .isEqualTo(IntStream.range(0, MANY).mapToObj(Integer::toString).toList());
    }

    private Channel listen() throws InterruptedException {
        return new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new Hearing())
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    /** A client that was heard once. */
    private Socket connect(Channel server) throws IOException {
        var client = new Socket();
        client.connect(server.localAddress() instanceof InetSocketAddress address ? address : null);
        say(client);
        while (seen.isEmpty()) {
            Thread.onSpinWait();
        }
        return client;
    }

    private static void say(Socket client) {
        try {
            client.getOutputStream().write(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aPieceThatFailsLeavesTheOthersTheirTurn() throws Exception {
        onThread(done -> {
            IoTurns.take(thread, () -> {
                throw new IllegalStateException("a failure that the test planted");
            });
            IoTurns.take(thread, () -> done.complete(null));
        });
    }

    @Test
    void whatWaitsWhenTheThreadEndsIsRunAllTheSame() throws Exception {
        onThread(done -> {
            IoTurns.take(thread, () -> {
                seen.add(group.shutdownGracefully(0, 1, TimeUnit.SECONDS).isDone() ? "ended" : "one");
            });
            IoTurns.take(thread, () -> seen.add("two"));
            IoTurns.take(thread, () -> {
                seen.add("three");
                done.complete(null);
            });
        });
        assertThat(seen).containsExactly("one", "two", "three");
    }

    private final class Hearing extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
            seen.add("heard");
        }
    }
}
