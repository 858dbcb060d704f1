package io.lastack.internal.dispatch;

import io.lastack.internal.cluster.Cluster;
import io.lastack.internal.cluster.ClusterSignal.Affected;
import io.lastack.internal.cluster.ClusterSignal.Appended;
import io.lastack.internal.cluster.ClusterSignal.Entry;
import io.lastack.internal.cluster.ClusterSignal.Heartbeat;
import io.lastack.internal.cluster.ClusterSignal.Joined;
import io.lastack.internal.fanout.ConversationIndex;
import io.lastack.internal.fanout.MembershipEvents;
import io.lastack.internal.fanout.Touched;
import io.lastack.internal.task.SerialExecutor;
import io.lastack.log.Message;
import io.lastack.spi.EngineRuntime;

/**
 * What other nodes committed, on its way to who watches here. A message is offered only if the signal is of the same epoch
 * and it is the next one; anything else only says where to look into the log.
 */
public final class Elsewhere {
    private final Cluster cluster;
    private final ConversationIndex index;
    private final MembershipEvents memberships;
    private final SerialExecutor crowds;

    public Elsewhere(Cluster cluster, ConversationIndex index, MembershipEvents memberships, EngineRuntime runtime) {
        this.cluster = cluster;
        this.index = index;
        this.memberships = memberships;
        this.crowds = new SerialExecutor(runtime);
    }

    /** Begins to hear. */
    public void listen() {
        cluster.on(Appended.class, this::appended);
        cluster.on(Joined.class, joined -> memberships.changed(joined.conversation(), joined.users()));
        cluster.on(Heartbeat.class, beat -> beat.heads().forEach(head -> index.hint(head.conversation(), head.seq())));
    }

    private void appended(Appended signal) {
        boolean sameLog = !signal.epoch().isEmpty() && signal.epoch().equals(cluster.epoch());
        Touched touched = new Touched();
        for (Entry entry : signal.entries()) {
            if (AppendSignals.begins(entry)) {
                memberships.began(entry.conversation());
            }
            Message message = entry.message();
            if (message != null && sameLog) {
                index.publishElsewhere(message, touched);
            } else {
                index.hint(entry.conversation(), entry.seq());
            }
            announce(entry);
        }
        touched.flushAll(crowds);
    }

    private void announce(Entry entry) {
        Affected affected = entry.affected();
        if (affected.everybody()) {
            memberships.changedForAll(entry.conversation());
        } else if (!affected.users().isEmpty()) {
            memberships.changed(entry.conversation(), affected.users());
        }
    }
}
