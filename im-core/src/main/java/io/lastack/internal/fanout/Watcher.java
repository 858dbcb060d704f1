package io.lastack.internal.fanout;

import io.lastack.log.UserId;
import io.lastack.session.ServerFrame;
import io.lastack.spi.Member;
import org.jspecify.annotations.Nullable;

/** A session's interest in one conversation. Called by the dispatcher, in order of seq per node. */
public interface Watcher {
    /** A message was appended. Queues it or remembers that it is there; does not write. */
    void offer(TailEntry entry, Touched touched);

    /** The log has messages up to this seq, wherever they came from; what they changed is known already. */
    void heard(long head, Touched touched);

    /**
     * Something for who is online. May be dropped.
     *
     * @param from the session that it is from, which does not get it itself; null if that is on another node
     */
    void signal(ServerFrame.Signal signal, Touched.@Nullable Flushable from, Touched touched);

    /** The membership behind this interest may have changed; the session looks at the store again. */
    void membershipChanged();

    /** Whose interest this is. */
    UserId user();

    /**
     * Looks at the store again, and lets nothing through before, if the user's place in the conversation is not what this
     * interest took it for.
     *
     * @param current the user's membership as the store has it; null if the user is no current member
     * @param known the seq through which this interest has heard of everything
     */
    void compare(@Nullable Member current, long known);
}
