package io.lastack.testkit.store;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.CursorKey;
import io.lastack.cursor.ReadAdvance;
import io.lastack.log.Change;
import io.lastack.log.Change.History;
import io.lastack.log.Change.Role;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.ConversationSettings;
import io.lastack.log.DeviceId;
import io.lastack.log.Draft;
import io.lastack.log.Payload;
import io.lastack.log.Reaction;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.spi.DeviceStart;
import io.lastack.spi.LogQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Random calls among few users, devices and conversations, so that they meet often. The same seed gives the same calls. */
final class RandomChat {
    private static final List<String> KINDS = List.of(
            Content.MESSAGE,
            Content.MESSAGE,
            Content.MESSAGE,
            Content.NOTIFICATION,
            Content.RECALL,
            Content.EDIT,
            Content.EDIT,
            Content.REACTION,
            Content.REACTION,
            "x-host");
    private static final List<String> EMOJIS = List.of("\ud83d\udc4d", "\u2764\ufe0f", "+1");

    private final Random random;
    private final List<UserId> users;
    private final List<ConversationId> conversations;
    private final List<DeviceId> devices = List.of(DeviceId.of("a"), DeviceId.of("B"), DeviceId.of("c"));
    private final List<Draft> drawn = new ArrayList<>();

    RandomChat(long seed, List<UserId> users, List<ConversationId> conversations) {
        this.random = new Random(seed);
        this.users = users;
        this.conversations = conversations;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    UserId user() {
        return any(users);
    }

    DeviceId device() {
        return any(devices);
    }

    ConversationId conversation() {
        return any(conversations);
    }

    DeviceStart start() {
        return any(List.of(DeviceStart.values()));
    }

    /** New drafts and repeats of earlier ones. */
    List<Draft> drafts(Map<ConversationId, Long> heads) {
        List<Draft> list = new ArrayList<>();
        for (int i = below(6); i >= 0; i--) {
            if (drawn.isEmpty() || below(5) > 0) {
                drawn.add(draft(heads));
                list.add(drawn.get(drawn.size() - 1));
            } else {
                list.add(any(drawn));
            }
        }
        return list;
    }

    /** Positions from 0 to a little beyond the heads. */
    List<AckAdvance> acks(Map<ConversationId, Long> heads) {
        Map<CursorKey, AckAdvance> sorted = new TreeMap<>();
        for (int i = below(6); i >= 0; i--) {
            CursorKey key = new CursorKey(conversation(), user(), device());
            sorted.put(key, new AckAdvance(key, position(heads, key.conversation()), below(1_000_000)));
        }
        return List.copyOf(sorted.values());
    }

    List<ReadAdvance> reads(Map<ConversationId, Long> heads) {
        Map<CursorKey, ReadAdvance> sorted = new TreeMap<>();
        for (int i = below(6); i >= 0; i--) {
            CursorKey key = new CursorKey(conversation(), user(), devices.get(0));
            long seq = Math.max(1, position(heads, key.conversation()));
            sorted.put(key, new ReadAdvance(key.conversation(), key.user(), seq, below(1_000_000)));
        }
        return List.copyOf(sorted.values());
    }

    LogQuery query() {
        long first = 1L + below(60);
        long last = below(4) == 0 ? Long.MAX_VALUE : first + below(30);
        return new LogQuery(conversation(), new SeqRange(first, last), 1 + below(below(2) == 0 ? 50 : 5_000));
    }

    /** How many messages to delete at once. */
    int atMost() {
        return 1 + below(12);
    }

    /** Before when messages may be deleted: often any time, or one among those around {@code sentAt}. */
    long sentBefore(long sentAt) {
        return below(2) == 0 ? Long.MAX_VALUE : sentAt + below(1_200);
    }

    /** From 0 to a little beyond the head. */
    long position(Map<ConversationId, Long> heads, ConversationId conversation) {
        return below((int) (heads.getOrDefault(conversation, 0L) + 3));
    }

    private Draft draft(Map<ConversationId, Long> heads) {
        ConversationId conversation = conversation();
        ClientMessageId id = ClientMessageId.of("id-" + drawn.size());
        UserId sender = user();
        boolean own = conversation.equals(ConversationId.inbox(sender));
        if ((own || conversation.kind() == ConversationId.Kind.GROUP) && below(2) == 0) {
            Content entry = content(own ? Content.SETTINGS : Content.MEMBERSHIP, target(heads, conversation));
            return new Draft(conversation, sender, id, entry, own ? ownChange() : change());
        }
        return new Draft(conversation, sender, id, content(any(KINDS), target(heads, conversation)), null);
    }

    private Change ownChange() {
        return below(2) == 0
                ? new Change.Block(user(), below(3) > 0)
                : new Change.SetConversation(
                        conversation(), new ConversationSettings(below(3), below(2) == 0, below(2) == 0));
    }

    /** One of the same few, more often than not, so that they are revised several times. */
    private long target(Map<ConversationId, Long> heads, ConversationId conversation) {
        return below(3) == 0 ? position(heads, conversation) : 1 + below(6);
    }

    private Content content(String kind, long revises) {
        if (kind.equals(Content.REACTION) && below(4) > 0) {
            return Reaction.content(revises, any(EMOJIS), below(3) == 0);
        }
        byte[] body = new byte[below(40)];
        random.nextBytes(body);
        Payload payload = below(2) == 0 ? Payload.bytes(body) : Payload.text("\u00fc".repeat(below(20)));
        return below(8) == 0
                ? new Content(kind, "custom", Payload.EMPTY, Map.of(), 0, List.of(), revises)
                : new Content(kind, "custom", payload, Map.of("n", "" + below(9)), below(9), some(below(3)), revises);
    }

    private Change change() {
        return switch (below(50)) {
            case 0 -> new Change.Dissolve();
            case 1, 2, 3, 4 -> new Change.Rename("name " + below(100));
            case 5, 6, 7, 8, 9 -> new Change.SetRole(user(), any(List.of(Role.values())));
            case 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 ->
                new Change.CreateGroup(
                        "created " + below(100), any(List.of(History.values())), some(below(4)), limit());
            case 20, 21, 22, 23, 24, 25, 26, 27, 28, 29 ->
                new Change.AddMembers(some(1 + below(3)), any(List.of(Role.values())), limit());
            case 30, 31, 32 -> new Change.SetAttributes(Map.of("a" + below(3), "v" + below(9)));
            case 33, 34 -> new Change.SetHistory(any(List.of(History.values())));
            case 35, 36, 37 -> transfer(some(2));
            case 38, 39, 40, 41 -> new Change.MuteMember(user(), below(3) == 0 ? Change.FOR_GOOD : below(3));
            default -> new Change.RemoveMembers(some(1 + below(3)), below(3) > 0);
        };
    }

    private int limit() {
        return below(3) == 0 ? 2 + below(2) : Change.NO_LIMIT;
    }

    private static Change transfer(List<UserId> two) {
        return new Change.TransferOwnership(two.get(0), two.get(1));
    }

    private List<UserId> some(int count) {
        List<UserId> shuffled = new ArrayList<>(users);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, count);
    }

    private <T> T any(List<T> list) {
        return list.get(below(list.size()));
    }
}
