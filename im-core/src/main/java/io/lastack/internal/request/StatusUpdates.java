package io.lastack.internal.request;

import io.lastack.error.InvalidRequestException;
import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.internal.append.Intake;
import io.lastack.log.AppendOutcome;
import io.lastack.log.AppendOutcome.Refused;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.Payload;
import io.lastack.log.UserId;
import io.lastack.spi.MessageLog;
import io.lastack.spi.UserContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Notifications whose status changes: where they are stored, on the receiver's devices, and for who sent them. */
public final class StatusUpdates {
    private static final String STATUS = "status";
    private static final String REMARK = "remark";
    private static final String ANSWERS = "answers";

    private final Intake intake;
    private final Entries entries;

    public StatusUpdates(Intake intake, MessageLog log) {
        this.intake = intake;
        this.entries = new Entries(log);
    }

    /**
     * A new notification. Status and remark travel in {@code ext}, under their own names.
     *
     * @param status empty for none
     * @param remark empty for none
     */
    static Content notification(String type, String status, String remark, Map<String, String> ext) {
        return new Content(Content.NOTIFICATION, type, Payload.EMPTY, with(ext, status, remark), 0, List.of(), 0);
    }

    /** The notification at a seq of a user's inbox. Blocks. @throws InvalidRequestException if there is none */
    public Message find(UserId receiver, long seq) {
        ConversationId inbox = ConversationId.inbox(receiver);
        Message found = entries.find(inbox, seq).orElse(null);
        if (found == null || !found.content().kind().equals(Content.NOTIFICATION)) {
            throw notFound(inbox, seq);
        }
        return found;
    }

    static InvalidRequestException notFound(ConversationId inbox, long seq) {
        return new InvalidRequestException(
                Reason.NOT_FOUND, "there is no notification at seq " + seq + " of " + inbox + ", or it was recalled");
    }

    /**
     * Gives a notification another status; then, if somebody else than its sender does so, tells the sender by a notification
     * of the same type and status whose {@code answers} names the first one. Repeating it under the same id is harmless, and
     * completes what an earlier attempt began.
     *
     * @param remark empty to leave the one that is there
     * @param ext added to what is there
     * @param sender whose request this is; null for the host
     * @return what became of the entry in the receiver's inbox
     */
    public CompletionStage<AppendOutcome> update(
            UserId by,
            Message notification,
            String status,
            String remark,
            Map<String, String> ext,
            @Nullable ClientMessageId id,
            @Nullable UserContext sender) {
        if (status.isEmpty()) {
            throw new InvalidRequestException("the status is empty; pending, accepted, refused, expired, or a word of"
                    + " the host's own is allowed");
        }
        Content old = notification.content();
        Map<String, String> all = new HashMap<>(old.ext());
        all.putAll(ext);
        Content edit = Content.edit(notification.seq(), old.payload(), with(all, status, remark), old.mentions());
        return intake.append(new Draft(notification.conversation(), by, id, edit, null), sender)
                .thenCompose(outcome -> outcome instanceof Refused || by.equals(notification.sender())
                        ? CompletableFuture.completedFuture(outcome)
                        : tellSender(by, notification, status, remark, ext, id, sender)
                                .thenApply(told -> outcome));
    }

    private CompletionStage<AppendOutcome> tellSender(
            UserId by,
            Message notification,
            String status,
            String remark,
            Map<String, String> ext,
            @Nullable ClientMessageId id,
            @Nullable UserContext sender) {
        Map<String, String> all = new HashMap<>(ext);
        all.put(ANSWERS, notification.conversation() + "/" + notification.seq());
        Content answer = notification(notification.content().type(), status, remark, all);
        return intake.append(new Draft(ConversationId.inbox(notification.sender()), by, id, answer, null), sender);
    }

    private static Map<String, String> with(Map<String, String> ext, String status, String remark) {
        Map<String, String> all = new HashMap<>(ext);
        putIfGiven(all, STATUS, status);
        putIfGiven(all, REMARK, remark);
        return all;
    }

    private static void putIfGiven(Map<String, String> ext, String key, String value) {
        if (!value.isEmpty()) {
            ext.put(key, value);
        }
    }
}
