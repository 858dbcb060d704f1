package io.lastack.client;

import io.lastack.memory.MemoryLink;
import io.lastack.memory.MemoryTransport;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.ServerFrame;
import java.util.ArrayList;
import java.util.List;

/** Counts the frames that pass, both ways, and breaks the link at chosen ones: that frame does not arrive. */
final class BreakableConnector implements Connector {
    private final MemoryTransport transport;

    /** How many frames were on their way so far. */
    int frames;

    /** What the client wrote so far, lost or not. */
    private final List<ClientFrame> written = new ArrayList<>();

    /** The link breaks at this frame; 0 for never. */
    int cutAt;

    /** Runs when the link breaks at a chosen frame. */
    Runnable afterCut = () -> {};

    /** As if the process had ended: nothing passes any more, and nobody is told. */
    boolean dead;

    BreakableConnector(MemoryTransport transport) {
        this.transport = transport;
    }

    <F> List<F> written(Class<F> type) {
        return written.stream().filter(type::isInstance).map(type::cast).toList();
    }

    void cut() {
        transport.links().forEach(MemoryLink::cut);
    }

    @Override
    public void connect(Listener listener) {
        if (dead) {
            return;
        }
        transport.connect(new Listener() {
            @Override
            public void opened(Link link) {
                listener.opened(counting(link));
            }

            @Override
            public void received(List<ServerFrame> packet) {
                List<ServerFrame> arriving = arriving(packet);
                if (!arriving.isEmpty()) {
                    listener.received(arriving);
                }
            }

            @Override
            public void closed(CloseReason reason) {
                if (!dead) {
                    listener.closed(reason);
                }
            }
        });
    }

    private Link counting(Link link) {
        return new Link() {
            @Override
            public void write(List<ClientFrame> packet) {
                written.addAll(packet);
                List<ClientFrame> arriving = arriving(packet);
                if (!arriving.isEmpty()) {
                    link.write(arriving);
                }
            }

            @Override
            public void close() {
                if (!dead) {
                    link.close();
                }
            }
        };
    }

    private <F> List<F> arriving(List<F> packet) {
        if (dead) {
            return List.of();
        }
        for (int i = 0; i < packet.size(); i++) {
            if (++frames == cutAt) {
                cut();
                afterCut.run();
                return packet.subList(0, i);
            }
        }
        return packet;
    }
}
