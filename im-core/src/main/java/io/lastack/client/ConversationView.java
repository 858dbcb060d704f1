package io.lastack.client;

import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * One conversation as the application sees it: each entry once, in seq order, whatever arrives.
 *
 * <p>Two things arrive. The <em>stream</em> (deliver, skipped) comes in seq order after the floor, so a seq that it jumps
 * over is none of ours; it may begin below what was shown already, and it may go back to a message that was refused.
 * <em>Replies</em> to own sends may run ahead of the stream, so they wait until it, or what was shown, has reached them.
 */
final class ConversationView {
    private final ConversationId conversation;
    private final Audience audience;
    private final Floor floor;

    /** Arrived, and not shown yet. */
    private final NavigableMap<Long, Item> held = new TreeMap<>();

    /** Shown, and waiting for the application's word. */
    private final Set<Long> unconfirmed = new HashSet<>();

    /** Refused by the application, and waiting to come again. Meanwhile nothing further is shown. */
    private final Set<Long> refused = new HashSet<>();

    /** What was refused before the present link: its stream begins with the lowest of it that is still ours. */
    private final Set<Long> refusedBefore = new HashSet<>();

    /** The lowest seq that was not shown yet. */
    private long next;

    /** How far the stream has come; what it brought up to there is shown or held, also after the link is lost. */
    private long streamed;

    private boolean releasing;
    private boolean retired;

    ConversationView(ConversationId conversation, long floor, Audience audience) {
        this.conversation = conversation;
        this.audience = audience;
        this.floor = new Floor(floor);
        this.next = floor + 1;
    }

    long floor() {
        return floor.seq();
    }

    int heldCount() {
        return held.size();
    }

    /** The epoch changed: what the application still says about this view means nothing any more. */
    void retire() {
        retired = true;
    }

    /** On a new link the stream begins after the floor again, so with what was refused, if that is still ours. */
    void streamBegins() {
        refusedBefore.clear();
        refusedBefore.addAll(refused);
    }

    void streamed(Item item) {
        forgetRefusedBelow(item.first());
        streamed = Math.max(streamed, item.last());
        if (item instanceof Item.Gone gone) {
            refused.removeIf(gone.range()::contains);
        }
        arrived(item);
    }

    /** The user left and came back: what lies between is not ours any more. */
    private void forgetRefusedBelow(long first) {
        for (long seq : refusedBefore) {
            if (seq < first && refused.remove(seq)) {
                floor.had(seq, seq);
            }
        }
        refusedBefore.clear();
    }

    void replied(Message own) {
        arrived(new Item.Shown(own));
    }

    private void arrived(Item item) {
        if (item.last() >= next) {
            held.putIfAbsent(Math.max(item.first(), next), item);
        } else if (item instanceof Item.Shown shown && refused.remove(item.first())) {
            refusedBefore.remove(
                    item.first()); // It is still ours; and where a reply brought it, the stream begins above.
            show(shown.message());
        } else {
            repeated(item);
        }
        release();
    }

    /** The server does not know that we had this: it is told once more. */
    private void repeated(Item item) {
        if (!unconfirmed.contains(item.first())) {
            floor.had(item.first(), item.last());
        }
        audience.floorMoved(conversation, floor.seq());
    }

    private void release() {
        if (releasing) {
            return;
        }
        releasing = true;
        try {
            for (Map.Entry<Long, Item> first = held.firstEntry();
                    first != null && refused.isEmpty() && isReached(first.getKey());
                    first = held.firstEntry()) {
                held.pollFirstEntry();
                if (first.getValue().last() < next) {
                    repeated(first.getValue());
                } else {
                    reveal(first.getValue());
                }
            }
        } finally {
            releasing = false;
        }
    }

    private boolean isReached(long seq) {
        return seq <= Math.max(next, streamed);
    }

    private void reveal(Item item) {
        if (item.first() > next) {
            floor.had(next, item.first() - 1);
        }
        next = Math.max(next, item.last() + 1);
        if (item instanceof Item.Shown shown) {
            show(shown.message());
        } else if (item instanceof Item.Gone gone) {
            floor.had(gone.first(), gone.last());
            audience.gone(conversation, gone);
            audience.floorMoved(conversation, floor.seq());
        }
    }

    private void show(Message message) {
        unconfirmed.add(message.seq());
        audience.show(message, this);
    }

    /** The application's word on a message shown. */
    void confirmed(long seq) {
        if (!retired && unconfirmed.remove(seq)) {
            floor.acked(seq);
            audience.floorMoved(conversation, floor.seq());
        }
    }

    /** The application's word on a message shown. */
    void refused(long seq, String reason) {
        if (!retired && unconfirmed.remove(seq)) {
            refused.add(seq);
            floor.failed(seq);
            audience.refused(conversation, seq, reason);
        }
    }

    /** Who hears what comes of it. */
    interface Audience {
        void show(Message message, ConversationView view);

        void gone(ConversationId conversation, Item.Gone gone);

        /** One more message or range is dealt with; the floor is this now, moved or not. */
        void floorMoved(ConversationId conversation, long floor);

        void refused(ConversationId conversation, long seq, String reason);
    }
}
