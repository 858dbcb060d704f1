package io.lastack.client;

import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import io.lastack.session.Status;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The way of the outbox's messages over one link: how many at once, in which order, and what the answers mean. */
final class SendFlow {
    private static final int RATE_LIMITED = 429;
    private static final int UNAVAILABLE = 503;

    private final Turns turns;
    private final Wire wire;
    private final Replies replies;
    private final ClientOptions options;
    private final UserId me;
    private final int maxBodyBytes;
    private final BooleanSupplier hasRoom;
    private final Outcomes outcomes;
    private final Map<ConversationId, Lane> lanes = new HashMap<>();

    /** Those that may have something to write; the first one writes all it can. */
    private final Set<Lane> ready = new LinkedHashSet<>();

    private int inFlight;

    /** @param hasRoom asked before each message whether more may be sent at all */
    SendFlow(
            Turns turns,
            Wire wire,
            Replies replies,
            ClientOptions options,
            ServerFrame.Welcome welcome,
            BooleanSupplier hasRoom,
            Outcomes outcomes) {
        this.turns = turns;
        this.wire = wire;
        this.replies = replies;
        this.options = options;
        this.me = new UserId(welcome.user());
        this.maxBodyBytes = welcome.limits().maxBodyBytes();
        this.hasRoom = hasRoom;
        this.outcomes = outcomes;
    }

    /** In the order of sending; {@link #pump} follows. */
    void add(PendingSend send) {
        int size = send.entry.content().payload().size();
        if (maxBodyBytes > 0 && size > maxBodyBytes) {
            outcomes.refused(
                    send, Status.of(413, "the body has " + size + " bytes; at most " + maxBodyBytes + " are allowed"));
            return;
        }
        Lane lane =
                lanes.computeIfAbsent(send.entry.conversation(me), c -> new Lane(options.maxInFlightPerConversation()));
        lane.add(send);
        ready.add(lane);
    }

    /** Writes what may be written. */
    void pump() {
        while (!ready.isEmpty() && inFlight < options.maxInFlight() && hasRoom.getAsBoolean()) {
            Lane lane = ready.iterator().next();
            PendingSend send = lane.take();
            if (send == null) {
                ready.remove(lane);
            } else {
                write(send, lane);
            }
        }
    }

    void end() {
        lanes.values().forEach(Lane::stop);
    }

    private void write(PendingSend send, Lane lane) {
        inFlight++;
        long requestId = replies.expect(reply -> answered(send, lane, reply));
        wire.add(send.entry.frame(requestId));
    }

    private void answered(PendingSend send, Lane lane, ServerFrame.Reply reply) {
        inFlight--;
        Status status = reply.status();
        if (status.code() == RATE_LIMITED || status.code() == UNAVAILABLE) {
            lane.putOff(send, turns.after(delay(send, status), () -> resume(lane)));
        } else {
            lane.answered();
            settle(send, status, reply.result());
            ready.add(lane);
        }
        pump();
    }

    private void settle(PendingSend send, Status status, @Nullable Result result) {
        if (!status.isOk()) {
            outcomes.refused(send, status);
        } else if (result instanceof Result.Send place) {
            outcomes.stored(send, place, me);
        } else {
            outcomes.refused(send, Status.of(500, "the server's answer does not say where the message is"));
        }
    }

    private void resume(Lane lane) {
        lane.resume();
        ready.add(lane);
        pump();
    }

    private static Duration delay(PendingSend send, Status status) {
        return status.retryAfterMillis() > 0 ? Duration.ofMillis(status.retryAfterMillis()) : send.backoff.next();
    }

    /** What becomes of a message; each ends by one of the two. */
    interface Outcomes {
        void stored(PendingSend send, Result.Send place, UserId sender);

        void refused(PendingSend send, Status status);
    }
}
