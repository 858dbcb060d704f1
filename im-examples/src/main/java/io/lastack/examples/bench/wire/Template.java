package io.lastack.examples.bench.wire;

import io.lastack.proto.WireCodec;
import io.lastack.session.ClientFrame;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A frame that is encoded once, by the codec itself, and of which only some fields change: to send it costs a copy.
 * Not thread-safe.
 */
public final class Template {
    private final byte[] frame;
    private final NumberForm form;
    private final int numberAt;
    private final int[] namesAt;

    private Template(WireCodec codec, ClientFrame of, List<String> names) {
        this.frame = Packets.frame(codec, of);
        this.form = codec.isBinary() ? NumberForm.VARINT : NumberForm.DIGITS;
        this.numberAt = find(form.placeholder(), 0);
        this.namesAt = new int[names.size()];
        for (int i = 0; i < namesAt.length; i++) {
            namesAt[i] = find(names.get(i).getBytes(StandardCharsets.US_ASCII), 0);
        }
    }

    /**
     * A send whose request id and message name change; the body begins with the message's name.
     *
     * @param textBytes size of the body, at least that of a {@linkplain MessageName name}
     */
    public static Template send(WireCodec codec, String conversation, int textBytes) {
        if (textBytes < MessageName.LENGTH) {
            throw new IllegalArgumentException(
                    "a body of " + textBytes + " bytes is not allowed; " + MessageName.LENGTH + " or more are");
        }
        String name = "#".repeat(MessageName.LENGTH);
        String start = "*".repeat(MessageName.LENGTH);
        String text = start + "abcdefghij".repeat(textBytes / 10 + 1).substring(0, textBytes - MessageName.LENGTH);
        ClientFrame send = new ClientFrame.Send(
                NumberForm.PLACEHOLDER,
                conversation,
                name,
                "text",
                io.lastack.session.Body.of(text),
                Map.of(),
                0,
                List.of());
        return new Template(codec, send, List.of(name, start));
    }

    /** An ack of one conversation, whose seq changes. */
    public static Template ack(WireCodec codec, String conversation) {
        ClientFrame ack =
                new ClientFrame.Ack(List.of(new ClientFrame.Position(conversation, NumberForm.PLACEHOLDER)), List.of());
        return new Template(codec, ack, List.of());
    }

    /** Puts the fields in and appends the frame. */
    public void write(ByteBuf packet, long number, MessageName name) {
        for (int at : namesAt) {
            name.put(frame, at);
        }
        write(packet, number);
    }

    /** Puts the number in and appends the frame. */
    public void write(ByteBuf packet, long number) {
        if (number < 0 || number > NumberForm.MAX) {
            throw new IllegalArgumentException("number " + number + " does not fit; up to " + NumberForm.MAX + " do");
        }
        form.put(frame, numberAt, number);
        packet.writeBytes(frame);
    }

    private int find(byte[] pattern, int from) {
        for (int at = from; at <= frame.length - pattern.length; at++) {
            if (Arrays.equals(frame, at, at + pattern.length, pattern, 0, pattern.length)) {
                return at;
            }
        }
        throw new IllegalStateException("the encoded frame does not hold what it was made of");
    }
}
