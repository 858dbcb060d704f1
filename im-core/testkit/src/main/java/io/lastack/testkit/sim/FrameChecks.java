package io.lastack.testkit.sim;

import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import io.lastack.spi.EngineOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** Looks at every frame of one connection as it leaves the node. */
final class FrameChecks {
    private final UserId user;
    private final String device;
    private final Truth truth;
    private final VirtualTime time;
    private final Referee referee;
    private final Trace trace;
    private final WindowCheck window;
    private final RecallCheck recalls;
    private final OwnReplyCheck own;
    private final Map<String, Long> readReceipts = new HashMap<>();

    FrameChecks(
            UserId user,
            String device,
            Truth truth,
            VirtualTime time,
            Referee referee,
            Trace trace,
            EngineOptions options,
            RecallCheck recalls,
            OwnReplyCheck own) {
        this.user = user;
        this.device = device;
        this.truth = truth;
        this.time = time;
        this.referee = referee;
        this.trace = trace;
        this.window = new WindowCheck(options);
        this.recalls = recalls;
        this.own = own;
    }

    void sent(ServerFrame frame) {
        if (frame instanceof ServerFrame.Deliver deliver) {
            delivered(deliver);
        } else if (frame instanceof ServerFrame.Reply reply) {
            replied(reply);
        } else if (frame instanceof ServerFrame.Receipt receipt) {
            receipt(receipt);
        } else if (frame instanceof ServerFrame.Membership membership) {
            window.membershipChanged();
            trace.note(
                    device,
                    "<- " + membership.change(),
                    membership.conversation().value());
        } else if (frame instanceof ServerFrame.Skipped skipped) {
            referee.violated(
                    Invariant.VIEW_IS_COMPLETE,
                    device + " is told to skip " + skipped.fromSeq() + " to " + skipped.toSeq() + " of "
                            + skipped.conversation() + "; nothing was trimmed");
        } else if (frame instanceof ServerFrame.Error error) {
            window.ackRefused();
            trace.note(device, "<- error", error.status().message());
        } else {
            trace.note(device, "<-", frame.getClass().getSimpleName());
        }
    }

    private void delivered(ServerFrame.Deliver deliver) {
        List<Message> messages = deliver.messages();
        trace.note(
                device,
                "<- deliver",
                deliver.conversation().value(),
                messages.get(0).seq(),
                messages.get(messages.size() - 1).seq());
        visible(messages, recalls::isWrong);
        messages.forEach(recalls::pushed);
        messages.stream()
                .filter(own::isWrong)
                .findFirst()
                .ifPresent(message -> referee.violated(
                        Invariant.OWN_COME_BY_REPLY,
                        device + " is sent its own seq " + message.seq() + " of " + message.conversation()
                                + ", and waits for the reply to it"));
        int tooMany = window.delivered(deliver, time.nanos());
        if (tooMany > 0) {
            referee.violated(Invariant.WINDOW, tooMany + " messages are unacknowledged at " + device);
        }
    }

    private void replied(ServerFrame.Reply reply) {
        trace.note(device, "<- reply", String.valueOf(reply.status().code()), reply.requestId(), 0);
        own.replied(reply);
        if (reply.result() instanceof Result.Send send) {
            window.replied(send, time.nanos());
        } else if (reply.result() instanceof Result.Fetch fetch) {
            visible(fetch.messages(), answer(reply));
        } else if (reply.result() instanceof Result.Conversations conversations) {
            for (Result.Conversation conversation : conversations.conversations()) {
                if (conversation.lastMessage() != null) {
                    visible(List.of(conversation.lastMessage()), answer(reply));
                }
            }
        }
    }

    private BiPredicate<Message, LoggedEntry> answer(ServerFrame.Reply reply) {
        return (message, entry) -> recalls.isWrong(reply.requestId(), message, entry);
    }

    private void visible(List<Message> messages, BiPredicate<Message, LoggedEntry> recalled) {
        for (Message message : messages) {
            ConversationId id = message.conversation();
            LoggedConversation conversation = truth.ledger().find(id);
            if (conversation == null || !conversation.held(message)) {
                referee.violated(
                        Invariant.VIEW_IS_COMPLETE,
                        device + " is sent seq " + message.seq() + " of " + id + ", not as it is in the log");
                return;
            }
            LoggedEntry entry = conversation.entry(message.seq());
            if (entry != null && entry.recalledBy() > 0 && recalled.test(message, entry)) {
                referee.violated(
                        Invariant.RECALLED_IS_GONE,
                        device + " is sent seq " + message.seq() + " of " + id + " as it was before entry "
                                + entry.recalledBy() + ", of which its node had told");
                return;
            }
            Entitlement entitlement = conversation.of(user);
            if (entitlement == null || !entitlement.everCovered(message.seq())) {
                referee.violated(
                        Invariant.ENTITLEMENT,
                        device + " is sent seq " + message.seq() + " of " + id + "; " + user + " may see "
                                + (entitlement == null ? "nothing" : entitlement));
                return;
            }
        }
    }

    private void receipt(ServerFrame.Receipt receipt) {
        String what = receipt.user() + " in " + receipt.conversation();
        trace.note(device, "<- receipt", what, receipt.lastAck(), receipt.lastRead());
        long read = truth.ledger().read(receipt.conversation(), receipt.user());
        long acked = truth.ledger().highestFloor(receipt.conversation(), receipt.user());
        if (receipt.lastRead() > read || receipt.lastAck() > acked) {
            referee.violated(
                    Invariant.RECEIPTS_HOLD,
                    device + " is told that " + what + " acked " + receipt.lastAck() + " and read " + receipt.lastRead()
                            + "; stored are " + acked + " and " + read);
        }
        if (receipt.lastRead() > 0) {
            Long before = readReceipts.put(what, receipt.lastRead());
            if (before != null && before > receipt.lastRead()) {
                referee.violated(
                        Invariant.RECEIPTS_HOLD,
                        device + " is told that " + what + " read " + receipt.lastRead() + ", after " + before);
            }
        }
    }

    /** @param nanos how long the write took */
    void written(long nanos) {
        window.written(nanos);
    }

    void closed(CloseReason reason) {
        trace.note(device, "<- close", reason.text(), reason.code(), 0);
    }

    void received(List<ClientFrame> frames) {
        for (ClientFrame frame : frames) {
            if (frame instanceof ClientFrame.Ack ack) {
                window.acked(ack, time.nanos());
                ack.positions().forEach(p -> trace.note(device, "-> ack", p.conversation(), p.seq(), 0));
                ack.nacks().forEach(n -> trace.note(device, "-> nack", n.conversation(), n.seq(), 0));
            } else if (frame instanceof ClientFrame.Send send) {
                own.received(send);
                trace.note(device, "-> send " + send.clientMessageId(), send.conversation(), send.requestId(), 0);
            } else if (frame instanceof ClientFrame.Hello hello) {
                trace.note(device, "-> hello", hello.resume().toString(), hello.requestId(), 0);
            } else if (frame instanceof ClientFrame.Fetch fetch) {
                recalls.requested(fetch.requestId());
                trace.note(device, "-> fetch", fetch.conversation(), fetch.requestId(), 0);
            } else if (frame instanceof ClientFrame.Revise revise) {
                String what = "-> " + revise.revision().getClass().getSimpleName();
                trace.note(device, what, revise.conversation(), revise.requestId(), revise.seq());
            } else {
                trace.note(device, "->", frame.getClass().getSimpleName());
            }
        }
    }
}
