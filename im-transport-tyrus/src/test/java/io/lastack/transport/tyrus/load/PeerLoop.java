package io.lastack.transport.tyrus.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Many client connections on one thread. */
final class PeerLoop implements AutoCloseable {

    /** The largest packet of a server, and more. */
    private static final int ROOM = 4 << 20;

    /** One address has some 28,000 ports, for all processes. */
    private static final int PER_ADDRESS = 20_000;

    /** The addresses of this process: a network of its own, unless another began 250 processes before it. */
    private static final String NETWORK =
            "127.0." + (1 + ProcessHandle.current().pid() % 250) + ".";

    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<Runnable> ticks = new ArrayList<>();
    private final Set<Peer> peers = new HashSet<>();
    private final ByteBuffer room = ByteBuffer.allocateDirect(ROOM);
    private volatile boolean closed;
    private int numbered;

    PeerLoop() throws IOException {
        selector = Selector.open();
        thread = new Thread(this::run, "peers");
        thread.setDaemon(true);
        thread.start();
    }

    void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** Runs it on the thread, and waits. */
    <T> T call(Callable<T> task) throws Exception {
        var future = new FutureTask<>(task);
        execute(future);
        return future.get(60, TimeUnit.SECONDS);
    }

    /** Called each millisecond or more often from now on. On the thread. */
    void everyTick(Runnable tick) {
        ticks.add(tick);
    }

    void noTick(Runnable tick) {
        ticks.remove(tick);
    }

    /** On the thread. */
    void connect(int port, Script script) {
        connect(port, 0, script);
    }

    /** With a receive buffer of so many bytes, or the system's choice for 0. On the thread. */
    void connect(int port, int receiveBuffer, Script script) {
        try {
            var channel = SocketChannel.open();
            channel.configureBlocking(false);
            if (receiveBuffer > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
            }
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.bind(new InetSocketAddress(NETWORK + (1 + numbered++ / PER_ADDRESS % 100), 0));
            var peer = new Peer(this, channel, script);
            peers.add(peer);
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            peer.registered(channel.register(selector, SelectionKey.OP_CONNECT, peer));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void left(Peer peer) {
        peers.remove(peer);
    }

    /** On the thread. */
    List<Peer> peers() {
        return List.copyOf(peers);
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(key -> ((Peer) key.attachment()).ready(room), ticks.isEmpty() ? 100 : 1);
                for (var task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                List.copyOf(ticks).forEach(Runnable::run);
            }
            peers().forEach(Peer::end);
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        selector.wakeup();
        thread.join();
    }
}
