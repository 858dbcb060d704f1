package io.lastack.examples.campaign;

import io.lastack.client.ClientListener;
import io.lastack.client.ConnectionState;
import io.lastack.client.RequestFailedException;
import io.lastack.client.Sent;
import io.lastack.examples.campaign.Journal.Word;
import io.lastack.log.ClientMessageId;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.SeqRange;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Writes down what an application hears; a message is written down before it is confirmed. */
final class Witness implements ClientListener {
    private final Journal journal;
    private final Map<ConversationId, Long> newest = new ConcurrentHashMap<>();

    Witness(Journal journal) {
        this.journal = journal;
    }

    /** The newest message that was shown of each conversation in this life. */
    Map<ConversationId, Long> newest() {
        return newest;
    }

    @Override
    public void message(Message message) {
        journal.write(Word.SHOWN, message.conversation(), message.seq(), message.sender(), message.clientMessageId());
        newest.put(message.conversation(), message.seq());
    }

    @Override
    public void skipped(ConversationId conversation, SeqRange range, String reason) {
        journal.write(Word.SKIPPED, conversation, range.first(), range.last());
    }

    @Override
    public void sent(ClientMessageId id, Sent sent) {
        journal.write(Word.SENT, id, sent.conversation(), sent.seq());
    }

    @Override
    public void sendFailed(ClientMessageId id, RequestFailedException reason) {
        journal.write(Word.REFUSED, id, reason.status().code());
    }

    @Override
    public void epochChanged(String before, String now) {
        journal.write(Word.EPOCH, before, now);
    }

    @Override
    public void stateChanged(ConnectionState state) {
        if (state instanceof ConnectionState.Online) {
            journal.write(Word.ONLINE);
        } else if (state instanceof ConnectionState.Waiting waiting) {
            journal.write(
                    Word.WAITING, waiting.reason().code(), waiting.reason().text());
        } else if (state instanceof ConnectionState.Stopped stopped) {
            journal.write(
                    Word.STOPPED, stopped.reason().code(), stopped.reason().text());
        }
    }
}
