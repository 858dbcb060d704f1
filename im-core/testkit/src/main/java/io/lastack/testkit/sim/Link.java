package io.lastack.testkit.sim;

import io.lastack.client.Connector;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.Connection;
import io.lastack.session.EncodedFrame;
import io.lastack.session.FrameEncoder;
import io.lastack.session.Handshake;
import io.lastack.session.ServerFrame;
import io.lastack.session.Session;
import io.lastack.session.SessionAcceptor;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One connection between a client and a node, and the ways in which it breaks. */
final class Link {
    /** What WebSocket reports for a connection that ended without a close. */
    private static final CloseReason LOST = new CloseReason(1006, "the connection was lost");

    private static final long SOON = 100_000;
    private static final long LATE = 500_000_000;

    private final VirtualTime time;
    private final SplittableRandom random;
    private final Process clientProcess;
    private final Process nodeProcess;
    private final Connector.Listener client;
    private final FrameChecks checks;
    private final Referee referee;
    private final Pipe up;
    private final Pipe down;
    /** Whether a write counts as done once it is in a buffer, or only when it has arrived. */
    private final boolean buffered;

    private final ServerEnd serverEnd = new ServerEnd();
    private @Nullable Session session;
    private boolean clientEnded;
    private boolean serverEnded;

    Link(
            VirtualTime time,
            SplittableRandom random,
            Process clientProcess,
            Process nodeProcess,
            Connector.Listener client,
            FrameChecks checks,
            Referee referee) {
        this.time = time;
        this.random = random;
        this.clientProcess = clientProcess;
        this.nodeProcess = nodeProcess;
        this.client = client;
        this.checks = checks;
        this.referee = referee;
        this.up = new Pipe(time, random, nodeProcess);
        this.down = new Pipe(time, random, clientProcess);
        this.buffered = random.nextBoolean();
    }

    void open(SessionAcceptor node) {
        up.send(() -> {
            down.send(() -> {
                if (!clientEnded) {
                    client.opened(new ClientEnd());
                }
            });
            session = node.accept(serverEnd, Handshake.NONE);
            if (serverEnded) {
                session.closed(LOST);
            }
        });
    }

    boolean isOver() {
        return (clientEnded || clientProcess.isDead()) && (serverEnded || nodeProcess.isDead());
    }

    boolean isOf(Process process) {
        return process == clientProcess || process == nodeProcess;
    }

    /** What is on its way is lost; each side is told, sooner or later. */
    void cut(long clientToldAfter, long nodeToldAfter) {
        up.breakSilently();
        down.breakSilently();
        time.add(clientToldAfter, clientProcess, false, () -> endClient(LOST));
        time.add(nodeToldAfter, nodeProcess, false, () -> endServer(LOST));
    }

    /** One of the two is dead: what it had sent may still arrive; the other is told soon, late, or never. */
    void breakOff() {
        if (random.nextBoolean()) {
            up.breakSilently();
            down.breakSilently();
        }
        int lot = random.nextInt(4);
        if (lot > 0) {
            long after = random.nextLong(lot == 1 ? LATE : SOON);
            time.add(after, clientProcess, false, () -> endClient(LOST));
            time.add(after, nodeProcess, false, () -> endServer(LOST));
        }
    }

    /** Nothing passes upwards, downwards, or both; nobody is told. */
    void freeze(boolean upwards, boolean downwards) {
        if (upwards) {
            up.breakSilently();
        }
        if (downwards) {
            down.breakSilently();
        }
    }

    void slowDown(long nanos) {
        up.slowDown(nanos / 8);
        down.slowDown(nanos);
    }

    private void endClient(CloseReason reason) {
        if (!clientEnded) {
            clientEnded = true;
            client.closed(reason);
        }
    }

    private void endServer(CloseReason reason) {
        if (!serverEnded) {
            serverEnded = true;
            serverEnd.fail();
            if (session != null) {
                session.closed(reason);
            }
        }
    }

    private final class ServerEnd implements Connection {
        private @Nullable WriteCallback writing;
        private long writingSince;

        @Override
        public FrameEncoder encoder() {
            return SimFrame.ENCODER;
        }

        @Override
        public void write(List<EncodedFrame> packet, WriteCallback done) {
            if (serverEnded || nodeProcess.isDead()) {
                done.written(false);
                return;
            }
            if (writing != null) {
                referee.violated(Invariant.NO_FAILURE, "a write began before the one before it had ended");
            }
            writing = done;
            writingSince = time.nanos();
            List<ServerFrame> frames = packet.stream().map(SimFrame::of).toList();
            frames.forEach(checks::sent);
            long arrives = down.send(() -> {
                if (!clientEnded) {
                    client.received(frames);
                }
            });
            if (buffered || !down.isBroken()) {
                long after = buffered ? random.nextLong(SOON) : arrives - time.nanos() + random.nextLong(SOON);
                time.add(after, nodeProcess, false, () -> written(done));
            }
        }

        private void written(WriteCallback done) {
            if (writing == done && (buffered || !down.isBroken())) {
                writing = null;
                checks.written(time.nanos() - writingSince);
                done.written(true);
            }
        }

        void fail() {
            WriteCallback unfinished = writing;
            writing = null;
            if (unfinished != null) {
                unfinished.written(false);
            }
        }

        @Override
        public void ping() {
            if (!down.isBroken()) {
                up.send(() -> {
                    if (session != null) {
                        session.activity();
                    }
                });
            }
        }

        @Override
        public void close(CloseReason reason) {
            checks.closed(reason);
            down.send(() -> endClient(reason));
            time.add(random.nextLong(SOON), nodeProcess, false, () -> endServer(reason));
        }

        @Override
        public void kill() {
            down.send(() -> endClient(LOST));
            time.add(random.nextLong(SOON), nodeProcess, false, () -> endServer(LOST));
        }

        @Override
        public String remoteAddress() {
            return clientProcess.name();
        }
    }

    private final class ClientEnd implements Connector.Link {
        @Override
        public void write(List<ClientFrame> packet) {
            up.send(() -> {
                if (session != null && !serverEnded) {
                    session.activity();
                    checks.received(packet);
                    session.received(packet);
                }
            });
        }

        @Override
        public void close() {
            CloseReason reason = new CloseReason(CloseReason.NORMAL, "closed by the client");
            up.send(() -> endServer(reason));
            time.add(random.nextLong(SOON), clientProcess, false, () -> endClient(reason));
        }
    }
}
