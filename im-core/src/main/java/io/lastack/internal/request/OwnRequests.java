package io.lastack.internal.request;

import io.lastack.internal.cursor.Reading;
import io.lastack.internal.own.OwnSettings;
import io.lastack.internal.session.ClientSession;
import io.lastack.log.ConversationId;
import io.lastack.log.ConversationSettings;
import io.lastack.log.UserId;
import io.lastack.session.ClientFrame;
import io.lastack.session.Result;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Requests about what a user has set for itself, and about all that it has read. Answered without a result. */
final class OwnRequests {
    private final OwnSettings settings;
    private final Reading reading;

    OwnRequests(OwnSettings settings, Reading reading) {
        this.settings = settings;
        this.reading = reading;
    }

    CompletionStage<@Nullable Result> show(ClientSession session, ClientFrame.Settings frame) {
        ConversationId conversation = Addresses.conversation(session, frame.conversation());
        Addresses.standing(session, conversation);
        ConversationSettings wanted = new ConversationSettings(frame.mutedUntil(), frame.pinned(), frame.archived());
        return settings.show(session.user(), conversation, wanted).thenApply(seq -> null);
    }

    CompletionStage<@Nullable Result> block(ClientSession session, ClientFrame.Block frame) {
        return settings.block(session.user(), UserId.of(frame.user()), frame.blocked())
                .thenApply(seq -> null);
    }

    /** Blocks while it looks what there is to read. */
    CompletionStage<@Nullable Result> readAll(ClientSession session, ClientFrame.ReadAll frame) {
        return reading.of(session.user()).thenApply(moved -> {
            moved.forEach(session::readThrough);
            return null;
        });
    }
}
