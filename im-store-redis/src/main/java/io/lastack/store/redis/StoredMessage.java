package io.lastack.store.redis;

import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.Payload;
import io.lastack.log.Reaction;
import io.lastack.log.UserId;
import io.lastack.spi.ClientIdCodec;
import io.lastack.spi.StoredCodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A message as scripts take it and give it. */
final class StoredMessage {
    /** seq, sender, sent_at, shape, client_id, body, extra, mentions, ext, revises, revised_by. */
    private static final int FIELDS = 11;

    private static final int KIND_STEP = 32;

    /** Ends each key and value of ext: no text has it. */
    private static final char END = '\0';

    private StoredMessage() {}

    /** Adds shape, body, extra, mentions, ext, revises, and what the entry does to the one it names. */
    static void addTo(Arguments arguments, Content content) {
        arguments
                .add(shape(content))
                .add(content.payload().data())
                .add(extra(content))
                .add(content.mentions().stream().map(UserId::value).collect(Collectors.joining(" ")))
                .add(ext(content))
                .add(content.revises() == 0 ? "" : content.revises())
                .add(deed(content));
    }

    /** Kind, type and form of the body in one number; below 64 it counts as unread. */
    private static int shape(Content content) {
        return StoredCodes.kind(content.kind()) * KIND_STEP
                + StoredCodes.type(content.type()) * 2
                + (content.payload().isText() ? 0 : 1);
    }

    /** Kind and type if they have no codes, and what is replied to: empty for most. */
    private static String extra(Content content) {
        String kind = StoredCodes.kind(content.kind()) == StoredCodes.OTHER ? content.kind() : "";
        String type = StoredCodes.type(content.type()) == StoredCodes.OTHER ? content.type() : "";
        return kind.isEmpty() && type.isEmpty() && content.replyTo() == 0
                ? ""
                : kind + ' ' + type + ' ' + content.replyTo();
    }

    private static String ext(Content content) {
        return content.ext().isEmpty()
                ? ""
                : new TreeMap<>(content.ext())
                        .entrySet().stream()
                                .map(entry -> entry.getKey() + END + entry.getValue() + END)
                                .collect(Collectors.joining());
    }

    private static String deed(Content content) {
        if (content.isRevision()) {
            return content.kind();
        }
        return Reaction.emoji(content)
                .map(emoji -> Reaction.isRemoval(content) ? "unreact" : "react")
                .orElse("");
    }

    /** The messages that a reply has from an index on. */
    static List<Message> list(ConversationId conversation, Reply reply, int from) {
        List<Message> messages = new ArrayList<>((reply.size() - from) / FIELDS);
        for (int i = from; i < reply.size(); i += FIELDS) {
            messages.add(new Message(
                    conversation,
                    reply.at(i).number(),
                    reply.at(i + 2).number(),
                    UserId.of(reply.at(i + 1).text()),
                    ClientIdCodec.decode(reply.at(i + 4).bytes()),
                    content(reply, i)));
        }
        return messages;
    }

    private static Content content(Reply reply, int at) {
        int shape = (int) reply.at(at + 3).number();
        int kind = shape / KIND_STEP;
        int type = shape % KIND_STEP / 2;
        String[] extra = words(reply.at(at + 6).text(), "  0");
        return new Content(
                kind == StoredCodes.OTHER ? extra[0] : StoredCodes.kind(kind),
                type == StoredCodes.OTHER ? extra[1] : StoredCodes.type(type),
                Payload.wrap(shape % 2 == 0, reply.at(at + 5).bytes()),
                ext(reply.at(at + 8).text()),
                Long.parseLong(extra[2]),
                mentions(reply.at(at + 7).text()),
                seq(reply.at(at + 9).text()),
                seq(reply.at(at + 10).text()));
    }

    private static String[] words(String text, String ifEmpty) {
        return (text.isEmpty() ? ifEmpty : text).split(" ", -1);
    }

    private static long seq(String text) {
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    private static List<UserId> mentions(String text) {
        return text.isEmpty()
                ? List.of()
                : Stream.of(text.split(" ", -1)).map(UserId::of).toList();
    }

    private static Map<String, String> ext(String text) {
        Map<String, String> ext = new LinkedHashMap<>();
        int at = 0;
        while (at < text.length()) {
            int key = text.indexOf(END, at);
            int value = text.indexOf(END, key + 1);
            ext.put(text.substring(at, key), text.substring(key + 1, value));
            at = value + 1;
        }
        return ext;
    }
}
