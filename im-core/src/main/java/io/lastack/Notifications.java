package io.lastack;

import io.lastack.internal.request.StatusUpdates;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.PresenceDirectory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Notifications: stored in each receiver's inbox, delivered and acknowledged like messages. */
public final class Notifications {
    private static final int PAGE = 500;

    private final Messages messages;
    private final PresenceDirectory directory;
    private final StatusUpdates statuses;
    private final EngineRuntime runtime;

    Notifications(Messages messages, PresenceDirectory directory, StatusUpdates statuses, EngineRuntime runtime) {
        this.messages = messages;
        this.directory = directory;
        this.statuses = statuses;
        this.runtime = runtime;
    }

    /**
     * Puts a notification into the inbox of everybody who is online, on all nodes. Who is online is asked page by page, so
     * those who come and go meanwhile may or may not be among them. Blocks while it asks.
     *
     * @param id see {@link #send}
     * @return how many users it was sent to; fails if one of the inboxes fails, while the others may have it
     * @throws io.lastack.error.StoreException if the presence directory does not answer
     */
    public CompletionStage<Integer> sendToOnline(UserId sender, ClientMessageId id, Content content) {
        CompletionStage<Integer> all = CompletableFuture.completedFuture(0);
        UserId after = null;
        List<UserId> page;
        do {
            page = directory.online(after, PAGE);
            after = page.isEmpty() ? null : page.get(page.size() - 1);
            CompletionStage<List<Messages.Sent>> sent = send(sender, page, id, content);
            all = all.thenCombine(sent, (before, more) -> before + more.size());
        } while (page.size() == PAGE);
        return all;
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

    /**
     * Gives a notification another status: {@code pending}, {@code accepted}, {@code refused}, {@code expired}, or a word of
     * the host's own. The stored one changes; an entry of kind {@link Content#EDIT} that names it tells the receiver's
     * devices; and if somebody else than its sender does this, the sender gets a notification of the same type with the new
     * status, whose {@code ext} says {@code answers}: inbox and seq of the one that it answers, as in
     * {@code inbox:bob/12}. Trusted: no policy is asked.
     *
     * @param by who changes it
     * @param receiver in whose inbox it is
     * @param seq of the notification there
     * @param id the name of this change, which makes repeating it harmless
     * @param remark empty to leave what is there
     * @return the entry in the receiver's inbox; fails with {@code NOT_FOUND} if there is no such notification
     */
    public CompletionStage<Messages.Sent> updateStatus(
            UserId by, UserId receiver, long seq, ClientMessageId id, String status, String remark) {
        return CompletableFuture.supplyAsync(() -> statuses.find(receiver, seq), runtime::execute)
                .thenCompose(found -> statuses.update(by, found, status, remark, Map.of(), id, null))
                .thenApply(outcome -> Messages.sent(ConversationId.inbox(receiver), outcome));
    }
}
