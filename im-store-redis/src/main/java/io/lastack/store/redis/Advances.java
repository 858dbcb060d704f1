package io.lastack.store.redis;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.CursorKey;
import io.lastack.cursor.ReadAdvance;
import io.lastack.cursor.SortedAdvances;
import io.lastack.log.ConversationId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** One kind of advances, as arguments of scripts: one call for those of a conversation. */
final class Advances<A> {
    static final Advances<AckAdvance> ACKS =
            new Advances<>(SortedAdvances::acks, advance -> advance.key().conversation(), (advance, arguments) -> {
                CursorKey key = advance.key();
                arguments.add(key.user()).add(key.device()).add(advance.seq()).add(advance.at());
            });
    static final Advances<ReadAdvance> READS = new Advances<>(
            SortedAdvances::reads,
            ReadAdvance::conversation,
            (advance, arguments) ->
                    arguments.add(advance.user()).add(advance.seq()).add(advance.at()));

    private final UnaryOperator<List<A>> sorted;
    private final Function<A, ConversationId> conversation;
    private final BiConsumer<A, Arguments> add;

    private Advances(
            UnaryOperator<List<A>> sorted, Function<A, ConversationId> conversation, BiConsumer<A, Arguments> add) {
        this.sorted = sorted;
        this.conversation = conversation;
        this.add = add;
    }

    /**
     * Calls a script with them.
     *
     * @param key by which the script finds the conversation
     * @param first the arguments before those of the advances
     * @return what the scripts return: a letter for each, in the order of the list
     * @throws IllegalArgumentException if the list is not sorted; nothing was called
     */
    String call(Server server, Script script, Function<ConversationId, byte[]> key, List<A> advances, Object... first) {
        Map<ConversationId, Arguments> byConversation = new LinkedHashMap<>();
        for (A advance : sorted.apply(advances)) {
            add.accept(advance, byConversation.computeIfAbsent(conversation.apply(advance), id -> Arguments.of(first)));
        }
        List<Call> calls = byConversation.entrySet().stream()
                .map(entry -> script.on(key.apply(entry.getKey()), entry.getValue()))
                .toList();
        return server.calls("move positions", calls).stream().map(Reply::text).collect(Collectors.joining());
    }
}
