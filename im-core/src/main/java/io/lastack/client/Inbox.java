package io.lastack.client;

import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.session.ClientFrame;
import io.lastack.session.ServerFrame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What comes from the logs: to the view of its conversation, from there to the application, and its word to the acks. */
final class Inbox implements ConversationView.Audience {
    /** While so many entries are held, the outbox sends nothing new: own messages could only add to them. */
    private static final int MAX_HELD = 1_024;

    private final Turns turns;
    private final Events events;
    private final AckBatch acks;
    private final int maxResume;

    /** The conversation touched last comes last. */
    private final Map<ConversationId, ConversationView> views = new LinkedHashMap<>(16, 0.75f, true);

    /** Own messages in conversations of which it is not known yet where this device begins. */
    private final Map<ConversationId, List<Message>> early = new LinkedHashMap<>();

    private int held;

    Inbox(Turns turns, Events events, AckBatch acks, int maxResume) {
        this.turns = turns;
        this.events = events;
        this.acks = acks;
        this.maxResume = maxResume;
    }

    void restore(Map<ConversationId, Long> floors) {
        new TreeMap<>(floors).forEach(this::begin);
    }

    /** The positions to state: floors of the conversations that were touched last. */
    List<ClientFrame.Position> positions() {
        List<ClientFrame.Position> positions = new ArrayList<>();
        views.forEach((conversation, view) -> {
            if (view.floor() > 0) {
                positions.add(new ClientFrame.Position(conversation.value(), view.floor()));
            }
        });
        return positions.subList(Math.max(0, positions.size() - maxResume), positions.size());
    }

    void dropPositions() {
        views.values().forEach(ConversationView::retire);
        views.clear();
        early.clear();
        held = 0;
        acks.drop();
    }

    /** The streams begin after the floors again. */
    void linkBegins() {
        views.values().forEach(ConversationView::streamBegins);
    }

    void delivered(ServerFrame.Deliver deliver) {
        for (Message message : deliver.messages()) {
            streamed(message.conversation(), new Item.Shown(message));
        }
    }

    void streamed(ConversationId conversation, Item item) {
        startsAt(conversation, Math.min(item.first(), lowestEarly(conversation)) - 1);
        at(conversation, view -> view.streamed(item));
    }

    private long lowestEarly(ConversationId conversation) {
        return early.getOrDefault(conversation, List.of()).stream()
                .mapToLong(Message::seq)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /**
     * The reply to a send stands for the message.
     *
     * @return whether it is known where this device begins in the conversation; if not, {@link #foundStart} must follow
     */
    boolean replied(Message own) {
        if (own.seq() == 1) {
            startsAt(own.conversation(), 0);
        }
        if (!views.containsKey(own.conversation())) {
            early.computeIfAbsent(own.conversation(), c -> new ArrayList<>()).add(own);
            held++;
            return false;
        }
        at(own.conversation(), view -> view.replied(own));
        return true;
    }

    /** Where this device begins in a conversation; ignored if that is known, or of no interest. */
    void foundStart(ConversationId conversation, long floor) {
        if (early.containsKey(conversation)) {
            startsAt(conversation, floor);
        }
    }

    private void startsAt(ConversationId conversation, long floor) {
        if (!views.containsKey(conversation)) {
            begin(conversation, floor);
            List<Message> waiting = early.remove(conversation);
            if (waiting != null) {
                held -= waiting.size();
                waiting.forEach(own -> at(conversation, view -> view.replied(own)));
            }
        }
    }

    /** Whether there are conversations for which {@link #foundStart} is awaited. */
    boolean awaitsStarts() {
        return !early.isEmpty();
    }

    boolean isFull() {
        return held >= MAX_HELD;
    }

    private void begin(ConversationId conversation, long floor) {
        views.put(conversation, new ConversationView(conversation, floor, this));
    }

    private void at(ConversationId conversation, Consumer<ConversationView> action) {
        ConversationView view = views.get(conversation);
        if (view != null) {
            int before = view.heldCount();
            action.accept(view);
            held += view.heldCount() - before;
        }
    }

    @Override
    public void show(Message message, ConversationView view) {
        Word word = new Word(turns, view, message.seq());
        events.message(message, word);
    }

    @Override
    public void gone(ConversationId conversation, Item.Gone gone) {
        events.tell("skipped", l -> l.skipped(conversation, gone.range(), gone.reason()));
    }

    @Override
    public void floorMoved(ConversationId conversation, long floor) {
        acks.add(conversation, floor);
    }

    @Override
    public void refused(ConversationId conversation, long seq, String reason) {
        acks.addNack(conversation, seq, reason);
    }
}
