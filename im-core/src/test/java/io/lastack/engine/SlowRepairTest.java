package io.lastack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import io.lastack.memory.VirtualRuntime;
import io.lastack.session.ServerFrame;
import io.lastack.spi.EngineOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How late messages are of which nobody told the node, when every answer of the store takes its time, and many users get
 * messages of new conversations and of known ones all the while.
 */
class SlowRepairTest {
    private static final Duration INTERVAL = EngineOptions.defaults().repairInterval();
    private static final Duration ANSWER = Duration.ofMillis(20);
    private static final Duration STEP = Duration.ofMillis(10);
    private static final int USERS = 100;

    private final VirtualRuntime time = VirtualRuntime.seeded(3);
    private final TimedTasks tasks = new TimedTasks(time);
    private final MemoryStore log = MemoryStore.create();
    private final CountingStore slow = new CountingStore(log);
    /** Another node: its store answers at once, and nobody is connected to it. */
    private final Scene there = new Scene(time, log, b -> b);

    private final Scene here = new Scene(time, slow, b -> b.runtime(tasks));
    private final List<RawClient> users = new ArrayList<>();
    private int sent;

    @AfterEach
    void end() {
        tasks.close();
    }

    private void connect(int count) {
        for (int i = 0; i < count; i++) {
            RawClient user = here.join("user-" + i);
            user.acksAtOnce = true;
            users.add(user);
        }
        slow.beforeAnswer = () -> tasks.take(ANSWER);
    }

    private void send(String sender, int to) {
        UserId from = UserId.of(sender);
        there.engine.messages().send(Draft.text(from, ConversationId.direct(from, UserId.of("user-" + to)), "x"));
        sent++;
    }

    private long shown() {
        return users.stream()
                .flatMap(user -> user.frames.stream())
                .filter(ServerFrame.Deliver.class::isInstance)
                .mapToLong(frame -> ((ServerFrame.Deliver) frame).messages().size())
                .sum();
    }

    private Duration waitForAll() {
        long began = time.nanoTime();
        while (shown() < sent) {
            time.advance(STEP);
            assertThat(time.nanoTime() - began).as("it comes at all").isLessThan(60_000_000_000L);
        }
        return Duration.ofNanos(time.nanoTime() - began);
    }

    @Test
    void newConversationsAreFoundWithinTheIntervalHoweverManyUsersHaveThem() {
        connect(USERS);
        for (int round = 0; round < 15; round++) {
            for (int i = 0; i < USERS; i++) {
                send("sender-" + round, i);
            }
            assertThat(waitForAll()).as("round %d", round).isLessThanOrEqualTo(INTERVAL);
            time.advance(Duration.ofMillis(130L * round));
        }
    }

    @Test
    void messagesOfKnownConversationsDoNotWaitForTheLookAtNewOnes() {
        connect(USERS);
        send("friend", 0);
        waitForAll();
        for (int round = 0; round < 15; round++) {
            for (int i = 1; i < USERS; i++) {
                send("sender-" + round, i);
            }
            send("friend", 0);
            assertThat(waitForAll()).as("round %d", round).isLessThanOrEqualTo(INTERVAL);
        }
    }

    @Test
    void theIntervalHoldsWhileTheNumberOfConversationsGrows() {
        connect(1);
        for (int round = 0; round < 16; round++) {
            for (int i = 0; i < 400; i++) {
                send("sender-" + round + "-" + i, 0);
            }
            waitForAll();
            time.advance(Duration.ofMillis(170L * round));
            for (int i = 0; i < 400; i++) {
                send("sender-" + round + "-" + i, 0);
            }
            assertThat(waitForAll()).as("round %d", round).isLessThanOrEqualTo(INTERVAL);
        }
    }
}
