package io.lastack.spi;

import io.lastack.log.Change.History;
import io.lastack.log.ConversationId;
import java.util.Map;

/**
 * A conversation as it stands.
 *
 * @param name of a group; empty otherwise
 * @param history what new members of a group see; {@link History#ALL} in direct conversations and inboxes
 * @param lastSeq the head of its log
 * @param members how many current members it has
 * @param dissolved whether it takes no further appends
 * @param attributes of a group, as set last; empty otherwise
 */
public record ConversationInfo(
        ConversationId conversation,
        String name,
        History history,
        long lastSeq,
        int members,
        boolean dissolved,
        Map<String, String> attributes) {
    public ConversationInfo {
        attributes = Map.copyOf(attributes);
    }

    /** A conversation without attributes. */
    public ConversationInfo(
            ConversationId conversation, String name, History history, long lastSeq, int members, boolean dissolved) {
        this(conversation, name, history, lastSeq, members, dissolved, Map.of());
    }
}
