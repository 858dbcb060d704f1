package io.lastack.client;

import io.lastack.log.ClientMessageId;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.SeqRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** Notes all that a client tells its application; message bodies as text. */
class Seen implements ClientListener {
    final Map<ConversationId, List<Message>> messages = new TreeMap<>();
    final List<String> trace = new ArrayList<>();
    final List<ConnectionState> states = new ArrayList<>();

    /** How long each wait for the next attempt is, in milliseconds; filled if there is a clock. */
    final List<Long> waits = new ArrayList<>();

    private final LongSupplier clock;

    Seen() {
        this(() -> 0);
    }

    Seen(LongSupplier clock) {
        this.clock = clock;
    }

    List<Long> seqs(ConversationId conversation) {
        return of(conversation).stream().map(Message::seq).toList();
    }

    List<String> texts(ConversationId conversation) {
        return of(conversation).stream()
                .map(m -> m.content().payload().asText())
                .toList();
    }

    List<Message> of(ConversationId conversation) {
        return messages.getOrDefault(conversation, List.of());
    }

    @Override
    public void message(Message message) {
        messages.computeIfAbsent(message.conversation(), c -> new ArrayList<>()).add(message);
        trace.add(message.conversation() + " " + message.seq());
    }

    @Override
    public void skipped(ConversationId conversation, SeqRange range, String reason) {
        trace.add(conversation + " skipped " + range + " " + reason);
    }

    @Override
    public void sent(ClientMessageId id, Sent sent) {
        trace.add("sent " + sent.conversation() + " " + sent.seq() + (sent.duplicate() ? " duplicate" : ""));
    }

    @Override
    public void sendFailed(ClientMessageId id, RequestFailedException reason) {
        trace.add("failed " + id + " " + reason.status().code());
    }

    @Override
    public void epochChanged(String before, String now) {
        trace.add("epoch " + before + " -> " + now);
    }

    @Override
    public void stateChanged(ConnectionState state) {
        states.add(state);
        if (state instanceof ConnectionState.Waiting waiting) {
            waits.add(waiting.until() - clock.getAsLong());
        }
        trace.add(state.getClass().getSimpleName());
    }
}
