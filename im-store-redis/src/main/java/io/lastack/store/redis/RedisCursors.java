package io.lastack.store.redis;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.AdvanceOutcome;
import io.lastack.cursor.CursorKey;
import io.lastack.cursor.ReadAdvance;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.Cursors;
import io.lastack.spi.DeviceStart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Positions: one call for those of a conversation. */
final class RedisCursors implements Cursors {
    private static final Comparator<AckAdvance> BY_KEY = Comparator.comparing(AckAdvance::key);
    private static final Comparator<ReadAdvance> BY_CONVERSATION_AND_USER =
            Comparator.comparing(ReadAdvance::conversation).thenComparing(ReadAdvance::user);

    private final Server server;
    private final Keys keys;
    private final UserLists lists;

    RedisCursors(Server server, Keys keys, UserLists lists) {
        this.server = server;
        this.keys = keys;
        this.lists = lists;
    }

    /**
     * In three steps: the device is noted as starting, started in each conversation, and noted as registered. Whoever finds
     * it starting does the rest too; what is started already stays as it is.
     */
    @Override
    public boolean register(UserId user, DeviceId device, DeviceStart start) {
        byte[] key = keys.user(user);
        if (server.call("register a device", Script.DEVICE.on(key, Arguments.of(device)))
                        .number()
                == 0) {
            return false;
        }
        Arguments arguments = Arguments.of(user, device, start.name().toLowerCase(Locale.ROOT));
        server.calls(
                "start a device",
                lists.all(user).stream()
                        .map(id -> Script.START.on(keys.conversation(id), arguments))
                        .toList());
        return server.call("register a device", Script.REGISTERED.on(key, Arguments.of(device)))
                        .number()
                == 1;
    }

    @Override
    public List<AdvanceOutcome> advanceAcks(List<AckAdvance> advances) {
        return advance(Script.ACKS, advances, BY_KEY, a -> a.key().conversation(), (a, arguments) -> {
            CursorKey key = a.key();
            arguments.add(key.user()).add(key.device()).add(a.seq()).add(a.at());
        });
    }

    @Override
    public List<AdvanceOutcome> advanceReads(List<ReadAdvance> advances) {
        return advance(
                Script.READS,
                advances,
                BY_CONVERSATION_AND_USER,
                ReadAdvance::conversation,
                (a, arguments) -> arguments.add(a.user()).add(a.seq()).add(a.at()));
    }

    private <A> List<AdvanceOutcome> advance(
            Script script,
            List<A> advances,
            Comparator<A> order,
            Function<A, ConversationId> conversation,
            BiConsumer<A, Arguments> argument) {
        List<A> checked = List.copyOf(advances);
        for (int i = 1; i < checked.size(); i++) {
            if (order.compare(checked.get(i - 1), checked.get(i)) >= 0) {
                throw new IllegalArgumentException("the advance at index " + i + ", " + checked.get(i)
                        + ", does not come after the one before it; advances must be sorted, at most one per cursor");
            }
        }
        Map<ConversationId, Arguments> byConversation = new LinkedHashMap<>();
        checked.forEach(
                a -> argument.accept(a, byConversation.computeIfAbsent(conversation.apply(a), id -> Arguments.of())));
        List<Call> calls = new ArrayList<>();
        byConversation.forEach((id, arguments) -> calls.add(script.on(keys.conversation(id), arguments)));
        return server.calls("move positions", calls).stream()
                .flatMap(reply -> reply.text().chars().mapToObj(RedisCursors::outcome))
                .toList();
    }

    private static AdvanceOutcome outcome(int letter) {
        return switch (letter) {
            case 'A' -> AdvanceOutcome.ADVANCED;
            case 'U' -> AdvanceOutcome.UNCHANGED;
            default -> AdvanceOutcome.REFUSED;
        };
    }
}
