package io.lastack.examples.server;

import io.lastack.proto.WireCodec;
import io.lastack.session.ClientFrame;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A user's one device, over any number of connections: what it has of each conversation after dropping repeats, what it
 * was promised, and what it still waits to be promised.
 */
final class Member {
    private final String user;
    private final WireCodec codec;
    /** Conversation, seq, sender and client message id, as delivered (or replied, for its own). */
    private final Map<String, NavigableMap<Long, String>> view = new TreeMap<>();

    /** Client message id to (conversation seq), for everything a reply confirmed. */
    private final Map<String, String> confirmed = new HashMap<>();

    private final Map<String, String> unconfirmed = new LinkedHashMap<>();
    private final Map<Long, String> requests = new HashMap<>();
    private WireClient client;
    private int framesSeen;
    private int nextId;
    private int resent;
    private long repeats;

    Member(String user, WireCodec codec) {
        this.user = user;
        this.codec = codec;
    }

    String user() {
        return user;
    }

    WireClient client() {
        return client;
    }

    /** With its own positions stated in every other connection; else the server's floors decide. */
    void connect(ServerProcess server) {
        client = WireClient.connect(server.socket(), codec);
        framesSeen = 0;
        requests.clear();
        client.acking = true;
        boolean states = nextId % 2 == 0;
        client.hello(
                server.login(user),
                "device",
                states
                        ? view.entrySet().stream()
                                .filter(e -> !e.getValue().isEmpty())
                                .map(e -> new ClientFrame.Position(e.getKey(), contiguous(e.getValue())))
                                .toArray(ClientFrame.Position[]::new)
                        : new ClientFrame.Position[0]);
    }

    private static long contiguous(NavigableMap<Long, String> seqs) {
        long floor = seqs.firstKey();
        while (seqs.containsKey(floor + 1)) {
            floor++;
        }
        return seqs.firstKey() == 1 ? floor : 0;
    }

    void send(String conversation) {
        String id = user + "-" + nextId++;
        unconfirmed.put(id, conversation);
        requests.put(client.send(conversation, id, "body of " + id), id);
        absorb();
    }

    void resendUnconfirmed() {
        unconfirmed.forEach((id, conversation) -> {
            resent++;
            requests.put(client.send(conversation, id, "body of " + id), id);
        });
    }

    int pending() {
        absorb();
        return unconfirmed.size();
    }

    /** The connection is gone: what came before counts. */
    void lost() {
        client.cut();
        absorb();
    }

    void awaitAllConfirmed() {
        client.awaitThat("confirmation of " + user + "'s messages", () -> {
            absorb();
            return unconfirmed.isEmpty();
        });
    }

    boolean hasAll(Map<String, Long> heads) {
        absorb();
        return heads.entrySet().stream().allMatch(head -> {
            NavigableMap<Long, String> seqs = view.get(head.getKey());
            return seqs != null && seqs.size() >= head.getValue();
        });
    }

    void absorb() {
        WireClient current = client;
        synchronized (current) {
            for (; framesSeen < current.frames.size(); framesSeen++) {
                absorb(current.frames.get(framesSeen));
            }
        }
    }

    private void absorb(ServerFrame frame) {
        if (frame instanceof ServerFrame.Deliver deliver) {
            deliver.messages()
                    .forEach(
                            m -> have(deliver.conversation().value(), m.seq(), m.sender() + " " + m.clientMessageId()));
        } else if (frame instanceof ServerFrame.Reply reply && requests.containsKey(reply.requestId())) {
            String id = requests.remove(reply.requestId());
            if (reply.result() instanceof Result.Send sent) {
                confirmed.put(id, sent.conversation() + " " + sent.seq());
                unconfirmed.remove(id);
                have(sent.conversation().value(), sent.seq(), user + " " + id);
            } else {
                throw new AssertionError("a send was answered with " + reply.status());
            }
        }
    }

    private void have(String conversation, long seq, String message) {
        String before = view.computeIfAbsent(conversation, c -> new TreeMap<>()).put(seq, message);
        if (before != null) {
            repeats++;
            if (!before.equals(message)) {
                throw new AssertionError(
                        user + " has two messages at " + conversation + " " + seq + ": " + before + ", " + message);
            }
        }
    }

    Map<String, NavigableMap<Long, String>> view() {
        return view;
    }

    Map<String, String> confirmed() {
        return confirmed;
    }

    int resent() {
        return resent;
    }

    long repeats() {
        return repeats;
    }
}
