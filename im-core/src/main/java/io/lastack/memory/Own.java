package io.lastack.memory;

import io.lastack.log.Change;
import io.lastack.log.ConversationId;
import io.lastack.log.ConversationSettings;
import io.lastack.log.UserId;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** What one user has set for itself. */
final class Own {
    private final Map<ConversationId, ConversationSettings> settings = new HashMap<>();
    private final NavigableSet<UserId> blocked = new TreeSet<>();

    void apply(Change change) {
        if (change instanceof Change.SetConversation set) {
            settings.put(set.of(), set.settings());
        } else if (change instanceof Change.Block block) {
            if (block.blocked()) {
                blocked.add(block.user());
            } else {
                blocked.remove(block.user());
            }
        }
    }

    ConversationSettings settings(ConversationId conversation) {
        return settings.getOrDefault(conversation, ConversationSettings.NONE);
    }

    NavigableSet<UserId> blocked() {
        return blocked;
    }
}
