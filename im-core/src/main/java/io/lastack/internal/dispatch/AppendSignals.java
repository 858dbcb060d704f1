package io.lastack.internal.dispatch;

import io.lastack.internal.cluster.Cluster;
import io.lastack.internal.cluster.ClusterSignal.Affected;
import io.lastack.internal.cluster.ClusterSignal.Appended;
import io.lastack.internal.cluster.ClusterSignal.Entry;
import io.lastack.internal.cluster.ClusterSignal.Joined;
import io.lastack.log.Change;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells the other nodes what was committed here: one signal for a batch and channel. Thread-safe. */
final class AppendSignals {
    private static final int ENTRY_WEIGHT = 256;
    private static final int USER_WEIGHT = 68;
    /** So many users are told of on their own channels; of more, all nodes are told at once. */
    private static final int FEW_USERS = 4;

    private final Cluster cluster;

    AppendSignals(Cluster cluster) {
        this.cluster = cluster;
    }

    /** What one batch has to tell. Used by one thread. */
    final class Batch {
        private final List<Entry> entries = new ArrayList<>();
        private final List<Joined> joined = new ArrayList<>();

        /** @param message null if only its place is to be told of */
        void add(Draft draft, long seq, @Nullable Message message) {
            if (cluster.isAlone()) {
                return;
            }
            cluster.appended(draft.conversation(), seq);
            if (!cluster.hasPeers()) {
                return;
            }
            Message small = message != null
                            && weightOf(message.content()) <= cluster.options().inlineBytes()
                    ? message
                    : null;
            entries.add(new Entry(draft.conversation(), seq, small, affectedBy(draft)));
            List<UserId> newcomers = newcomers(draft);
            if (!newcomers.isEmpty()) {
                joined.add(new Joined(draft.conversation(), newcomers));
            }
        }

        void send() {
            if (entries.isEmpty()) {
                return;
            }
            String epoch = cluster.epoch();
            cluster.tellAll(
                    entries, e -> e.conversation().value(), AppendSignals::weightOf, some -> new Appended(epoch, some));
            entries.stream().filter(AppendSignals::begins).forEach(first -> tellNamed(first, epoch));
            joined.forEach(this::tell);
        }

        /** Nobody watches a conversation before its first entry: nodes listen for its users. */
        private void tellNamed(Entry first, String epoch) {
            ConversationId conversation = first.conversation();
            Appended signal = new Appended(epoch, List.of(first));
            if (conversation.kind() == ConversationId.Kind.DIRECT) {
                cluster.tell(conversation.first().value(), signal);
                cluster.tell(conversation.second().value(), signal);
            } else {
                cluster.tell(conversation.owner().value(), signal);
            }
        }

        private void tell(Joined signal) {
            if (signal.users().size() > FEW_USERS) {
                cluster.tellEverybody(signal);
            } else {
                signal.users().forEach(user -> cluster.tell(user.value(), signal));
            }
        }
    }

    Batch batch() {
        return new Batch();
    }

    static boolean begins(Entry entry) {
        return entry.seq() == 1 && entry.conversation().kind() != ConversationId.Kind.GROUP;
    }

    private static int weightOf(Entry entry) {
        int message = entry.message() == null ? 0 : weightOf(entry.message().content());
        return ENTRY_WEIGHT + message + USER_WEIGHT * entry.affected().users().size();
    }

    private static int weightOf(Content content) {
        int weight = content.payload().size() + USER_WEIGHT * content.mentions().size();
        for (Iterator<Map.Entry<String, String>> all = content.ext().entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<String, String> one = all.next();
            // Three bytes is the most that a character takes, or half of a pair.
            weight += 3 * (one.getKey().length() + one.getValue().length()) + 4;
        }
        return weight;
    }

    /** Whose memberships the draft's change touches. */
    static Affected affectedBy(Draft draft) {
        Change change = draft.change();
        if (change instanceof Change.CreateGroup || change instanceof Change.AddMembers) {
            return new Affected(false, newcomers(draft));
        } else if (change instanceof Change.RemoveMembers remove) {
            return new Affected(false, remove.users());
        } else if (change instanceof Change.SetRole role) {
            return new Affected(false, List.of(role.user()));
        } else if (change instanceof Change.TransferOwnership transfer) {
            return new Affected(false, List.of(transfer.from(), transfer.to()));
        } else if (change instanceof Change.MuteMember mute) {
            return new Affected(false, List.of(mute.user()));
        } else if (change instanceof Change.Dissolve) {
            return Affected.EVERYBODY;
        }
        return Affected.NOBODY;
    }

    private static List<UserId> newcomers(Draft draft) {
        Change change = draft.change();
        if (change instanceof Change.AddMembers add) {
            return add.users();
        }
        if (change instanceof Change.CreateGroup create) {
            List<UserId> all = new ArrayList<>(create.members());
            if (!all.contains(draft.sender())) {
                all.add(draft.sender());
            }
            return all;
        }
        return List.of();
    }
}
