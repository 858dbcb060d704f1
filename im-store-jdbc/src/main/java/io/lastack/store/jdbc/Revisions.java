package io.lastack.store.jdbc;

import io.lastack.log.AppendOutcome.Refused;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Reaction;
import io.lastack.log.UserId;
import io.lastack.spi.RevisionRules;
import io.lastack.store.jdbc.LogTables.NewMessage;
import io.lastack.store.jdbc.LogTables.StoredMessage;
import io.lastack.store.jdbc.RevisionTables.Mention;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an append does to messages that are in the log already: recalls, edits and reactions; and whom new ones name. */
final class Revisions {
    private final Connection connection;
    private final LogTables log;
    private final RevisionTables tables;
    private final ResolvedDrafts resolved;

    Revisions(Connection connection, LogTables log, ResolvedDrafts resolved) {
        this.connection = connection;
        this.log = log;
        this.tables = new RevisionTables(connection);
        this.resolved = resolved;
    }

    /** Whether a draft is about an entry that must be looked at in the log. */
    static boolean isAboutAnother(Content content) {
        return content.isRevision() || content.kind().equals(Content.REACTION);
    }

    /** Why a draft cannot be appended; empty if it can. Everything that it is about is in the tables. */
    Optional<Refused> refusal(ConversationState state, ConversationId conversation, Content content)
            throws SQLException {
        if (!content.isRevision()) {
            return Optional.empty();
        }
        StoredMessage target = find(state, content.revises());
        return RevisionRules.refusal(conversation, content, target == null ? null : target.content());
    }

    /** Does what a draft that was not refused says, before it is in the tables itself. */
    void apply(ConversationState state, Draft draft, long seq) throws SQLException {
        Content content = draft.content();
        StoredMessage target = find(state, content.revises());
        if (target == null) {
            return;
        }
        if (content.isRevision()) {
            revise(state.id(), target, content, seq);
        } else if (target.content().isRevisable()) {
            String emoji = Reaction.emoji(content).orElse(null);
            if (emoji != null) {
                react(state.id(), draft, emoji, seq);
            }
        }
    }

    /** Makes known whom messages name that are in the tables now. */
    void mention(List<NewMessage> messages) throws SQLException {
        List<Mention> mentions = new ArrayList<>();
        for (NewMessage message : messages) {
            Content content = message.draft().content();
            if (!content.mentions().isEmpty() && content.countsAsUnread()) {
                addMentions(
                        mentions,
                        message.key().conversation(),
                        message.place().seq(),
                        message.key().sender(),
                        content);
            }
        }
        tables.addMentions(mentions);
    }

    private void addMentions(List<Mention> into, long conversation, long seq, long sender, Content content) {
        for (UserId user : content.mentions()) {
            long number = resolved.user(user);
            if (number != sender) {
                into.add(new Mention(conversation, seq, number));
            }
        }
    }

    private @Nullable StoredMessage find(ConversationState state, long seq) throws SQLException {
        if (seq < 1 || seq > state.lastSeq()) {
            return null;
        }
        tables.lock(state.id(), seq);
        return log.find(connection, state.id(), seq);
    }

    private void revise(long conversation, StoredMessage target, Content revision, long seq) throws SQLException {
        Content revised = target.content().revised(revision, seq);
        tables.rewrite(conversation, target.seq(), revised);
        if (!target.content().mentions().isEmpty()) {
            tables.deleteMentions(conversation, target.seq());
        }
        if (revision.kind().equals(Content.RECALL)) {
            tables.deleteReactions(conversation, target.seq());
            blankEdits(conversation, target.seq());
        } else {
            tables.addEdit(conversation, target.seq(), seq);
            List<Mention> mentions = new ArrayList<>();
            addMentions(mentions, conversation, target.seq(), target.sender(), revised);
            tables.addMentions(mentions);
        }
    }

    private void blankEdits(long conversation, long target) throws SQLException {
        for (long edit : tables.takeEdits(conversation, target)) {
            StoredMessage entry = log.find(connection, conversation, edit);
            if (entry != null) {
                tables.rewrite(conversation, edit, entry.content().erased());
            }
        }
    }

    private void react(long conversation, Draft draft, String emoji, long seq) throws SQLException {
        long user = resolved.user(draft.sender());
        long target = draft.content().revises();
        byte[] bytes = Reaction.bytes(emoji);
        tables.deleteReaction(conversation, target, user, bytes);
        if (!Reaction.isRemoval(draft.content())) {
            tables.addReaction(conversation, target, user, bytes, seq);
        }
    }
}
