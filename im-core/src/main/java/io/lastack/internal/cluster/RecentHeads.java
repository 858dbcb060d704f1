package io.lastack.internal.cluster;

import io.lastack.internal.cluster.ClusterSignal.Head;
import io.lastack.log.ConversationId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What this node appended in the last moments, newest only of each conversation, and of no more conversations than a
 * heartbeat can tell. Thread-safe.
 */
final class RecentHeads {
    private static final int MOST = 2_000;

    private final long keptNanos;
    private final LinkedHashMap<ConversationId, Recent> oldestFirst = new LinkedHashMap<>();

    private record Recent(long seq, long atNanos) {}

    RecentHeads(long keptNanos) {
        this.keptNanos = keptNanos;
    }

    synchronized void appended(ConversationId conversation, long seq, long nowNanos) {
        Recent known = oldestFirst.remove(conversation);
        long highest = known == null ? seq : Math.max(seq, known.seq());
        oldestFirst.put(conversation, new Recent(highest, nowNanos));
        if (oldestFirst.size() > MOST) {
            oldestFirst.remove(oldestFirst.keySet().iterator().next());
        }
    }

    /** Those not older than they are kept; forgets the others. */
    synchronized List<Head> since(long nowNanos) {
        Iterator<Recent> oldest = oldestFirst.values().iterator();
        while (oldest.hasNext() && nowNanos - oldest.next().atNanos() > keptNanos) {
            oldest.remove();
        }
        List<Head> heads = new ArrayList<>(oldestFirst.size());
        for (Map.Entry<ConversationId, Recent> entry : oldestFirst.entrySet()) {
            heads.add(new Head(entry.getKey(), entry.getValue().seq()));
        }
        return heads;
    }
}
