package io.lastack;

import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Notifications: stored in each receiver's inbox, delivered and acknowledged like messages. */
public final class Notifications {
    private final Messages messages;

    Notifications(Messages messages) {
        this.messages = messages;
    }

    /**
     * Puts a notification into inboxes.
     *
     * @param id the sender's name for it, which makes sending it again harmless
     * @param content of kind {@link Content#NOTIFICATION}; status and remark go into {@code ext}
     * @return one answer per receiver, in their order; fails if one of them fails, while the others may have it
     */
    public CompletionStage<List<Messages.Sent>> send(
            UserId sender, Collection<UserId> receivers, ClientMessageId id, Content content) {
        if (!content.kind().equals(Content.NOTIFICATION)) {
            throw new io.lastack.error.InvalidRequestException(
                    "the content is of kind " + content.kind() + "; " + Content.NOTIFICATION + " is expected");
        }
        CompletionStage<List<Messages.Sent>> all = CompletableFuture.completedFuture(new ArrayList<>());
        for (UserId receiver : receivers) {
            Draft draft =
                    Draft.of(sender, ConversationId.inbox(receiver), content).withClientMessageId(id);
            all = all.thenCombine(messages.send(draft), (list, sent) -> {
                list.add(sent);
                return list;
            });
        }
        return all;
    }
}
