package io.lastack.client;

import io.lastack.session.ClientFrame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Frames on their way to the server: between two flushes, in as few packets as the server's limit allows. */
final class Wire {
    /** Until the welcome tells the server's limit. */
    private static final int FIRST_LIMIT = 65_536;

    private final List<ClientFrame> packet = new ArrayList<>();
    private Connector.@Nullable Link link;
    private long packetBytes;
    private long limit = FIRST_LIMIT;

    void open(Connector.Link opened) {
        link = opened;
        limit = FIRST_LIMIT;
    }

    /** @param maxPacketBytes as the server said; half of it is used, sizes being estimates */
    void limit(int maxPacketBytes) {
        limit = Math.max(1, maxPacketBytes / 2);
    }

    /** Dropped if there is no link. */
    void add(ClientFrame frame) {
        if (link == null) {
            return;
        }
        int size = FrameSize.estimate(frame);
        if (packetBytes + size > limit) {
            flush();
        }
        packet.add(frame);
        packetBytes += size;
    }

    boolean hasFrames() {
        return !packet.isEmpty();
    }

    void flush() {
        if (link != null && !packet.isEmpty()) {
            List<ClientFrame> full = List.copyOf(packet);
            forget();
            link.write(full);
        }
    }

    void close() {
        forget();
        if (link != null) {
            Connector.Link old = link;
            link = null;
            old.close();
        }
    }

    private void forget() {
        packet.clear();
        packetBytes = 0;
    }
}
