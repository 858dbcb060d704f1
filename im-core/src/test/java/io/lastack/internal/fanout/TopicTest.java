package io.lastack.internal.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.session.ServerFrame;
import io.lastack.spi.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is offered what while watchers come and go: the others neither miss a message nor get it twice. */
class TopicTest {
    private static final ConversationId TOWN = ConversationId.group("town");

    private final Topic topic = new Topic(TOWN, new TailBudget(1 << 20), 0);
    private final List<String> offered = new ArrayList<>();
    private long head;

    @Test
    void everybodyIsOfferedEachMessageOnceWhoeverCameAndWent() {
        List<Recorder> watchers =
                IntStream.range(0, 9).mapToObj(i -> watching("w" + i)).toList();
        topic.remove(watchers.get(8));
        topic.remove(watchers.get(0));
        topic.remove(watchers.get(4));
        watching("late");
        assertThat(publish()).isEqualTo(7);
        assertThat(offered).containsExactlyInAnyOrder("w1", "w2", "w3", "w5", "w6", "w7", "late");
        assertThat(topic.watchers()).hasSize(7);
    }

    @Test
    void whoComesOrGoesDuringAnOfferChangesNothingForTheOthers() {
        Recorder leaving = watching("leaving");
        Recorder last = watching("last");
        leaving.onOffer = () -> {
            watching("new");
            topic.remove(leaving);
            topic.remove(last);
        };
        publish();
        assertThat(offered).containsExactly("leaving", "last");
        offered.clear();
        publish();
        assertThat(offered).containsExactly("new");
    }

    @Test
    void whoComesBetweenTwoMessagesIsOfferedTheSecond() {
        watching("first");
        publish();
        watching("second");
        publish();
        assertThat(offered).containsExactly("first", "first", "second");
    }

    @Test
    void theLastOneWhoLeavesClosesIt() {
        Recorder only = watching("only");
        assertThat(topic.remove(only)).isTrue();
        assertThat(topic.add(only, 0)).isFalse();
        assertThat(topic.watchers()).isEmpty();
    }

    private Recorder watching(String name) {
        Recorder watcher = new Recorder(name);
        assertThat(topic.add(watcher, head)).isTrue();
        return watcher;
    }

    private int publish() {
        Message message =
                new Message(TOWN, ++head, 0, UserId.of("alice"), ClientMessageId.of("m" + head), Content.text("x"));
        return topic.publish(new TailEntry(message), new Touched());
    }

    private final class Recorder implements Watcher {
        private final String name;
        private Runnable onOffer = () -> {};

        Recorder(String name) {
            this.name = name;
        }

        @Override
        public void offer(TailEntry entry, Touched touched) {
            offered.add(name);
            onOffer.run();
        }

        @Override
        public void heard(long head, Touched touched) {}

        @Override
        public void signal(ServerFrame.Signal signal, Touched.@Nullable Flushable from, Touched touched) {}

        @Override
        public void membershipChanged() {}

        @Override
        public UserId user() {
            return UserId.of(name);
        }

        @Override
        public void compare(@Nullable Member current, long known) {}
    }
}
