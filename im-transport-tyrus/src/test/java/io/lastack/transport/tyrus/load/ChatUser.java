package io.lastack.transport.tyrus.load;

import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.session.Body;
import io.lastack.session.ClientFrame;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Chats with one other, checks what comes, and acknowledges it at once. */
final class ChatUser extends UserClient {

    private final Chat chat;
    private final String peerName;
    private final String conversation;
    private final Set<Long> underWay = new HashSet<>();
    private long requests;

    /** The highest seq up to which nothing is missing, and seqs above it that were confirmed to this device already. */
    private long seq;

    private final Set<Long> ahead = new HashSet<>();

    long sent;
    long confirmed;
    long delivered;

    ChatUser(Chat chat, String user, String other, Consumer<Client> ready) {
        super(user, ready);
        this.chat = chat;
        this.peerName = "user:" + other;
        this.conversation =
                ConversationId.direct(UserId.of(user), UserId.of(other)).toString();
    }

    /** A message that was due at the time, by the clock of {@link System#nanoTime}. */
    void say(long dueNanos) {
        sent++;
        long request = ++requests;
        underWay.add(request);
        send(new ClientFrame.Send(
                request,
                peerName,
                user + "-" + request,
                "text",
                Body.of(dueNanos + " " + System.nanoTime()
                        + " and so on, until there are about a hundred characters, which is what people write"),
                Map.of(),
                0,
                List.of()));
    }

    @Override
    void received(ServerFrame frame) {
        if (frame instanceof ServerFrame.Reply reply && underWay.remove(reply.requestId())) {
            if (!reply.status().isOk()) {
                chat.fault(user + " was refused: " + reply.status());
            } else if (reply.result() instanceof Result.Send own) {
                confirmed++;
                had(own.seq());
            }
        } else if (frame instanceof ServerFrame.Deliver deliver
                && deliver.conversation().toString().equals(conversation)) {
            for (var message : deliver.messages()) {
                delivered(message);
            }
            send(ack(conversation, seq));
        }
    }

    /**
     * One that comes again while its acknowledgement is under way counts once, as with any client; so does one of its own
     * that overtakes its confirmation.
     */
    private void delivered(Message message) {
        if (message.seq() <= seq || ahead.contains(message.seq())) {
            return;
        }
        if (!message.sender().value().equals(user)) {
            delivered++;
            long now = System.nanoTime();
            var words = message.content().payload().asText().split(" ", 3);
            chat.delivered(now - Long.parseLong(words[0]), now - Long.parseLong(words[1]));
        }
        had(message.seq());
    }

    private void had(long newSeq) {
        if (newSeq > seq) {
            ahead.add(newSeq);
        }
        while (ahead.remove(seq + 1)) {
            seq++;
        }
    }

    /** What is missing in between. */
    int holes() {
        return ahead.size();
    }

    @Override
    public void ended(Peer from) {
        if (!chat.isOver()) {
            chat.fault(user + " was disconnected with " + closeCode);
        }
    }
}
