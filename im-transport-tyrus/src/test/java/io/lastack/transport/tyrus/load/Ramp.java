package io.lastack.transport.tyrus.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Opens many connections, so many at a time, and waits until all are ready. */
final class Ramp<C extends Client> {

    /** Fewer than a server's queue of connections that wait to be accepted. */
    private static final int AT_A_TIME = 200;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final PeerLoop loop;
    private final int port;
    private final List<C> clients = new ArrayList<>();
    private final CountDownLatch left;
    private final int count;
    private final Maker<C> maker;

    /** Makes the client of a number. */
    @FunctionalInterface
    interface Maker<C> {
        C make(int number, Consumer<Client> ready);
    }

    private Ramp(PeerLoop loop, int port, int count, Maker<C> maker) {
        this.loop = loop;
        this.port = port;
        this.count = count;
        this.maker = maker;
        this.left = new CountDownLatch(count);
    }

    static <C extends Client> List<C> open(PeerLoop loop, int port, int count, Maker<C> maker)
            throws InterruptedException {
        var ramp = new Ramp<>(loop, port, count, maker);
        loop.execute(() -> {
            for (int i = 0; i < AT_A_TIME; i++) {
                ramp.next();
            }
        });
        if (!ramp.left.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError(
                    ramp.left.getCount() + " of " + count + " connections are not ready after " + PATIENCE);
        }
        return ramp.clients;
    }

    /** Clients of an endpoint that asks for nothing. */
    static List<Client> open(PeerLoop loop, int port, int count) throws InterruptedException {
        return open(loop, port, count, (number, ready) -> new Client("", ready));
    }

    private void next() {
        if (clients.size() < count) {
            C client = maker.make(clients.size(), ready -> {
                left.countDown();
                next();
            });
            clients.add(client);
            loop.connect(port, client);
        }
    }
}
