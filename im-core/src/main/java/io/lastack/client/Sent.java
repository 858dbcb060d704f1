package io.lastack.client;

import io.lastack.log.ConversationId;

/**
 * A message is in the log.
 *
 * @param conversation in canonical form, however it was addressed
 * @param sentAt milliseconds since the epoch, by the server's clock
 * @param duplicate whether an earlier attempt had stored it
 */
public record Sent(ConversationId conversation, long seq, long sentAt, boolean duplicate) {}
