package io.lastack.proto;

import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.ConversationSettings;
import io.lastack.log.Message;
import io.lastack.log.Payload;
import io.lastack.log.Reaction;
import io.lastack.log.UserId;
import io.lastack.session.Body;
import io.lastack.session.ClientFrame;
import io.lastack.session.GroupAction;
import io.lastack.session.Result;
import io.lastack.session.Revision;
import io.lastack.session.RoomAction;
import io.lastack.session.ServerFrame;
import io.lastack.session.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Frames with random content, of every kind. */
final class RandomFrames {
    private static final String ID_CHARACTERS = "ABCxyz019._@+-";
    private static final int[] CODE_POINTS = {
        'a', 'Z', '0', ' ', '"', '\\', '/', '\n', 1, 0x1F, 0x7F, 0x80, 'ü', 0x7FF, 0x800, '€', 0x2028, 0xFFFD, 0xFFFF,
        0x1F600, 0x10FFFF
    };

    private final Random random;

    RandomFrames(Random random) {
        this.random = random;
    }

    ClientFrame client() {
        return pick(
                () -> new ClientFrame.Hello(
                        number(),
                        orNull(this::text),
                        orNull(this::text),
                        list(this::position),
                        orNull(this::text),
                        orNull(this::text)),
                () -> new ClientFrame.Ping(number()),
                () -> new ClientFrame.Send(
                        number(), text(), text(), text(), body(), entries(), number(), list(this::text)),
                () -> new ClientFrame.Ack(
                        list(this::position), list(() -> new ClientFrame.Nack(text(), number(), text()))),
                () -> new ClientFrame.Read(number(), text(), number()),
                () -> new ClientFrame.Fetch(number(), text(), number(), number(), count()),
                () -> new ClientFrame.Conversations(number(), orNull(this::text), count()),
                () -> new ClientFrame.Receipts(number(), text(), number(), flag()),
                () -> new ClientFrame.Settings(number(), text(), number(), flag(), flag()),
                () -> new ClientFrame.Block(number(), text(), flag()),
                () -> new ClientFrame.Blocked(number(), orNull(this::text), count()),
                () -> new ClientFrame.ReadAll(number()),
                () -> new ClientFrame.Revise(number(), text(), number(), orNull(this::text), revision()),
                () -> new ClientFrame.Notify(
                        number(), text(), orNull(this::text), text(), text(), text(), entries(), number()),
                () -> new ClientFrame.Group(number(), orNull(this::text), groupAction()),
                () -> new ClientFrame.Presence(number(), list(this::text), list(this::text)),
                () -> new ClientFrame.Room(number(), text(), roomAction()),
                () -> new ClientFrame.Signal(text(), text(), body()));
    }

    private Revision revision() {
        return pick(
                Revision.Recall::new,
                () -> new Revision.Edit(body(), list(this::text)),
                () -> new Revision.React(text(), flag()));
    }

    private GroupAction groupAction() {
        return pick(
                () -> new GroupAction.Create(
                        orNull(this::text), text(), list(this::text), orNull(this::text), orNull(this::text)),
                () -> new GroupAction.Rename(text()),
                () -> new GroupAction.AddMembers(list(this::text)),
                () -> new GroupAction.RemoveMembers(list(this::text)),
                GroupAction.Leave::new,
                () -> new GroupAction.SetRole(text(), text()),
                GroupAction.Dissolve::new,
                () -> new GroupAction.Members(orNull(this::text), count()),
                () -> new GroupAction.SetAttributes(entries()),
                () -> new GroupAction.SetHistory(text()),
                () -> new GroupAction.Transfer(text()),
                () -> new GroupAction.MuteMember(text(), number()),
                GroupAction.Info::new);
    }

    private RoomAction roomAction() {
        return pick(
                RoomAction.Join::new,
                RoomAction.Leave::new,
                () -> new RoomAction.Publish(text(), body()),
                RoomAction.Count::new);
    }

    ServerFrame server() {
        return pick(
                () -> new ServerFrame.Welcome(
                        text(),
                        text(),
                        text(),
                        number(),
                        number(),
                        count(),
                        new ServerFrame.Limits(count(), count(), count()),
                        flag(),
                        text()),
                () -> new ServerFrame.Reply(number(), status(), null),
                () -> new ServerFrame.Reply(number(), status(), result()),
                () -> new ServerFrame.Reply(number(), status(), result()),
                this::deliver,
                () -> new ServerFrame.Skipped(conversation(), number(), number(), text()),
                () -> new ServerFrame.Receipt(conversation(), user(), number(), number()),
                this::presence,
                () -> new ServerFrame.RoomEvent(text(), text(), body(), user(), number()),
                () -> new ServerFrame.Signal(conversation(), text(), body(), user()),
                () -> new ServerFrame.Membership(conversation(), user(), text(), text(), number(), number(), number()),
                () -> new ServerFrame.GoAway(text(), number()),
                () -> new ServerFrame.TokenExpiring(number()),
                () -> new ServerFrame.Error(status()));
    }

