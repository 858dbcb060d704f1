package io.lastack.testkit.sim;

import io.lastack.log.Content;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One entry of a log as it was appended, and what later entries have made of it, worked out without the shipping code. */
final class LoggedEntry {
    private final Draft draft;
    private final List<Version> versions = new ArrayList<>(1);
    private long recalledBy;
    private boolean toldLate;

    /** @param since the seq of the entry that made it so; 0 for the entry's own content */
    private record Version(long since, Content content) {}

    LoggedEntry(Draft draft) {
        this.draft = draft;
        versions.add(new Version(0, draft.content()));
    }

    Draft draft() {
        return draft;
    }

    Content now() {
        return newest().content();
    }

    private Version newest() {
        return versions.get(versions.size() - 1);
    }

    /** The seq of the newest entry that changed this one; 0 if none did. */
    long changedBy() {
        return newest().since();
    }

    /** The seq of the newest entry up to {@code seq} that changed this one; 0 if none did. */
    long changedBy(long seq) {
        return asOf(seq).since();
    }

    /** What it said when the log ended with {@code seq}. */
    Content at(long seq) {
        return asOf(seq).content();
    }

    private Version asOf(long seq) {
        int i = versions.size() - 1;
        while (versions.get(i).since() > seq) {
            i--;
        }
        return versions.get(i);
    }

    /** The seq of the entry that recalled this one, or what this one edits; 0 if none did. */
    long recalledBy() {
        return recalledBy;
    }

    /** Whether it is a message or a notification that was not recalled. */
    boolean isRevisable() {
        String kind = now().kind();
        return kind.equals(Content.MESSAGE) || kind.equals(Content.NOTIFICATION);
    }

    void edit(Content edit, long seq) {
        Content old = now();
        versions.add(new Version(
                seq,
                new Content(
                        old.kind(),
                        old.type(),
                        edit.payload(),
                        edit.ext(),
                        old.replyTo(),
                        edit.mentions(),
                        old.revises(),
                        seq)));
    }

    void recall(long seq) {
        recalledBy = seq;
        versions.add(
                new Version(seq, new Content(Content.RECALLED, "text", Payload.EMPTY, Map.of(), 0, List.of(), 0, seq)));
    }

    /** What this entry edits was recalled: nothing of it stays here either. */
    void blank(long seq) {
        Content old = now();
        recalledBy = seq;
        versions.add(new Version(
                seq,
                new Content(
                        old.kind(), old.type(), Payload.EMPTY, Map.of(), old.replyTo(), List.of(), old.revises(), 0)));
    }

    /** A replica that lags has told what it said before it was changed. */
    void toldLate() {
        toldLate = true;
    }

    boolean wasToldLate() {
        return toldLate;
    }

    /** Whether a message that somebody was given is this one, as it is or was at some time. */
    boolean wasEver(Message message) {
        if (!isSame(message)) {
            return false;
        }
        for (int i = versions.size() - 1; i >= 0; i--) {
            if (versions.get(i).content().equals(message.content())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a message that somebody was given is this one as it is now. */
    boolean is(Message message) {
        return isSame(message) && now().equals(message.content());
    }

    private boolean isSame(Message message) {
        return draft.sender().equals(message.sender())
                && message.clientMessageId().equals(draft.clientMessageId());
    }
}
