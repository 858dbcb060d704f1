package io.lastack.examples.nodes;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** Lies between nodes and Redis: passes everything on, but for published messages, of which it drops as many as it is told. */
final class SignalFilter implements AutoCloseable {
    private final ServerSocket entrance;
    private final int redis;
    private final AtomicLong signals = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private volatile int dropEvery;

    private SignalFilter(ServerSocket entrance, int redis) {
        this.entrance = entrance;
        this.redis = redis;
    }

    static SignalFilter to(int redis) throws IOException {
        SignalFilter filter = new SignalFilter(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), redis);
        filter.daemon(filter::accept);
        return filter;
    }

    String url() {
        return "redis://127.0.0.1:" + entrance.getLocalPort();
    }

    /** @param every 1 for all, 10 for every tenth, 0 for none */
    void drop(int every) {
        dropEvery = every;
    }

    long dropped() {
        return dropped.get();
    }

    private void daemon(Runnable task) {
        Thread thread = new Thread(task, "signal-filter");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                connect(entrance.accept());
            } catch (IOException e) {
                if (!entrance.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /** Where Redis does not listen, the node is told at once. */
    private void connect(Socket node) throws IOException {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), redis);
            node.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            daemon(() -> carry(node, server, SignalFilter::copy));
            daemon(() -> carry(server, node, this::filter));
        } catch (IOException e) {
            node.close();
        }
    }

    private static void carry(Socket from, Socket to, Passage passage) {
        try (from;
                to) {
            passage.run(from.getInputStream(), to.getOutputStream());
        } catch (IOException e) {
            // One of the ends is gone.
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        in.transferTo(out);
    }

    private void filter(InputStream from, OutputStream out) throws IOException {
        BufferedInputStream in = new BufferedInputStream(from, 65_536);
        while (true) {
            ByteArrayOutputStream reply = new ByteArrayOutputStream();
            read(in, reply);
            if (!isSignal(reply) || !isToDrop()) {
                reply.writeTo(out);
            }
        }
    }

    private static boolean isSignal(ByteArrayOutputStream reply) {
        String start = new String(reply.toByteArray(), 0, Math.min(20, reply.size()), StandardCharsets.ISO_8859_1)
                .substring(1);
        return start.startsWith("3\r\n$7\r\nmessage\r\n") || start.startsWith("3\r\n$8\r\nsmessage\r");
    }

    private boolean isToDrop() {
        int every = dropEvery;
        boolean drop = every > 0 && signals.incrementAndGet() % every == 0;
        if (drop) {
            dropped.incrementAndGet();
        }
        return drop;
    }

    /** One whole reply of Redis. */
    private static void read(InputStream in, ByteArrayOutputStream reply) throws IOException {
        String line = line(in);
        reply.writeBytes((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        switch (line.charAt(0)) {
            case '$', '=', '!' -> {
                int length = Integer.parseInt(line.substring(1));
                if (length >= 0) {
                    reply.writeBytes(in.readNBytes(length + 2));
                }
            }
            case '*', '>', '~' -> readAll(in, reply, Integer.parseInt(line.substring(1)));
            case '%' -> readAll(in, reply, 2 * Integer.parseInt(line.substring(1)));
            default -> {
                // The line is all.
            }
        }
    }

    private static void readAll(InputStream in, ByteArrayOutputStream reply, int values) throws IOException {
        for (int i = 0; i < values; i++) {
            read(in, reply);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\r'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            line.append((char) next);
        }
        in.skipNBytes(1);
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        entrance.close();
    }

    private interface Passage {
        void run(InputStream in, OutputStream out) throws IOException;
    }
}
