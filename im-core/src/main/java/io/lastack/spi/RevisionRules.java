package io.lastack.spi;

import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.log.AppendOutcome.Refused;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** For stores: which revisions are refused ({@link MessageLog#append}). To be asked under the lock that gives seqs. */
public final class RevisionRules {
    private RevisionRules() {}

    /**
     * Why a recall or an edit cannot be appended; empty if it can.
     *
     * @param revision the content of the draft, of kind {@code recall} or {@code edit}
     * @param target what the entry that it revises has for content now; null if there is no such entry
     */
    public static Optional<Refused> refusal(ConversationId conversation, Content revision, @Nullable Content target) {
        String named = "entry " + revision.revises() + " of " + conversation;
        if (target == null) {
            return Optional.of(new Refused(Reason.NOT_FOUND, named + " does not exist (any more)"));
        }
        if (!target.isRevisable()) {
            return Optional.of(new Refused(
                    Reason.CONFLICT,
                    named + " is of kind " + target.kind() + "; " + Content.MESSAGE + " and " + Content.NOTIFICATION
                            + " can be recalled and edited"));
        }
        if (revision.kind().equals(Content.EDIT) && target.kind().equals(Content.MESSAGE) && target.isBlank()) {
            return Optional.of(new Refused(Reason.CONFLICT, named + " is blank: there is nothing to edit"));
        }
        return Optional.empty();
    }
}
