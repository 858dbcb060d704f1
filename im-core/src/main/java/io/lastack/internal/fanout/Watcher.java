package io.lastack.internal.fanout;

import io.lastack.session.ServerFrame;

/** A session's interest in one conversation. Called by the dispatcher, in order of seq per node. */
public interface Watcher {
    /** A message was appended. Queues it or remembers that it is there; does not write. */
    void offer(TailEntry entry, Touched touched);

    /** The log has messages up to this seq, wherever they came from. */
    void heard(long head, Touched touched);

    /** Something for who is online, from a session that does not get it itself. May be dropped. */
    void signal(ServerFrame.Signal signal, Touched.Flushable from, Touched touched);

    /** The membership behind this interest may have changed; the session looks at the store again. */
    void membershipChanged();
}
