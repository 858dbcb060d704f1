package io.lastack.client;

import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Payload;
import io.lastack.log.UserId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a journal holds: one record for each call to the state of a client, in bytes. */
final class StateRecords {
    private static final byte EPOCH = 'E';
    private static final byte FLOORS = 'F';
    private static final byte QUEUED = 'Q';
    private static final byte SETTLED = 'S';

    private StateRecords() {}

    /** As few records as can make this state. */
    static List<byte[]> all(ClientState.Saved saved) {
        List<byte[]> records = new ArrayList<>();
        if (saved.epoch() != null) {
            records.add(epoch(saved.epoch()));
        }
        if (!saved.floors().isEmpty()) {
            records.add(floors(saved.floors()));
        }
        saved.outbox().forEach(entry -> records.add(queued(entry)));
        return records;
    }

    static byte[] epoch(String epoch) {
        return record(EPOCH, out -> text(out, epoch));
    }

    static byte[] floors(Map<ConversationId, Long> floors) {
        return record(FLOORS, out -> {
            out.writeInt(floors.size());
            for (Map.Entry<ConversationId, Long> floor : floors.entrySet()) {
                text(out, floor.getKey().value());
                out.writeLong(floor.getValue());
            }
        });
    }

    static byte[] queued(OutboxEntry entry) {
        return record(QUEUED, out -> {
            text(out, entry.target());
            text(out, entry.id().value());
            content(out, entry.content());
        });
    }

    static byte[] settled(ClientMessageId id) {
        return record(SETTLED, out -> text(out, id.value()));
    }

    /** Makes the call that a record stands for. */
    static void apply(byte[] record, ClientState state) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(record));
        byte kind = in.readByte();
        switch (kind) {
            case EPOCH -> state.epoch(text(in));
            case FLOORS -> state.floors(floors(in));
            case QUEUED -> state.queued(new OutboxEntry(text(in), ClientMessageId.of(text(in)), content(in)));
            case SETTLED -> state.settled(ClientMessageId.of(text(in)));
            default -> throw new IOException("a record of the unknown kind " + kind);
        }
    }

    private static Map<ConversationId, Long> floors(DataInputStream in) throws IOException {
        Map<ConversationId, Long> floors = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            floors.put(ConversationId.parse(text(in)), in.readLong());
        }
        return floors;
    }

    /** Kind and revises are those of every message that can be sent. */
    private static void content(DataOutputStream out, Content content) throws IOException {
        text(out, content.type());
        out.writeBoolean(content.payload().isText());
        bytes(out, content.payload().data());
        out.writeInt(content.ext().size());
        for (Map.Entry<String, String> field : content.ext().entrySet()) {
            text(out, field.getKey());
            text(out, field.getValue());
        }
        out.writeLong(content.replyTo());
        out.writeInt(content.mentions().size());
        for (UserId user : content.mentions()) {
            text(out, user.value());
        }
    }

    private static Content content(DataInputStream in) throws IOException {
        Content plain = Content.message(text(in), Payload.wrap(in.readBoolean(), bytes(in)));
        Map<String, String> ext = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            ext.put(text(in), text(in));
        }
        long replyTo = in.readLong();
        List<UserId> mentions = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            mentions.add(UserId.of(text(in)));
        }
        return plain.withExt(ext).withReplyTo(replyTo).withMentions(mentions);
    }

    private static byte[] record(byte kind, Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(kind);
            writer.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        bytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a field of " + length + " bytes in a record with " + in.available() + " left");
        }
        return in.readNBytes(length);
    }

    private interface Writer {
        void write(DataOutputStream out) throws IOException;
    }
}
