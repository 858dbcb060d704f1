package io.lastack.engine;

import static io.lastack.engine.Scene.at;
import static io.lastack.engine.Scene.seqs;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.ServerFrame.Welcome;
import io.lastack.spi.ImStore;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of positions that belong to another log, or to a part of this one that is lost. */
class EpochTest {
    private static final String CHAT = "direct:alice~bob";
    private static final String OLD = "the epoch of the data and its backup";

    private final Scene scene = new Scene(MemoryStore.create(OLD), b -> b);

    private static void send(Scene scene, int count) {
        for (int i = 0; i < count; i++) {
            scene.engine.messages().send(Draft.text(UserId.of("alice"), ConversationId.parse(CHAT), "text"));
        }
        scene.run();
    }

    private static RawClient join(Scene scene, String user, @Nullable String epoch, ClientFrame.Position... resume) {
        RawClient client = scene.connect(user, user + "-1");
        client.write(new ClientFrame.Hello(1, user, user + "-1", List.of(resume), "test", epoch));
        scene.run();
        return client;
    }

    private static Welcome welcome(RawClient client) {
        return client.all(Welcome.class).get(0);
    }

    @Test
    void positionsOfThisLogHold() {
        send(scene, 10);
        RawClient bob = join(scene, "bob", OLD, at(CHAT, 8));

        assertThat(welcome(bob).resumed()).isTrue();
        assertThat(welcome(bob).epoch()).isEqualTo(OLD);
        assertThat(bob.seqs(CHAT)).containsExactly(9L, 10L);
    }

    @Test
    void aDeviceAheadOfTheLogIsToldAndGetsEverythingAboveItsStoredFloor() {
        send(scene, 10);
        RawClient before = scene.join("bob", "bob-1");
        before.ack(CHAT, 4);
        scene.pass(Duration.ofSeconds(1));

        RawClient bob = join(scene, "bob", OLD, at(CHAT, 11));
        assertThat(welcome(bob).resumed()).isFalse();
        assertThat(welcome(bob).epoch())
                .isNotEqualTo(OLD)
                .isEqualTo(scene.store.log().epoch());
        assertThat(bob.seqs(CHAT)).isEqualTo(seqs(5, 10));
    }

    @Test
    void everybodyElseIsClosedAndToldWhenTheyReturn() {
        send(scene, 10);
        RawClient alice = join(scene, "alice", OLD, at(CHAT, 10));
        RawClient carol = join(scene, "carol", null);
        RawClient bob = join(scene, "bob", OLD, at(CHAT, 40));

        assertThat(bob.closed).isNull();
        assertThat(List.of(alice.closed.code(), carol.closed.code())).containsOnly(CloseReason.GOING_AWAY);
        RawClient back = join(scene, "alice", OLD, at(CHAT, 10));
        assertThat(welcome(back).resumed()).isFalse();
        assertThat(welcome(back).epoch()).isEqualTo(welcome(bob).epoch());
        RawClient knowing = join(scene, "bob", welcome(bob).epoch(), at(CHAT, 10));
        assertThat(welcome(knowing).resumed()).isTrue();
    }

    @Test
    void aConversationThatTheLogDoesNotHaveIsAheadOfItToo() {
        RawClient bob = join(scene, "bob", OLD, at("direct:bob~carol", 1));
        assertThat(welcome(bob).resumed()).isFalse();
        assertThat(scene.store.log().epoch()).isNotEqualTo(OLD);
    }

    @Test
    void whatADeviceSaysOfOthersConversationsCountsForNothing() {
        send(scene, 10);
        scene.engine
                .groups()
                .create(
                        ConversationId.group("secret"),
                        UserId.of("alice"),
                        "s",
                        io.lastack.log.Change.History.ALL,
                        List.of());
        scene.run();
        RawClient eve = join(
                scene,
                "eve",
                OLD,
                at(CHAT, 1_000),
                at("group:secret", 1_000),
                at("group:unknown", 1),
                at("nonsense", 1),
                at("inbox:alice", 7));

        assertThat(welcome(eve).resumed()).isTrue();
        assertThat(scene.store.log().epoch()).isEqualTo(OLD);
    }

    @Test
    void aClientThatLiesBringsTheEpochDownOnceAndNoMore() {
        send(scene, 10);
        String first = welcome(join(scene, "bob", OLD, at(CHAT, 1_000))).epoch();
        RawClient alice = join(scene, "alice", first, at(CHAT, 10));
        RawClient liar = join(scene, "bob", first, at(CHAT, 1_000));

        assertThat(welcome(liar).resumed()).isFalse();
        assertThat(welcome(liar).epoch()).isEqualTo(first);
        assertThat(liar.seqs(CHAT)).isEqualTo(seqs(1, 10));
        assertThat(alice.closed).isNull();
    }

    @Test
    void aPositionOfAnotherEpochShowsNothing() {
        send(scene, 10);
        RawClient bob = join(scene, "bob", "of another log", at(CHAT, 1_000));

        assertThat(welcome(bob).resumed()).isFalse();
        assertThat(welcome(bob).epoch()).isEqualTo(OLD);
    }

    @Test
    void aClientWithoutAnEpochIsToldOfThePositionAlone() {
        send(scene, 10);
        RawClient bob = join(scene, "bob", null, at(CHAT, 1_000));

        assertThat(welcome(bob).resumed()).isTrue();
        assertThat(bob.saw(f -> f instanceof io.lastack.session.ServerFrame.Error e
                        && e.status().code() == 409))
                .isTrue();
        assertThat(scene.store.log().epoch()).isEqualTo(OLD);
    }

    @Test
    void whatARemovedMemberHasIsNotAheadOfTheLog() {
        ConversationId team = ConversationId.group("team");
        UserId alice = UserId.of("alice");
        scene.engine.groups().create(team, alice, "t", io.lastack.log.Change.History.ALL, List.of(UserId.of("bob")));
        scene.run();
        scene.engine.groups().remove(alice, team, List.of(UserId.of("bob")));
        scene.run();
        scene.engine.messages().send(Draft.text(alice, team, "x"));
        scene.run();

        RawClient bob = join(scene, "bob", OLD, at("group:team", 3));
        assertThat(welcome(bob).resumed()).isTrue();
    }

    @Test
    void whatAnErasedUserHadIsNotAheadOfTheLog() {
        send(scene, 10);
        scene.engine.privacy().erase(UserId.of("bob"));
        scene.pass(Duration.ofSeconds(5));

        RawClient bob = join(scene, "bob", OLD, at(CHAT, 10), at("inbox:bob", 0));
        assertThat(welcome(bob).resumed()).isTrue();
    }

    @Test
    void aStoreThatCannotRenewHasTheDeviceToldAlone() {
        ImStore unable = new FaultyStore();
        Scene without = new Scene(unable, b -> b);
        send(without, 10);
        String epoch = unable.log().epoch();
        RawClient alice = join(without, "alice", epoch);
        RawClient bob = join(without, "bob", epoch, at(CHAT, 11));

        assertThat(welcome(bob).resumed()).isFalse();
        assertThat(welcome(bob).epoch()).isEqualTo(epoch);
        assertThat(bob.seqs(CHAT)).isEqualTo(seqs(1, 10));
        assertThat(alice.closed).isNull();
    }
}
