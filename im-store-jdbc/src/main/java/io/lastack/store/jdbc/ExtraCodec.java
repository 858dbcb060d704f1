package io.lastack.store.jdbc;

import io.lastack.log.Content;
import io.lastack.log.UserId;
import io.lastack.spi.StoredCodes;
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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a message that most messages do not have, in one column that is null for those: a version byte, a byte of
 * flags that says which fields follow, then those fields in the order of the flags.
 */
final class ExtraCodec {
    private static final int VERSION = 1;
    private static final int KIND = 1;
    private static final int TYPE = 1 << 1;
    private static final int REPLY_TO = 1 << 2;
    private static final int REVISES = 1 << 3;
    private static final int MENTIONS = 1 << 4;
    private static final int EXT = 1 << 5;
    private static final int REVISED_BY = 1 << 6;

    private ExtraCodec() {}

    /** Null if the content has nothing beyond a kind and a type with codes, and a body. */
    static byte @Nullable [] encode(Content content) {
        int flags = flags(content);
        if (flags == 0) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeByte(flags);
            writeFields(content, flags, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static int flags(Content content) {
        return (StoredCodes.kind(content.kind()) == StoredCodes.OTHER ? KIND : 0)
                | (StoredCodes.type(content.type()) == StoredCodes.OTHER ? TYPE : 0)
                | (content.replyTo() != 0 ? REPLY_TO : 0)
                | (content.revises() != 0 ? REVISES : 0)
                | (content.mentions().isEmpty() ? 0 : MENTIONS)
                | (content.ext().isEmpty() ? 0 : EXT)
                | (content.revisedBy() != 0 ? REVISED_BY : 0);
    }

    private static void writeFields(Content content, int flags, DataOutputStream out) throws IOException {
        if ((flags & KIND) != 0) {
            write(content.kind(), out);
        }
        if ((flags & TYPE) != 0) {
            write(content.type(), out);
        }
        if ((flags & REPLY_TO) != 0) {
            out.writeLong(content.replyTo());
        }
        if ((flags & REVISES) != 0) {
            out.writeLong(content.revises());
        }
        if ((flags & MENTIONS) != 0) {
            out.writeByte(content.mentions().size());
            for (UserId user : content.mentions()) {
                write(user.value(), out);
            }
        }
        if ((flags & EXT) != 0) {
            out.writeByte(content.ext().size());
            for (Map.Entry<String, String> entry : new TreeMap<>(content.ext()).entrySet()) {
                write(entry.getKey(), out);
                write(entry.getValue(), out);
            }
        }
        if ((flags & REVISED_BY) != 0) {
            out.writeLong(content.revisedBy());
        }
    }

    private static void write(String value, DataOutputStream out) throws IOException {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static Extra decode(byte @Nullable [] stored) {
        if (stored == null) {
            return Extra.NONE;
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored))) {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new IllegalStateException("a stored message has version " + version + " of its rare fields; "
                        + VERSION + " is known: the data was written by a newer version");
            }
            return readFields(in.readUnsignedByte(), in);
        } catch (IOException e) {
            throw new UncheckedIOException("a stored message has damaged rare fields", e);
        }
    }

    private static Extra readFields(int flags, DataInputStream in) throws IOException {
        String kind = (flags & KIND) != 0 ? readString(in) : "";
        String type = (flags & TYPE) != 0 ? readString(in) : "";
        long replyTo = (flags & REPLY_TO) != 0 ? in.readLong() : 0;
        long revises = (flags & REVISES) != 0 ? in.readLong() : 0;
        List<UserId> mentions = (flags & MENTIONS) != 0 ? readMentions(in) : List.of();
        Map<String, String> ext = (flags & EXT) != 0 ? readExt(in) : Map.of();
        long revisedBy = (flags & REVISED_BY) != 0 ? in.readLong() : 0;
        return new Extra(kind, type, replyTo, revises, mentions, ext, revisedBy);
    }

    private static List<UserId> readMentions(DataInputStream in) throws IOException {
        int size = in.readUnsignedByte();
        List<UserId> mentions = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            mentions.add(UserId.of(readString(in)));
        }
        return mentions;
    }

    private static Map<String, String> readExt(DataInputStream in) throws IOException {
        int size = in.readUnsignedByte();
        Map<String, String> ext = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            ext.put(readString(in), readString(in));
        }
        return ext;
    }

    private static String readString(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    /** The rare fields; kind and type are empty where the code says it all. */
    record Extra(
            String kind,
            String type,
            long replyTo,
            long revises,
            List<UserId> mentions,
            Map<String, String> ext,
            long revisedBy) {
        static final Extra NONE = new Extra("", "", 0, 0, List.of(), Map.of(), 0);
    }
}
