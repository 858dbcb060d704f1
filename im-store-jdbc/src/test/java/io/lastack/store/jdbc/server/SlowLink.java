package io.lastack.store.jdbc.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands between a client and a server on this machine, and lets each answer wait while it is told to. */
public final class SlowLink implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("(//[^:/]+:)(\\d+)(/)");

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String url;
    private volatile Duration delay = Duration.ZERO;

    /** @param url of a database, whose port is the server's */
    public SlowLink(String url) throws IOException {
        Matcher port = PORT.matcher(url);
        if (!port.find()) {
            throw new IllegalArgumentException(url + " names no port");
        }
        int target = Integer.parseInt(port.group(2));
        this.url = port.replaceFirst("$1" + listening.getLocalPort() + "$3");
        threads.execute(() -> accept(target));
    }

    /** The URL of the same database through this link. */
    public String url() {
        return url;
    }

    public void delayAnswers(Duration by) {
        delay = by;
    }

    private void accept(int target) {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                threads.execute(() -> copy(client, server, false));
                threads.execute(() -> copy(server, client, true));
            } catch (IOException e) {
                // Closed, or the server is away: the client finds out.
            }
        }
    }

    private void copy(Socket from, Socket to, boolean answers) {
        byte[] bytes = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                if (answers) {
                    LockSupport.parkNanos(delay.toNanos());
                }
                out.write(bytes, 0, count);
            }
        } catch (IOException e) {
            // One end is gone; closing the other one says so.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        threads.shutdownNow();
    }
}
