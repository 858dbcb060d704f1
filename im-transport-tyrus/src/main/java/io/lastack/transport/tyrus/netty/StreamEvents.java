package io.lastack.transport.tyrus.netty;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Server-sent events, as the HTML standard writes them. */
final class StreamEvents {

    private static final byte[] DATA = bytes("data: ");
    private static final byte[] END = bytes("\n\n");

    /** Some proxies pass nothing on before they have this much. */
    private static final int PADDING = 2048;

    private StreamEvents() {}

    /** The first event: under which name further requests speak of the stream. */
    static List<byte[]> open(String id) {
        return List.of(bytes(":" + " ".repeat(PADDING) + "\nevent: open\ndata: " + id + "\n\n"));
    }

    static List<byte[]> ping() {
        return List.of(bytes("event: ping\ndata: \n\n"));
    }

    static List<byte[]> close(int code, String reason) {
        String line = reason.replace('\n', ' ').replace('\r', ' ');
        return List.of(bytes("event: close\ndata: " + code + " " + line + "\n\n"));
    }

    /** A message; see {@link StreamChannel#write}. */
    static List<byte[]> message(boolean text, List<byte[]> parts) {
        List<byte[]> event = new ArrayList<>(parts.size() + 2);
        event.add(DATA);
        if (text) {
            event.addAll(parts);
        } else {
            ByteBuffer joined = ByteBuffer.allocate(
                    parts.stream().mapToInt(part -> part.length).sum());
            parts.forEach(joined::put);
            event.add(Base64.getEncoder().encode(joined.array()));
        }
        event.add(END);
        return event;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
