package io.lastack.memory;

import io.lastack.log.Message;
import io.lastack.log.Reaction;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Which entries of one log revise which: the edits of each message, and the current reactions to it. */
final class Revisions {
    private final TreeMap<Long, List<Long>> edits = new TreeMap<>();
    private final TreeMap<Long, Map<Key, Reaction>> reactions = new TreeMap<>();

    private record Key(UserId user, String emoji) {}

    void addEdit(long target, long seq) {
        edits.computeIfAbsent(target, t -> new ArrayList<>()).add(seq);
    }

    /** The seqs of the edits of a message. */
    List<Long> edits(long target) {
        return edits.getOrDefault(target, List.of());
    }

    void react(Message entry, String emoji) {
        Key key = new Key(entry.sender(), emoji);
        long target = entry.content().revises();
        Map<Key, Reaction> current = reactions.computeIfAbsent(target, t -> new HashMap<>());
        if (Reaction.isRemoval(entry.content())) {
            current.remove(key);
        } else {
            current.put(key, new Reaction(target, entry.sender(), emoji, entry.seq()));
        }
    }

    List<Reaction> reactions(SeqRange targets, int limit) {
        return reactions.subMap(targets.first(), true, targets.last(), true).values().stream()
                .flatMap(Revisions::inOrder)
                .limit(limit)
                .toList();
    }

    private static Stream<Reaction> inOrder(Map<Key, Reaction> ofOne) {
        return ofOne.values().stream().sorted(Comparator.comparingLong(Reaction::seq));
    }

    /** Nothing revises this message any more. */
    void forget(long target) {
        edits.remove(target);
        reactions.remove(target);
    }

    /** The messages up to this seq are gone. */
    void forgetThrough(long seq) {
        edits.headMap(seq, true).clear();
        reactions.headMap(seq, true).clear();
    }

    /** A user reacts to nothing any more. */
    void forgetReactions(UserId user) {
        reactions
                .values()
                .forEach(current -> current.keySet().removeIf(key -> key.user().equals(user)));
    }
}
