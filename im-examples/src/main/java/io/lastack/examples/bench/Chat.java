package io.lastack.examples.bench;

import io.lastack.examples.bench.wire.Template;
import io.lastack.proto.WireCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One conversation of the load: who sends in it, and the frames that are sent there. Used by one thread. */
final class Chat {
    private final String conversation;
    private final byte[] bytes;
    private final int bodyBytes;
    private final Template send;
    private final Template ack;
    private final List<Sender> senders = new ArrayList<>();
    private long seqsBefore;

    Chat(String conversation, WireCodec codec, int bodyBytes) {
        this.conversation = conversation;
        this.bytes = conversation.getBytes(StandardCharsets.US_ASCII);
        this.bodyBytes = bodyBytes;
        this.send = Template.send(codec, conversation, bodyBytes);
        this.ack = Template.ack(codec, conversation);
    }

    String conversation() {
        return conversation;
    }

    byte[] bytes() {
        return bytes;
    }

    int bodyBytes() {
        return bodyBytes;
    }

    Template send() {
        return send;
    }

    Template ack() {
        return ack;
    }

    /** @return the place among the senders */
    int add(Sender sender) {
        senders.add(sender);
        return senders.size() - 1;
    }

    List<Sender> senders() {
        return senders;
    }

    /** The load begins after this seq (0 at first): up to it, there are the entries that made the conversation. */
    void beginsAfter(long seq) {
        seqsBefore = seq;
    }

    long seqsBefore() {
        return seqsBefore;
    }

    /** What the last seq must be when all is done. */
    long lastSeq() {
        return seqsBefore + senders.stream().mapToLong(Sender::sent).sum();
    }
}
