package io.lastack.spi;

import io.lastack.log.Change.History;
import io.lastack.log.ConversationId;

/**
 * A conversation as it stands.
 *
 * @param name of a group; empty otherwise
 * @param history what new members of a group see; {@link History#ALL} in direct conversations and inboxes
 * @param lastSeq the head of its log
 * @param members how many current members it has
 * @param dissolved whether it takes no further appends
 */
public record ConversationInfo(
        ConversationId conversation, String name, History history, long lastSeq, int members, boolean dissolved) {}
