package io.lastack.internal.repair;

import io.lastack.internal.fanout.ConversationIndex;
import io.lastack.internal.fanout.Topic;
import io.lastack.internal.fanout.Touched;
import io.lastack.internal.fanout.Watcher;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.spi.ImStore;
import io.lastack.spi.LogPage;
import io.lastack.spi.LogQuery;
import io.lastack.spi.Member;
import io.lastack.spi.Memberships;
import io.lastack.spi.MessageLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Finds conversations whose log is ahead of what their watchers have heard of, and lets them hear. A few messages are read
 * once, for all watchers together; of many, the watchers are only told. Before either, whoever watches a group in which a
 * membership changed is compared with the store, so that nobody gets what is not theirs. Used by one thread at a time.
 */
final class HeadRepair {
    private static final int MOST_MESSAGES = 128;
    private static final int MOST_BYTES = 64 << 10;
    private static final int PAGES_AT_ONCE = 32;

    private final MessageLog log;
    private final Memberships memberships;
    private final ConversationIndex index;
    private final LongAdder repaired = new LongAdder();

    /** A conversation that has messages up to {@code head}, of which its watchers have not heard of all. */
    record Behind(Topic topic, long head) {
        boolean isStill() {
            return topic.head() < head;
        }
    }

    /** What is missing: the messages above {@code known}, up to {@code head}. */
    private record Missing(Topic topic, long known, long head) {
        ConversationId conversation() {
            return topic.conversation();
        }

        boolean few() {
            return head - known <= MOST_MESSAGES;
        }
    }

    HeadRepair(ImStore store, ConversationIndex index) {
        this.log = store.log();
        this.memberships = store.memberships();
        this.index = index;
    }

    /** How many times a conversation was found to be behind. */
    long repaired() {
        return repaired.sum();
    }

    /** Those of the conversations, no more than one call to the store can hold, that are behind it. Blocks. */
    List<Behind> find(List<Topic> topics) {
        Map<ConversationId, Long> heads =
                log.heads(topics.stream().map(Topic::conversation).toList());
        return topics.stream()
                .map(topic -> new Behind(topic, heads.getOrDefault(topic.conversation(), 0L)))
                .filter(Behind::isStill)
                .toList();
    }

    /** Lets the watchers of conversations that are behind hear of what they miss. Blocks. */
    void repair(List<Behind> conversations) {
        List<Missing> few = new ArrayList<>();
        for (Behind behind : conversations) {
            Missing missing = new Missing(behind.topic(), behind.topic().head(), behind.head());
            if (missing.known() >= missing.head()) {
                continue;
            }
            repaired.increment();
            if (missing.few()) {
                few.add(missing);
            } else {
                tell(missing);
            }
        }
        for (int from = 0; from < few.size(); from += PAGES_AT_ONCE) {
            replay(few.subList(from, Math.min(few.size(), from + PAGES_AT_ONCE)));
        }
    }

    private void replay(List<Missing> few) {
        List<LogPage> pages = log.read(few.stream()
                .map(m -> new LogQuery(m.conversation(), new SeqRange(m.known() + 1, m.head()), MOST_BYTES))
                .toList());
        for (int i = 0; i < few.size(); i++) {
            Missing missing = few.get(i);
            List<Message> messages = pages.get(i).messages();
            if (messages.size() < missing.head() - missing.known()) {
                tell(missing);
            } else {
                replay(missing, messages);
            }
        }
    }

    private void replay(Missing missing, List<Message> messages) {
        if (messages.stream().anyMatch(m -> m.content().kind().equals(Content.MEMBERSHIP))) {
            compareMembers(missing);
        }
        Touched touched = new Touched();
        messages.forEach(message -> index.publish(message, touched));
        touched.flushAll();
    }

    private void tell(Missing missing) {
        compareMembers(missing);
        Touched touched = new Touched();
        missing.topic().heard(missing.head(), touched);
        touched.flushAll();
    }

    private void compareMembers(Missing missing) {
        if (missing.conversation().kind() != ConversationId.Kind.GROUP) {
            return;
        }
        Batches.of(missing.topic().watchers()).forEach(watchers -> compare(missing, watchers));
    }

    private void compare(Missing missing, List<Watcher> watchers) {
        Map<UserId, Member> members = new HashMap<>();
        memberships
                .members(
                        missing.conversation(),
                        watchers.stream().map(Watcher::user).toList())
                .forEach(member -> members.put(member.user(), member));
        for (Watcher watcher : watchers) {
            watcher.compare(members.get(watcher.user()), missing.known());
        }
    }
}
