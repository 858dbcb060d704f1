package io.lastack.testkit.sim;

import io.lastack.spi.Bus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The bus as one life of a node reaches it: with the node ends its place, and what was on its way to it. */
final class NodeBus implements Bus {
    private final Bus shared;
    private final Process process;
    private final Trace trace;
    private final List<Link> links = new ArrayList<>();

    NodeBus(Bus shared, Process process, Trace trace) {
        this.shared = shared;
        this.process = process;
        this.trace = trace;
    }

    @Override
    public Link join(String node, Receiver receiver) {
        Link link = shared.join(node, new Ear(receiver));
        links.add(link);
        return link;
    }

    /** The node is dead: nobody hears of it any more. */
    void die() {
        links.forEach(Link::close);
    }

    private final class Ear implements Receiver {
        private final Receiver engine;

        Ear(Receiver engine) {
            this.engine = engine;
        }

        @Override
        public void received(String channel, byte[] signal) {
            whileAlive(() -> engine.received(channel, signal));
        }

        @Override
        public void connected() {
            trace.note(process.name(), "is on the bus", "");
            whileAlive(engine::connected);
        }

        @Override
        public void disconnected() {
            trace.note(process.name(), "lost the bus", "");
            whileAlive(engine::disconnected);
        }

        /** On a thread of the bus, where nothing may block. */
        private void whileAlive(Runnable call) {
            if (process.standsStill()) {
                process.schedule(Duration.ZERO, call);
            } else if (!process.isDead()) {
                process.run(call, false);
            }
        }
    }
}
