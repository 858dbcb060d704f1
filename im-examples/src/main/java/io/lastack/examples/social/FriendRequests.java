package io.lastack.examples.social;

import io.lastack.client.ImClient;
import io.lastack.error.InvalidRequestException;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.session.Result;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Friend requests as one device of a user knows them. A request is a notification in the inbox of whom it is for; the answer is
 * its new status, which the asker is told by a notification that names the request in {@code answers}. Everything is in the
 * log: a device that was away gets it later, in order. Give it every message of the client's listener. Thread-safe.
 */
public final class FriendRequests {
    private static final String TYPE = "friend-request";

    private final UserId me;
    private final Map<Long, UserId> waiting = new ConcurrentSkipListMap<>();
    private final Set<UserId> friends = ConcurrentHashMap.newKeySet();

    public FriendRequests(UserId me) {
        this.me = me;
    }

    /** Asks somebody. */
    public CompletionStage<Result.Notify> ask(ImClient client, UserId other, String remark) {
        return client.requests().notify(other, TYPE, "pending", remark, Map.of());
    }

    /**
     * Answers the request of somebody.
     *
     * @throws InvalidRequestException if none of that user waits for an answer
     */
    public CompletionStage<Result.Notify> answer(ImClient client, UserId asker, boolean accept) {
        long seq = waiting.entrySet().stream()
                .filter(request -> request.getValue().equals(asker))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException(asker + " does not wait for an answer"));
        return client.requests().updateStatus(me, seq, accept ? "accepted" : "refused", "");
    }

    /** Something came into one of the user's conversations. */
    public void message(Message message) {
        Content content = message.content();
        String status = content.ext().getOrDefault("status", "");
        if (!message.conversation().equals(ConversationId.inbox(me))) {
            return;
        }
        if (content.kind().equals(Content.NOTIFICATION) && content.type().equals(TYPE)) {
            if (content.ext().containsKey("answers")) {
                settle(message.sender(), status);
            } else {
                waiting.put(message.seq(), message.sender());
                settleRequest(message.seq(), status);
            }
        } else if (content.kind().equals(Content.EDIT)) {
            settleRequest(content.revises(), status);
        }
    }

    /** A request that this user has answered, perhaps on another device. */
    private void settleRequest(long seq, String status) {
        UserId asker = waiting.get(seq);
        if (asker != null && !status.equals("pending")) {
            waiting.remove(seq);
            settle(asker, status);
        }
    }

    private void settle(UserId other, String status) {
        if (status.equals("accepted")) {
            friends.add(other);
        }
    }

    /** Who waits for an answer of this user. */
    public Set<UserId> waiting() {
        return Set.copyOf(waiting.values());
    }

    public Set<UserId> friends() {
        return Set.copyOf(friends);
    }
}
