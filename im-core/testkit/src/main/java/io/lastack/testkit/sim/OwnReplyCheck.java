package io.lastack.testkit.sim;

import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.session.ClientFrame;
import io.lastack.session.ServerFrame;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether a message comes to the connection that it is sent on before the reply to it. A message that was sent over two
 * connections is not looked at: one of them may bring it into the log, and on its way, before the node has got to what the
 * other was sent.
 */
final class OwnReplyCheck {
    private final UserId user;
    /** Over which connection each message was sent first, by client message id. */
    private final Map<String, OwnReplyCheck> sentFirst;

    private final Map<String, Long> waiting = new HashMap<>();

    OwnReplyCheck(UserId user, Map<String, OwnReplyCheck> sentFirst) {
        this.user = user;
        this.sentFirst = sentFirst;
    }

    void received(ClientFrame.Send send) {
        OwnReplyCheck first = sentFirst.putIfAbsent(send.clientMessageId(), this);
        if (first == null) {
            waiting.put(send.clientMessageId(), send.requestId());
        } else {
            first.waiting.remove(send.clientMessageId());
        }
    }

    void replied(ServerFrame.Reply reply) {
        waiting.values().remove(reply.requestId());
    }

    /** A message is delivered. @return whether it should come by the reply to it */
    boolean isWrong(Message message) {
        return message.sender().equals(user)
                && message.clientMessageId() != null
                && waiting.containsKey(message.clientMessageId().value());
    }
}
