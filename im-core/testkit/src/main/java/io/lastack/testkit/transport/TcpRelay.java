package io.lastack.testkit.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between clients and a port of this machine, and breaks what goes through when told to. */
public final class TcpRelay implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;

    private final InetSocketAddress target;
    private final ServerSocket listening;
    private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
    private volatile String refused = "";

    /** Listens on a free port of the loop-back interface. */
    public TcpRelay(int targetPort) throws IOException {
        target = new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort);
        listening = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        start("accept", this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** Resets from now on, instead of passing it on, what holds this text; nothing if the text is empty. */
    public void refuse(String text) {
        refused = text;
    }

    /** Resets every connection that is open, on both sides. */
    public void cut() {
        pairs.forEach(Pair::reset);
    }

    /** From now on swallows what comes over the connections that are open. */
    public void freeze() {
        pairs.forEach(pair -> pair.frozen = true);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
    }

    private void accept() {
        while (!listening.isClosed()) {
            Socket client;
            try {
                client = listening.accept();
            } catch (IOException e) {
                return;
            }
            Socket server = new Socket();
            Pair pair = new Pair(client, server);
            pairs.add(pair);
            try {
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                server.connect(target);
                start("up", () -> pump(pair, client, server));
                start("down", () -> pump(pair, server, client));
            } catch (IOException e) {
                pair.reset();
            }
        }
    }

    private void pump(Pair pair, Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (isRefused(buffer, count)) {
                    pair.reset();
                } else if (!pair.frozen) {
                    out.write(buffer, 0, count);
                }
            }
            if (!pair.frozen) {
                to.shutdownOutput();
            }
            if (from.isOutputShutdown()) {
                pair.end();
            }
        } catch (IOException e) {
            if (!pair.frozen) {
                pair.reset();
            }
        }
    }

    private boolean isRefused(byte[] buffer, int count) {
        return !refused.isEmpty() && new String(buffer, 0, count, StandardCharsets.ISO_8859_1).contains(refused);
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, "relay-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private final class Pair {

        private final Socket client;
        private final Socket server;
        private volatile boolean frozen;

        Pair(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void reset() {
            reset(client);
            reset(server);
            pairs.remove(this);
        }

        void end() throws IOException {
            client.close();
            server.close();
            pairs.remove(this);
        }

        /** One that is closed already cannot be made to linger, and need not be. */
        private static void reset(Socket socket) {
            try (socket) {
                socket.setSoLinger(true, 0);
            } catch (IOException e) {
                assert socket.isClosed() : e;
            }
        }
    }
}
