package io.lastack.store.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The scripts, one file each, with the shared parts that they need in front. All keys of a call are in one slot. */
enum Script {
    APPEND("append", true, "messages", "once", "floors", "members", "counts", "revisions"),
    PAGE("page", false, "messages"),
    AUTHORED("authored", false, "messages"),
    REACTIONS("reactions", false),
    HEAD("head", false),
    FACTS("facts", false),
    CURRENT("current", false),
    CHOSEN("chosen", false),
    EVERYBODY("everybody", false),
    SUBSCRIPTION("subscription", false, "messages", "floors", "members", "counts"),
    ACKS("acks", true, "floors", "members"),
    READS("reads", true, "floors", "members"),
    START("start", true, "floors", "members"),
    DEVICE("device", true),
    REGISTERED("registered", true),
    DEVICES("devices", false),
    FORGET_DEVICES("forget-devices", true),
    RAISE_ACKS("raise-acks", true, "floors", "standings"),
    RAISE_READS("raise-reads", true, "standings"),
    POSITIONS("positions", false),
    ALL_POSITIONS("all-positions", false),
    FORGET_POSITIONS("forget-positions", true),
    NOTE_DEVICES("note-devices", true),
    VISIBLE("visible", false, "floors", "members"),
    PREPARE("prepare", true),
    SETTLE("settle", true),
    LIST("list", false),
    LEAVE("leave", true),
    INDEX("index", true),
    NAMES("names", false),
    MARK("mark", false),
    ADVANCE("advance", true),
    EXTENT("extent", false, "messages"),
    TRIM("trim", true, "messages", "once", "counts", "revisions"),
    FORGET("forget", true, "floors", "members"),
    BLANK("blank", true, "messages", "counts", "revisions"),
    OWNERS("owners", false),
    ATTRIBUTES("attributes", false),
    SETTINGS("settings", false),
    BLOCKED("blocked", false),
    BLOCKS("blocks", false),
    FORGET_OWN("forget-own", true),
    EPOCH("epoch", true);

    private final boolean writes;
    private final String source;
    private final String digest;

    Script(String file, boolean writes, String... shared) {
        this.writes = writes;
        StringBuilder text = new StringBuilder();
        for (String part : shared) {
            text.append(resource(part));
        }
        this.source = text.append(resource(file)).toString();
        this.digest = sha1(source);
    }

    /** Whether it may change something. */
    boolean writes() {
        return writes;
    }

    byte[] source() {
        return source.getBytes(StandardCharsets.UTF_8);
    }

    /** What the server knows it by once it has seen it, in hexadecimal. */
    byte[] digest() {
        return digest.getBytes(StandardCharsets.US_ASCII);
    }

    Call on(byte[] key, Arguments arguments) {
        return new Call(this, List.of(key), arguments.list());
    }

    private static String sha1(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Script.class.getResourceAsStream(name + ".lua")) {
            if (in == null) {
                throw new IllegalStateException(name + ".lua is not in the jar of the Redis store");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + ".lua cannot be read", e);
        }
    }
}
