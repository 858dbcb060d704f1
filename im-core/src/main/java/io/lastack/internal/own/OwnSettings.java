package io.lastack.internal.own;

import io.lastack.error.InvalidRequestException;
import io.lastack.internal.append.Intake;
import io.lastack.log.AppendOutcome;
import io.lastack.log.AppendOutcome.AlreadyAppended;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.AppendOutcome.Refused;
import io.lastack.log.Change;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.ConversationSettings;
import io.lastack.log.Draft;
import io.lastack.log.Payload;
import io.lastack.log.UserId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Changes of what users set for themselves. Each is an entry of the user's inbox, so that all its devices hear of it in
 * order. Thread-safe; does not block.
 */
public final class OwnSettings {
    private final Intake intake;

    public OwnSettings(Intake intake) {
        this.intake = intake;
    }

    /** @return completes with the seq of the entry in the inbox */
    public CompletionStage<Long> show(UserId user, ConversationId conversation, ConversationSettings settings) {
        return change(user, new Change.SetConversation(conversation, settings), settings.toExt(conversation));
    }

    /** @return completes with the seq of the entry in the inbox */
    public CompletionStage<Long> block(UserId by, UserId user, boolean blocked) {
        if (by.equals(user)) {
            return CompletableFuture.failedFuture(
                    new InvalidRequestException(user + " may not block itself; another user is expected"));
        }
        Map<String, String> ext = Map.of("change", blocked ? "block" : "unblock", "user", user.value());
        return change(by, new Change.Block(user, blocked), ext);
    }

    private CompletionStage<Long> change(UserId user, Change change, Map<String, String> ext) {
        Content entry = new Content(Content.SETTINGS, "text", Payload.EMPTY, ext, 0, List.of(), 0);
        return intake.append(new Draft(ConversationId.inbox(user), user, null, entry, change))
                .thenApply(OwnSettings::seqOf);
    }

    private static long seqOf(AppendOutcome outcome) {
        if (outcome instanceof Appended appended) {
            return appended.seq();
        }
        if (outcome instanceof AlreadyAppended already) {
            return already.seq();
        }
        Refused refused = (Refused) outcome;
        throw new InvalidRequestException(refused.reason(), refused.message());
    }
}
