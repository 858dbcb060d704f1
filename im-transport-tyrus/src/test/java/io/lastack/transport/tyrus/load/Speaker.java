package io.lastack.transport.tyrus.load;

import io.lastack.log.ConversationId;
import io.lastack.session.Body;
import io.lastack.session.ClientFrame;
import io.lastack.session.GroupAction;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes a group, and speaks to it at a fixed rate. On the thread of the loop. */
final class Speaker extends UserClient {

    static final String GROUP = "attacked";
    static final String CONVERSATION = ConversationId.group(GROUP).toString();

    /** What one request may name. */
    private static final int AT_A_TIME = 500;

    private final String text;
    private long requests;
    long confirmed;
    long head;
    String fault = "";

    Speaker(int size, Consumer<Client> ready) {
        super("speaker", ready);
        text = "x".repeat(size);
    }

    void makeGroup(List<String> members) {
        request(null, new GroupAction.Create(GROUP, GROUP, List.of(), null, "make"));
        for (int from = 0; from < members.size(); from += AT_A_TIME) {
            var some = members.subList(from, Math.min(members.size(), from + AT_A_TIME));
            request(CONVERSATION, new GroupAction.AddMembers(some));
        }
    }

    private void request(@Nullable String conversation, GroupAction action) {
        send(new ClientFrame.Group(++requests, conversation, action));
    }

    void speak() {
        long request = ++requests;
        send(new ClientFrame.Send(request, CONVERSATION, "m" + request, "text", Body.of(text), Map.of(), 0, List.of()));
    }

    boolean isAllConfirmed() {
        return confirmed == requests || !fault.isEmpty();
    }

    @Override
    void received(ServerFrame frame) {
        if (frame instanceof ServerFrame.Reply reply) {
            confirmed++;
            if (!reply.status().isOk()) {
                fault = fault.isEmpty() ? "the speaker was refused: " + reply.status() : fault;
            } else if (reply.result() instanceof Result.Send own) {
                head = Math.max(head, own.seq());
            }
        } else if (frame instanceof ServerFrame.Deliver deliver) {
            head = Math.max(
                    head, deliver.messages().get(deliver.messages().size() - 1).seq());
        }
        if (head > 0) {
            send(ack(CONVERSATION, head));
        }
    }

    @Override
    public void ended(Peer from) {
        fault = "the speaker was disconnected with " + closeCode;
    }
}
