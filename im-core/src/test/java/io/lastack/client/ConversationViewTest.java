package io.lastack.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationViewTest implements ConversationView.Audience {
    private final List<String> trace = new ArrayList<>();
    private long refuses;
    private final ConversationView view = new ConversationView(World.DIRECT, 0, this);

    @Test
    void anOwnMessageThatRetentionHasOvertakenIsNotShownOutOfOrder() {
        view.replied(message(5));
        view.streamed(new Item.Gone(new SeqRange(1, 10), "retention"));
        view.streamed(new Item.Shown(message(11)));
        assertThat(trace).containsExactly("gone 1..10", "show 11");
        assertThat(view.heldCount()).isZero();
        assertThat(view.floor()).isEqualTo(11);
    }

    @Test
    void anOwnMessageIsShownWhereTheStreamJumpsOverIt() {
        view.replied(message(3));
        view.streamed(new Item.Shown(message(1)));
        assertThat(trace).containsExactly("show 1");
        view.streamed(new Item.Shown(message(4)));
        assertThat(trace).containsExactly("show 1", "show 3", "show 4");
        assertThat(view.floor()).isEqualTo(4);
    }

    @Test
    void aRangeThatBeginsBelowWhatWasShownIsToldOnce() {
        view.streamed(new Item.Shown(message(1)));
        view.streamed(new Item.Gone(new SeqRange(1, 4), "retention"));
        view.streamed(new Item.Gone(new SeqRange(1, 4), "retention"));
        assertThat(trace).containsExactly("show 1", "gone 1..4");
        assertThat(view.floor()).isEqualTo(4);
    }

    @Test
    void whatWasRefusedAndIsNotOursAnyMoreHoldsNothingUp() {
        refuses = 1;
        view.streamed(new Item.Shown(message(1)));
        view.streamed(new Item.Shown(message(4)));
        assertThat(trace).containsExactly("refuse 1");

        view.streamBegins();
        view.streamed(new Item.Shown(message(4)));
        assertThat(trace).containsExactly("refuse 1", "show 4");
        assertThat(view.floor()).isEqualTo(4);
    }

    @Test
    void anOwnMessageThatIsRefusedOnTheNewLinkIsStillAwaited() {
        view.streamBegins();
        refuses = 1;
        view.replied(message(1));
        view.streamed(new Item.Shown(message(2)));
        assertThat(trace).containsExactly("refuse 1");
        assertThat(view.floor()).isZero();
    }

    @Test
    void anOwnMessageThatIsRefusedAgainOnTheNewLinkIsStillAwaited() {
        refuses = 1;
        view.streamed(new Item.Shown(message(1)));
        view.streamBegins();
        view.replied(message(1));
        view.streamed(new Item.Shown(message(2)));
        assertThat(trace).containsExactly("refuse 1", "refuse 1");
        assertThat(view.floor()).isZero();

        refuses = 0;
        view.streamed(new Item.Shown(message(1)));
        assertThat(trace).containsExactly("refuse 1", "refuse 1", "show 1", "show 2");
        assertThat(view.floor()).isEqualTo(2);
    }

    private static Message message(long seq) {
        return new Message(
                World.DIRECT, seq, 0, UserId.of("alice"), ClientMessageId.of("m-" + seq), Content.text("hi"));
    }

    @Override
    public void show(Message message, ConversationView shown) {
        if (message.seq() == refuses) {
            shown.refused(message.seq(), "not now");
            return;
        }
        trace.add("show " + message.seq());
        shown.confirmed(message.seq());
    }

    @Override
    public void gone(ConversationId conversation, Item.Gone gone) {
        trace.add("gone " + gone.range());
    }

    @Override
    public void floorMoved(ConversationId conversation, long floor) {}

    @Override
    public void refused(ConversationId conversation, long seq, String reason) {
        trace.add("refuse " + seq);
    }
}
