package io.lastack.examples.campaign;

import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.SeqRange;
import io.lastack.spi.ImStore;
import io.lastack.spi.LogQuery;
import io.lastack.spi.Subscription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Positions and heads at one moment.
 *
 * @param heads the highest seq of each conversation
 * @param positions what is stored for each device
 */
record StoredState(Map<ConversationId, Long> heads, Map<DeviceName, List<Subscription>> positions) {
    private static final int MOST = 1_000;
    private static final int PAGE_BYTES = 8 << 20;

    static StoredState read(ImStore store) {
        Map<DeviceName, List<Subscription>> positions = new HashMap<>();
        for (DeviceName name : DeviceName.ALL) {
            positions.put(name, store.memberships().subscriptions(name.user(), name.device(), null, MOST));
        }
        return new StoredState(store.log().heads(conversations(store)), positions);
    }

    private static Set<ConversationId> conversations(ImStore store) {
        Set<ConversationId> conversations = new TreeSet<>();
        DeviceName.USERS.forEach(
                user -> conversations.addAll(store.memberships().conversations(user)));
        return conversations;
    }

    /** All messages, by conversation. */
    static Map<ConversationId, List<Message>> log(ImStore store) {
        Map<ConversationId, List<Message>> log = new HashMap<>();
        for (ConversationId conversation : conversations(store)) {
            List<Message> messages = new ArrayList<>();
            List<Message> page;
            do {
                long next = messages.isEmpty()
                        ? 1
                        : messages.get(messages.size() - 1).seq() + 1;
                LogQuery rest = new LogQuery(conversation, new SeqRange(next, Long.MAX_VALUE), PAGE_BYTES);
                page = store.log().read(List.of(rest)).get(0).messages();
                messages.addAll(page);
            } while (!page.isEmpty());
            log.put(conversation, messages);
        }
        return log;
    }
}
