package io.lastack.transport.tyrus.load;

import io.lastack.session.ServerFrame;
import java.util.List;
import java.util.function.Consumer;

/** Comes back as a well-behaved device, and takes what it missed in one group, from its joining on. */
final class Catcher extends UserClient {

    private final String conversation;
    private final long head;
    private final List<String> faults;
    private final Consumer<Client> complete;
    private long seq;

    Catcher(String user, String conversation, long head, List<String> faults, Consumer<Client> complete) {
        super(user, ready -> {});
        this.conversation = conversation;
        this.head = head;
        this.faults = faults;
        this.complete = complete;
    }

    @Override
    void received(ServerFrame frame) {
        if (frame instanceof ServerFrame.Deliver deliver
                && deliver.conversation().toString().equals(conversation)) {
            for (var message : deliver.messages()) {
                // The first is the one that made this user a member.
                seq = seq == 0 && message.content().ext().containsKey("change") ? message.seq() - 1 : seq;
                if (message.seq() != ++seq) {
                    faults.add(user + " got seq " + message.seq() + " where " + seq + " was next");
                    seq = message.seq();
                }
            }
            send(ack(conversation, seq));
            if (seq == head) {
                complete.accept(this);
                peer.end();
            }
        }
    }

    /** How far it came. */
    @Override
    public String toString() {
        return user + " at " + seq + " of " + head;
    }

    @Override
    public void ended(Peer from) {
        if (seq < head) {
            faults.add(user + " was disconnected with " + closeCode + " at seq " + seq + " of " + head);
        }
    }
}
