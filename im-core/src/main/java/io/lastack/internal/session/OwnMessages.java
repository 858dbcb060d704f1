package io.lastack.internal.session;

import io.lastack.log.ConversationId;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The messages of this connection's own that it has by their replies, and that are not yet the next of their conversation:
 * when they are, they need not be delivered once more. Kept by conversation, watched or not: the reply to the first message
 * of a conversation can come before the conversation is watched. What finds no room here is delivered again, and the client
 * drops it by its seq. Not thread-safe.
 */
final class OwnMessages {
    /** How far apart the lowest and the highest of one conversation can be: 8 KiB of bits. */
    private static final int MAX_SPAN = 1 << 16;

    private final Map<String, Ahead> ahead = new HashMap<>(0);

    /** A bit for each seq from {@code base} on. */
    private record Ahead(long base, BitSet seqs) {}

    void add(ConversationId conversation, long seq) {
        Ahead own = ahead.computeIfAbsent(conversation.value(), c -> new Ahead(seq, new BitSet()));
        if (seq >= own.base && seq - own.base < MAX_SPAN) {
            own.seqs.set((int) (seq - own.base));
        }
    }

    /** Whether any message of a conversation is known by its reply. */
    boolean has(String conversation) {
        return ahead.containsKey(conversation);
    }

    /** Whether the message is known by its reply; forgets it, and what is below it. */
    boolean take(ConversationId conversation, long seq) {
        Ahead own = ahead.get(conversation.value());
        if (own == null || seq < own.base) {
            return false;
        }
        boolean taken = seq - own.base < MAX_SPAN && own.seqs.get((int) (seq - own.base));
        forget(conversation, seq);
        return taken;
    }

    /** What is known up to {@code seq} will not come any more. */
    void forget(ConversationId conversation, long seq) {
        Ahead own = ahead.get(conversation.value());
        if (own == null || seq < own.base) {
            return;
        }
        int known = (int) Math.min(seq - own.base + 1, MAX_SPAN);
        own.seqs.clear(0, known);
        if (own.seqs.isEmpty()) {
            ahead.remove(conversation.value());
        } else if (known > MAX_SPAN / 2) {
            ahead.put(conversation.value(), new Ahead(seq + 1, own.seqs.get(known, MAX_SPAN)));
        }
    }
}
