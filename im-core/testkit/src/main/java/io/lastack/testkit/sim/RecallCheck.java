package io.lastack.testkit.sim;

import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Whether one connection is sent what was recalled: not after its recall on the same connection, nor in answer to a hello or
 * a request that came when the node had told anybody of the recall. What a node does not know yet, or has on its way, may
 * come before its recall.
 */
final class RecallCheck {
    private final Told told;
    private final int atStart;
    private final Set<Place> toldHere = new HashSet<>();
    private final Map<Long, Integer> atRequest = new HashMap<>();

    /** An entry of a log. */
    record Place(ConversationId conversation, long seq) {}

    /** Which recalls one life of a node has told of, in order. */
    static final class Told {
        private final Map<Place, Integer> recalls = new HashMap<>();

        private boolean before(Place recall, int count) {
            Integer number = recalls.get(recall);
            return number != null && number < count;
        }

        private void add(Place recall) {
            recalls.putIfAbsent(recall, recalls.size());
        }

        private int count() {
            return recalls.size();
        }
    }

    RecallCheck(Told told) {
        this.told = told;
        this.atStart = told.count();
    }

    /** A message is pushed. @return whether it was recalled, and the node knew */
    boolean isWrong(Message message, LoggedEntry entry) {
        Place recall = new Place(message.conversation(), entry.recalledBy());
        boolean known = toldHere.contains(recall) || told.before(recall, atStart);
        return known && isBody(message, entry);
    }

    /** A message is in the answer to a request. @return whether it was recalled, and the node knew */
    boolean isWrong(long requestId, Message message, LoggedEntry entry) {
        Place recall = new Place(message.conversation(), entry.recalledBy());
        return told.before(recall, atRequest.getOrDefault(requestId, 0)) && isBody(message, entry);
    }

    private static boolean isBody(Message message, LoggedEntry entry) {
        return !message.content().isBlank() && !entry.wasToldLate();
    }

    void pushed(Message message) {
        if (message.content().kind().equals(Content.RECALL)) {
            Place recall = new Place(message.conversation(), message.seq());
            told.add(recall);
            toldHere.add(recall);
        }
    }

    void requested(long requestId) {
        atRequest.put(requestId, told.count());
    }
}
