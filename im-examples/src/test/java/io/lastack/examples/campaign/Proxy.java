package io.lastack.examples.campaign;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The network between devices and server: carries bytes, and breaks. */
final class Proxy implements AutoCloseable {
    private final ServerSocket entrance;
    private final int server;
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Proxy::daemon);

    private Proxy(ServerSocket entrance, int server) {
        this.entrance = entrance;
        this.server = server;
    }

    /** @param server the port to which it leads */
    static Proxy to(int server) throws IOException {
        Proxy proxy = new Proxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server);
        daemon(proxy::accept).start();
        return proxy;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "proxy");
        thread.setDaemon(true);
        return thread;
    }

    int port() {
        return entrance.getLocalPort();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket device = entrance.accept();
                connect(device);
            } catch (IOException e) {
                if (!entrance.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /** Where the server does not listen, the device is told at once. */
    private void connect(Socket device) throws IOException {
        try {
            Line line = new Line(device, new Socket(InetAddress.getLoopbackAddress(), server));
            lines.add(line);
            daemon(() -> line.carry(line.device, line.server)).start();
            daemon(() -> line.carry(line.server, line.device)).start();
        } catch (IOException e) {
            device.close();
        }
    }

    /** Breaks one connection, if there is one: what was on its way is lost, and both ends are told. */
    boolean cut(Random random) {
        Line line = any(random);
        if (line != null) {
            line.close();
        }
        return line != null;
    }

    /** One connection goes dead with nobody told, and breaks later. */
    boolean freeze(Random random, int millis) {
        Line line = any(random);
        if (line != null) {
            line.frozen = true;
            var unused = timer.schedule(line::close, millis, TimeUnit.MILLISECONDS);
        }
        return line != null;
    }

    private @Nullable Line any(Random random) {
        double place = random.nextDouble();
        List<Line> now = List.copyOf(lines);
        return now.isEmpty() ? null : now.get((int) (place * now.size()));
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        timer.shutdownNow();
        lines.forEach(Line::close);
    }

    private final class Line {
        private final Socket device;
        private final Socket server;
        private volatile boolean frozen;

        Line(Socket device, Socket server) throws IOException {
            this.device = device;
            this.server = server;
            // Closing throws away what was not sent.
            device.setSoLinger(true, 0);
            server.setSoLinger(true, 0);
        }

        void carry(Socket from, Socket to) {
            byte[] buffer = new byte[16_384];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (!frozen) {
                        out.write(buffer, 0, read);
                    }
                }
            } catch (IOException e) {
                // One of the ends is gone.
            }
            close();
        }

        void close() {
            lines.remove(this);
            for (Socket socket : List.of(device, server)) {
                try {
                    socket.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
