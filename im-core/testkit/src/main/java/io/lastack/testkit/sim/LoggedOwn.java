package io.lastack.testkit.sim;

import io.lastack.log.Change;
import io.lastack.log.ConversationId;
import io.lastack.log.ConversationSettings;
import io.lastack.log.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one user has set for itself, as far as appends took effect. */
final class LoggedOwn {
    private final Map<ConversationId, ConversationSettings> settings = new HashMap<>();
    private final TreeMap<UserId, Long> blockedSince = new TreeMap<>();
    private final List<Change> all = new ArrayList<>();

    void apply(@Nullable Change change, long nanos) {
        if (change instanceof Change.SetConversation set) {
            settings.put(set.of(), set.settings());
            all.add(change);
        } else if (change instanceof Change.Block block) {
            if (block.blocked()) {
                blockedSince.putIfAbsent(block.user(), nanos);
            } else {
                blockedSince.remove(block.user());
            }
            all.add(change);
        }
    }

    ConversationSettings settings(ConversationId conversation) {
        return settings.getOrDefault(conversation, ConversationSettings.NONE);
    }

    /** In ascending order. */
    List<UserId> blocked() {
        return List.copyOf(blockedSince.keySet());
    }

    /** Since when the user is blocked; {@link Long#MAX_VALUE} if it is not. */
    long blockedSince(UserId user) {
        return blockedSince.getOrDefault(user, Long.MAX_VALUE);
    }

    /** Whether this was set at some time. */
    boolean wasSet(Change change) {
        return all.contains(change);
    }
}
