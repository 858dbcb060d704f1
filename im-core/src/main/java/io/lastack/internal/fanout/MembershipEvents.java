package io.lastack.internal.fanout;

import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import java.util.Collection;

/** What sessions must hear of so that they watch the right conversations. */
public interface MembershipEvents {
    /** A direct conversation or an inbox has its first message. Takes effect before this returns. */
    void began(ConversationId conversation);

    /** The memberships of these users changed; their sessions look at the store again. */
    void changed(ConversationId conversation, Collection<UserId> users);

    /** Everybody's membership changed. */
    void changedForAll(ConversationId conversation);
}