    private Result result() {
        return pick(
                () -> new Result.Send(conversation(), number(), number(), flag()),
                () -> new Result.Revise(conversation(), number(), number(), flag()),
                () -> new Result.Notify(conversation(), number(), number(), flag()),
                () -> {
                    ServerFrame.Deliver page = deliver();
                    return new Result.Fetch(page.conversation(), page.messages(), flag(), list(this::reaction));
                },
                () -> new Result.Conversations(list(this::conversationSeen), orNull(this::text)),
                () -> new Result.Receipts(
                        conversation(),
                        number(),
                        list(() -> new Result.Reader(user(), number())),
                        list(this::user),
                        list(() -> new Result.Reader(user(), number())),
                        count(),
                        count(),
                        count()),
                () -> new Result.Blocked(list(this::user), orNull(this::text)),
                () -> new Result.Group(
                        conversation(),
                        text(),
                        number(),
                        list(() -> new Result.GroupMember(user(), text(), number(), number())),
                        orNull(this::text),
                        orNull(() -> new Result.GroupInfo(entries(), text(), count(), text(), number()))),
                () -> new Result.Presence(list(this::presence)),
                () -> new Result.Room(text(), count()));
    }

    private Result.Conversation conversationSeen() {
        ConversationId conversation = conversation();
        return new Result.Conversation(
                conversation,
                text(),
                text(),
                number(),
                number(),
                number(),
                number(),
                number(),
                number(),
                number(),
                orNull(() -> message(conversation)),
                orNull(() -> new Result.Peer(user(), number(), number())),
                number(),
                new ConversationSettings(number(), flag(), flag()));
    }

    private Reaction reaction() {
        return new Reaction(number(), user(), text(), number());
    }

    private ServerFrame.Deliver deliver() {
        ConversationId conversation = conversation();
        return new ServerFrame.Deliver(conversation, list(() -> message(conversation)));
    }

    private ServerFrame.Presence presence() {
        return new ServerFrame.Presence(user(), flag(), list(this::text), number(), flag());
    }

    private Status status() {
        return new Status(count(), text(), number());
    }

    private Message message(ConversationId conversation) {
        Content content = new Content(
                pick(() -> "message", () -> "edit", () -> "x-own"),
                pick(() -> "text", () -> "file", () -> "x-own"),
                pick(() -> Payload.text(text()), () -> Payload.bytes(bytes())),
                entries(),
                number(),
                list(this::user).stream().distinct().toList(),
                number(),
                number());
        return new Message(conversation, 1 + number(), number(), user(), ClientMessageId.of(id()), content);
    }

    private ConversationId conversation() {
        return pick(
                () -> ConversationId.direct(UserId.of("A" + id(40)), UserId.of("a" + id(40))),
                () -> ConversationId.group(id()),
                () -> ConversationId.inbox(user()));
    }

    private ClientFrame.Position position() {
        return new ClientFrame.Position(text(), number());
    }

    private UserId user() {
        return UserId.of(id());
    }

    private String id() {
        return id(64);
    }

    private String id(int max) {
        StringBuilder id = new StringBuilder();
        for (int length = 1 + random.nextInt(max); length > 0; length--) {
            id.append(ID_CHARACTERS.charAt(random.nextInt(ID_CHARACTERS.length())));
        }
        return id.toString();
    }

    /** Of any length from none to what needs two bytes of length, or sometimes three. */
    String text() {
        int most = random.nextInt(200) == 0 ? 20_000 : random.nextInt(10) == 0 ? 300 : 20;
        int length = random.nextInt(most);
        boolean plain = random.nextBoolean();
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(plain ? 'a' + i % 26 : CODE_POINTS[random.nextInt(CODE_POINTS.length)]);
        }
        return text.toString();
    }

    private Body body() {
        return pick(() -> Body.NONE, () -> Body.of(text()), () -> new Body(null, bytes()));
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        return bytes;
    }

    private Map<String, String> entries() {
        Map<String, String> entries = new LinkedHashMap<>();
        list(() -> entries.put(id(), text()));
        return entries;
    }

    /** From 0 to 2^53 - 1, of all magnitudes. */
    private long number() {
        return random.nextInt(4) == 0 ? 0 : random.nextLong() >>> (11 + random.nextInt(53));
    }

    private int count() {
        return random.nextInt(4) == 0 ? 0 : random.nextInt() >>> (1 + random.nextInt(31));
    }

    private boolean flag() {
        return random.nextBoolean();
    }

    private <T> T orNull(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    private <T> List<T> list(Supplier<T> item) {
        List<T> list = new ArrayList<>();
        for (int size = random.nextInt(4); size > 0; size--) {
            list.add(item.get());
        }
        return list;
    }

    @SafeVarargs
    private <T> T pick(Supplier<? extends T>... choices) {
        return choices[random.nextInt(choices.length)].get();
    }
}
