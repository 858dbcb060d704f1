package io.lastack.client;

import io.lastack.log.SeqRange;
import io.lastack.session.ServerFrame;

/** Takes each frame to whom it concerns. */
final class FrameRouter {
    private final Replies replies;
    private final Inbox inbox;
    private final Events events;
    private final TokenRefresh refresh;

    FrameRouter(Replies replies, Inbox inbox, Events events, TokenRefresh refresh) {
        this.replies = replies;
        this.inbox = inbox;
        this.events = events;
        this.refresh = refresh;
    }

    void route(ServerFrame frame) {
        if (frame instanceof ServerFrame.Deliver deliver) {
            inbox.delivered(deliver);
        } else if (frame instanceof ServerFrame.Reply reply) {
            replies.answered(reply);
        } else if (frame instanceof ServerFrame.Skipped skipped) {
            SeqRange range = new SeqRange(skipped.fromSeq(), skipped.toSeq());
            inbox.streamed(skipped.conversation(), new Item.Gone(range, skipped.reason()));
        } else if (frame instanceof ServerFrame.TokenExpiring) {
            refresh.expiring();
        } else {
            routeEvent(frame);
        }
    }

    private void routeEvent(ServerFrame frame) {
        if (frame instanceof ServerFrame.Receipt receipt) {
            events.tell("receipt", l -> l.receipt(receipt));
        } else if (frame instanceof ServerFrame.Presence presence) {
            events.tell("presence", l -> l.presence(presence));
        } else if (frame instanceof ServerFrame.RoomEvent event) {
            events.tell("roomEvent", l -> l.roomEvent(event));
        } else if (frame instanceof ServerFrame.Signal signal) {
            events.tell("signal", l -> l.signal(signal));
        } else if (frame instanceof ServerFrame.Membership membership) {
            events.tell("membership", l -> l.membership(membership));
        } else if (frame instanceof ServerFrame.Error error) {
            events.tell("serverError", l -> l.serverError(error.status()));
        }
    }
}
