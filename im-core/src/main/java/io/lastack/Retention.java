package io.lastack;

import io.lastack.internal.fanout.ConversationIndex;
import io.lastack.internal.retention.Sweeper;
import io.lastack.log.ConversationId;
import io.lastack.spi.LogRetention;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Deleting old messages, as the engine's policy says ({@link ImEngineBuilder#retention}). Devices that have not received
 * what is gone are told that it will not come; nobody else notices. What is deleted is no longer in history, in unread
 * counts or in who-has-read; a repeat of it is a new message.
 */
public final class Retention {
    private static final int BATCH = 500;

    private final @Nullable LogRetention store;
    private final @Nullable Sweeper sweeper;
    private final ConversationIndex index;

    Retention(@Nullable LogRetention store, @Nullable Sweeper sweeper, ConversationIndex index) {
        this.store = store;
        this.sweeper = sweeper;
        this.index = index;
    }

    /** What was deleted: so many messages of so many conversations. */
    public record Swept(long conversations, long messages) {}

    /** Whether the store can delete. */
    public boolean isSupported() {
        return store != null;
    }

    /**
     * Applies the policy to all conversations, without waiting for its time. Does not block.
     *
     * @return completes with what was deleted, on an engine thread; exceptionally with
     *     {@link io.lastack.error.StoreException} if the store failed (what was deleted before stays so)
     * @throws IllegalStateException if the store cannot delete
     */
    public CompletionStage<Swept> sweep() {
        if (sweeper == null) {
            throw unsupported();
        }
        return sweeper.sweep().thenApply(swept -> new Swept(swept.conversations(), swept.messages()));
    }

    /**
     * Deletes the beginning of one conversation, whatever the policy says. Blocks, in steps that let others append between.
     *
     * @param through the highest seq to delete; 0 and more
     * @return up to which seq messages are gone now
     * @throws IllegalStateException if the store cannot delete
     * @throws io.lastack.error.StoreException if the store failed; a part may be deleted
     */
    public long trim(ConversationId conversation, long through) {
        if (store == null) {
            throw unsupported();
        }
        long before = -1;
        long gone = 0;
        while (gone > before) {
            before = gone;
            gone = store.trim(conversation, through, Long.MAX_VALUE, BATCH);
            index.forgetThrough(conversation, gone);
        }
        return gone;
    }

    private static IllegalStateException unsupported() {
        return new IllegalStateException("this store cannot delete old messages");
    }
}
