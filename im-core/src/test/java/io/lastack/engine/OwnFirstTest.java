package io.lastack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.error.StoreException;
import io.lastack.log.Change.History;
import io.lastack.log.Change.Role;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import io.lastack.memory.VirtualRuntime;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.ImStore;
import io.lastack.spi.MessageLog;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A message is in the log before its sender is told; whoever reads the log meanwhile, for whatever reason, does not send it
 * to the device that waits for the reply: the reply stands in its place.
 */
class OwnFirstTest {
    private static final String CHAT = "direct:alice~bob";
    private static final String TEAM = "group:team";
    private static final Duration LONG =
            EngineOptions.defaults().repairInterval().multipliedBy(3);

    private final VirtualRuntime time = VirtualRuntime.seeded(3);
    private final TimedTasks tasks = new TimedTasks(time);
    private final MemoryStore store = MemoryStore.create();
    private Duration answer = Duration.ZERO;
    private boolean answerIsLost;

    /** Another node: its store answers at once, and nobody is connected to it. */
    private final Scene there = new Scene(time, store, b -> b);

    private final Scene here = new Scene(time, lateToAnswer(), b -> b.runtime(tasks));

    @AfterEach
    void end() {
        tasks.close();
    }

    private ImStore lateToAnswer() {
        MessageLog log = (MessageLog) Proxy.newProxyInstance(
                MessageLog.class.getClassLoader(), new Class<?>[] {MessageLog.class}, (self, method, args) -> {
                    try {
                        Object result = method.invoke(store.log(), args);
                        if (method.getName().equals("append")) {
                            tasks.take(answer);
                            if (answerIsLost) {
                                throw new StoreException(
                                        "the answer is lost", null, false, StoreException.Effect.UNKNOWN);
                            }
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return (ImStore) Proxy.newProxyInstance(
                ImStore.class.getClassLoader(),
                new Class<?>[] {ImStore.class},
                (self, method, args) -> method.getName().equals("log") ? log : method.invoke(store, args));
    }

    private RawClient join(String user, String device) {
        RawClient client = here.join(user, device);
        client.acksAtOnce = true;
        return client;
    }

    private static void sendThree(RawClient client, String conversation) {
        client.write(
                client.sendFrame(conversation, "m1", "x"),
                client.sendFrame(conversation, "m2", "x"),
                client.sendFrame(conversation, "m3", "x"));
    }

    /** What came of a conversation, delivered (+) or confirmed (=), in the order in which it came. */
    private static List<String> came(RawClient client, String conversation) {
        List<String> came = new ArrayList<>();
        for (ServerFrame frame : client.frames) {
            if (frame instanceof ServerFrame.Deliver deliver
                    && deliver.conversation().value().equals(conversation)) {
                deliver.messages().forEach(m -> came.add("+" + m.seq()));
            } else if (frame instanceof ServerFrame.Reply reply && reply.result() instanceof Result.Send sent) {
                came.add("=" + sent.seq());
            }
        }
        return came;
    }

    private void sendThere(String conversation, String sender) {
        there.engine.messages().send(Draft.text(UserId.of(sender), ConversationId.parse(conversation), "x"));
    }

    @Test
    void theFirstMessagesOfANewConversationComeByTheirReplies() {
        RawClient alice = join("alice", "phone");
        answer = LONG;
        sendThree(alice, "user:bob");
        time.advance(LONG.dividedBy(2));
        assertThat(came(alice, CHAT)).as("while the store has not answered").isEmpty();

        time.advance(LONG.multipliedBy(2));
        assertThat(came(alice, CHAT)).containsExactly("=1", "=2", "=3");
    }

    @Test
    void anotherDeviceOfTheSenderNeedNotWait() {
        RawClient phone = join("alice", "phone");
        RawClient laptop = join("alice", "laptop");
        answer = LONG;
        sendThree(phone, "user:bob");
        time.advance(LONG.dividedBy(2));

        assertThat(came(laptop, CHAT)).containsExactly("+1", "+2", "+3");
        assertThat(came(phone, CHAT)).isEmpty();
    }

    @Test
    void whatOthersSaidFollowsOnceTheReplyIsThere() {
        RawClient alice = join("alice", "phone");
        answer = LONG;
        sendThree(alice, "user:bob");
        time.advance(Duration.ofMillis(10));
        sendThere(CHAT, "bob");
        time.advance(LONG.dividedBy(2));
        assertThat(came(alice, CHAT)).isEmpty();

        time.advance(LONG.multipliedBy(2));
        assertThat(came(alice, CHAT)).containsExactly("=1", "=2", "=3", "+4");
    }

    @Test
    void aMembershipThatChangesMeanwhileDoesNotBringOwnMessagesBeforeTheirReplies() {
        UserId bob = UserId.of("bob");
        UserId member = UserId.of("alice");
        ConversationId team = ConversationId.parse(TEAM);
        there.engine.groups().create(team, bob, "T", History.ALL, List.of(member));
        RawClient alice = join("alice", "phone");
        answer = LONG;
        sendThree(alice, TEAM);
        time.advance(Duration.ofMillis(10));
        there.engine.groups().setRole(bob, team, member, Role.ADMIN);
        time.advance(LONG.dividedBy(2));
        assertThat(came(alice, TEAM)).containsExactly("+1");

        time.advance(LONG.multipliedBy(3));
        assertThat(came(alice, TEAM)).containsExactly("+1", "=2", "=3", "=4", "+5");
    }

    @Test
    void aMessageWhoseReplyIsAFailureIsDeliveredAsItIsInTheLogNevertheless() {
        RawClient alice = join("alice", "phone");
        answer = LONG;
        answerIsLost = true;
        long id = alice.send("user:bob", "m1", "x");
        time.advance(LONG.dividedBy(2));
        assertThat(came(alice, CHAT)).isEmpty();

        time.advance(LONG.multipliedBy(3));
        assertThat(alice.reply(id).status().code()).isEqualTo(500);
        assertThat(came(alice, CHAT)).containsExactly("+1");
    }

    @Test
    void whatIsBelowItIsSentAgainMeanwhile() {
        RawClient alice = here.join("alice", "phone");
        sendThere(CHAT, "bob");
        time.advance(LONG);
        assertThat(came(alice, CHAT)).containsExactly("+1");
        answer = LONG;
        alice.send("user:bob", "m1", "x");
        time.advance(EngineOptions.defaults().repairInterval().plusMillis(500));
        alice.nack(CHAT, 1);
        time.advance(EngineOptions.defaults().redeliveryBackoff().plusMillis(100));

        assertThat(came(alice, CHAT)).containsExactly("+1", "+1");
    }

    @Test
    void theReplyToARepeatStandsInThePlaceOfTheMessageToo() {
        RawClient alice = join("alice", "phone");
        RawClient bob = join("bob", "phone");
        answer = LONG;
        alice.send("user:bob", "m1", "x");
        time.advance(Duration.ofMillis(10));
        alice.send("user:bob", "m1", "x");
        time.advance(LONG.multipliedBy(4));

        assertThat(came(alice, CHAT)).containsExactly("=1", "=1");
        assertThat(came(bob, CHAT)).containsExactly("+1");
    }
}
