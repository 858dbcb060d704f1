package io.lastack.transport.tyrus.load;

import io.lastack.log.ConversationId;
import io.lastack.session.Body;
import io.lastack.session.ClientFrame;
import io.lastack.session.GroupAction;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import io.lastack.transport.tyrus.netty.RawClient;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One sends to all, itself included, with two messages under way: the next when all have the last but one. */
final class FanOut implements Busy {

    private static final String GROUP = "all";
    private static final String CONVERSATION = ConversationId.group(GROUP).toString();

    /** What one request may name. */
    private static final int AT_A_TIME = 500;

    private final Work work;
    private final int members;
    private final Runnable send;
    private long sent;

    private FanOut(Work work, int members, Runnable send) {
        this.work = work;
        this.members = members;
        this.send = send;
    }

    /** Among clients of an endpoint that sends what it is told to everybody. */
    static Busy plain(PeerLoop loop, int port, Work work, int members, int size) throws InterruptedException {
        var message = new byte[size];
        message[0] = BareEndpoint.FOR_ALL;
        var frame = Peer.frameBytes(RawClient.BINARY, message);
        var fan = new FanOut[1];
        var clients = Ramp.open(loop, port, members, (n, ready) -> new Client("", ready) {
            @Override
            void message(ByteBuffer payload) {
                fan[0].arrived();
            }
        });
        fan[0] = new FanOut(work, members, () -> clients.get(0).peer.send(frame));
        return fan[0];
    }

    /** Among the members of a group, who acknowledge. */
    static Busy group(PeerLoop loop, int port, Work work, int members, int size) throws Exception {
        var fan = new FanOut[1];
        var users = Ramp.open(loop, port, members, (n, ready) -> new Member(fan, "member-" + n, ready));
        var text = "x".repeat(size);
        fan[0] = new FanOut(work, members, () -> users.get(0).say(text));
        var others = IntStream.range(1, members).mapToObj(i -> "member-" + i).toList();
        long entries = loop.call(() -> users.get(0).makeGroup(others));
        Waiting.until(
                java.time.Duration.ofSeconds(60),
                "everybody is in the group",
                () -> loop.call(() -> users.stream().allMatch(user -> user.seq == entries)));
        return fan[0];
    }

    @Override
    public void begin() {
        next();
        next();
    }

    private void next() {
        if (work.asked()) {
            for (int i = 1; i < members; i++) {
                work.asked();
            }
            sent++;
            send.run();
        }
    }

    private void arrived() {
        work.done();
        if (work.count() == (sent - 1) * members) {
            next();
        }
    }

    private static final class Member extends UserClient {

        private final FanOut[] fan;
        private long requests;
        private long seq;

        Member(FanOut[] fan, String user, Consumer<Client> ready) {
            super(user, ready);
            this.fan = fan;
        }

        /** Returns how many entries of the log that takes. */
        long makeGroup(List<String> members) {
            change(null, new GroupAction.Create(GROUP, GROUP, List.of(), null, "make"));
            for (int from = 0; from < members.size(); from += AT_A_TIME) {
                var some = members.subList(from, Math.min(members.size(), from + AT_A_TIME));
                change(CONVERSATION, new GroupAction.AddMembers(some));
            }
            return requests;
        }

        private void change(@Nullable String conversation, GroupAction action) {
            send(new ClientFrame.Group(++requests, conversation, action));
        }

        void say(String text) {
            long request = ++requests;
            send(new ClientFrame.Send(
                    request, CONVERSATION, "m" + request, "text", Body.of(text), Map.of(), 0, List.of()));
        }

        @Override
        void received(ServerFrame frame) {
            if (frame instanceof ServerFrame.Deliver deliver) {
                long before = seq;
                for (var message : deliver.messages()) {
                    seq = message.seq();
                    if (!message.content().ext().containsKey("change")) {
                        fan[0].arrived();
                    }
                }
                if (seq > before) {
                    send(ack(CONVERSATION, seq));
                }
            } else if (frame instanceof ServerFrame.Reply reply
                    && !reply.status().isOk()) {
                throw new IllegalStateException("refused: " + reply.status());
            } else if (frame instanceof ServerFrame.Reply reply && reply.result() instanceof Result.Group made) {
                seq = made.seq();
                send(ack(CONVERSATION, seq));
            } else if (frame instanceof ServerFrame.Reply reply && reply.result() instanceof Result.Send own) {
                seq = own.seq();
                fan[0].arrived();
                send(ack(CONVERSATION, seq));
            }
        }
    }
}
