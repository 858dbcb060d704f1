package io.lastack.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.ConversationId;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OwnMessagesTest {
    private static final ConversationId TEAM = ConversationId.parse("group:team");

    private final OwnMessages own = new OwnMessages();

    @Test
    void aMessageIsTakenOnce() {
        own.add(TEAM, 7);
        assertThat(own.take(TEAM, 6)).isFalse();
        assertThat(own.take(ConversationId.parse("group:other"), 7)).isFalse();
        assertThat(own.take(TEAM, 7)).isTrue();
        assertThat(own.take(TEAM, 7)).isFalse();
    }

    @Test
    void whatFindsNoRoomIsNotRemembered() {
        own.add(TEAM, 7);
        own.add(TEAM, 7 + (1L << 40));
        assertThat(own.take(TEAM, 7 + (1L << 40))).isFalse();
        own.add(TEAM, 8);
        assertThat(own.take(TEAM, 8)).isTrue();
    }

    @Test
    void aConnectionThatIsNeverLevelStillKnowsItsOwn() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        TreeSet<Long> expected = new TreeSet<>();
        long appended = 0;
        long sent = 0;
        own.add(TEAM, ++appended);
        expected.add(appended);
        for (int i = 0; i < 300_000; i++) {
            boolean mayAppend = appended - sent < 10_000;
            if (mayAppend && (appended - sent < 2 || random.nextBoolean())) {
                appended++;
                if (random.nextInt(3) == 0) {
                    own.add(TEAM, appended);
                    expected.add(appended);
                }
            } else {
                sent++;
                assertThat(own.take(TEAM, sent))
                        .as("seq %d, seed %d", sent, seed)
                        .isEqualTo(expected.remove(sent));
            }
        }
    }
}
