package io.lastack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.UserId;
import io.lastack.session.Body;
import io.lastack.session.ClientFrame;
import io.lastack.session.Result;
import io.lastack.session.RoomAction;
import io.lastack.session.ServerFrame;
import io.lastack.spi.AccessPolicy;
import io.lastack.spi.ClusterOptions;
import io.lastack.spi.PresenceOptions;
import io.lastack.spi.RoomListener;
import io.lastack.spi.UserContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rooms, on one node and on three. */
class RoomTest {
    private final List<String> heard = new ArrayList<>();
    private final Nodes nodes = new Nodes(
            8,
            b -> b.roomListener(new RoomListener() {
                @Override
                public void joined(String room, UserId user) {
                    heard.add(user + " joined " + room);
                }

                @Override
                public void left(String room, UserId user) {
                    heard.add(user + " left " + room);
                }
            }));

    private static ServerFrame.Reply act(Scene scene, RawClient client, String room, RoomAction action) {
        long id = client.request(n -> new ClientFrame.Room(n, room, action));
        scene.run();
        return client.reply(id);
    }

    private static int join(Scene scene, RawClient client, String room) {
        return ((Result.Room) act(scene, client, room, new RoomAction.Join()).result()).count();
    }

    private static RoomAction say(String event, String text) {
        return new RoomAction.Publish(event, Body.of(text));
    }

    private static List<String> events(RawClient client) {
        return client.all(ServerFrame.RoomEvent.class).stream()
                .map(e -> e.sender() + " " + e.event() + " " + e.payload().text())
                .toList();
    }

    /** Watching a film together: one plays, pauses and seeks, and everybody else's player follows. */
    @Test
    void playersInARoomFollowOneAnotherOnAllNodes() {
        RawClient alice = nodes.node(0).join("alice");
        RawClient bob = nodes.node(1).join("bob");
        RawClient carol = nodes.node(2).join("carol");
        assertThat(join(nodes.node(0), alice, "film")).isEqualTo(1);
        assertThat(join(nodes.node(1), bob, "film")).isEqualTo(2);
        assertThat(join(nodes.node(2), carol, "film")).isEqualTo(3);

        act(nodes.node(0), alice, "film", say("play", "{\"position\":0}"));
        act(nodes.node(1), bob, "film", say("pause", "{\"position\":12.5}"));
        act(nodes.node(0), alice, "film", say("seek", "{\"position\":60}"));
        nodes.run();

        assertThat(events(carol))
                .containsExactly(
                        "alice play {\"position\":0}", "bob pause {\"position\":12.5}", "alice seek {\"position\":60}");
        assertThat(events(bob)).containsExactly("alice play {\"position\":0}", "alice seek {\"position\":60}");
        assertThat(events(alice)).containsExactly("bob pause {\"position\":12.5}");
        assertThat(nodes.node(2).engine.rooms().members("film"))
                .extracting(UserId::value)
                .containsExactly("alice", "bob", "carol");
    }

    @Test
    void whoJoinsAndSpeaksInOnePacketIsHeard() {
        Scene scene = new Scene();
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        join(scene, alice, "lobby");
        bob.write(
                new ClientFrame.Room(7, "lobby", new RoomAction.Join()),
                new ClientFrame.Room(8, "lobby", say("hello", "there")));
        scene.run();
        assertThat(events(alice)).containsExactly("bob hello there");
        assertThat(bob.reply(8).result()).isEqualTo(new Result.Room("lobby", 0));
    }

    @Test
    void whoIsNotInTheRoomNeitherHearsNorSpeaks() {
        Scene scene = new Scene();
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        join(scene, alice, "lobby");
        assertThat(act(scene, bob, "lobby", say("hello", "")).status().code()).isEqualTo(403);

        join(scene, bob, "lobby");
        Result.Room left =
                (Result.Room) act(scene, bob, "lobby", new RoomAction.Leave()).result();
        assertThat(left.count()).isEqualTo(1);
        act(scene, alice, "lobby", say("hello", ""));
        assertThat(events(bob)).isEmpty();
    }

    @Test
    void aRoomIsLeftWhenTheConnectionEnds() {
        RawClient alice = nodes.node(0).join("alice");
        RawClient phone = nodes.node(0).join("alice", "alice-2");
        join(nodes.node(0), alice, "lobby");
        assertThat(join(nodes.node(0), phone, "lobby"))
                .as("one user, two devices")
                .isEqualTo(1);

        alice.link.close();
        nodes.run();
        assertThat(nodes.node(1).engine.rooms().count("lobby")).isEqualTo(1);
        phone.link.close();
        nodes.run();
        assertThat(nodes.node(1).engine.rooms().count("lobby")).isZero();
        assertThat(heard).containsExactly("alice joined lobby", "alice left lobby");
        assertThat(nodes.node(0).engine.counters().roomsHere()).isZero();
        assertThat(nodes.node(0).engine.counters().busChannels()).isZero();
    }

    @Test
    void aDirectoryThatForgotIsFilledAgainAndADeadNodeDoesNotCount() {
        RawClient alice = nodes.node(0).join("alice");
        join(nodes.node(0), alice, "lobby");
        nodes.directory.begin("dead", ClusterOptions.defaults().lease());
        nodes.directory.enterRooms(List.of(new io.lastack.spi.RoomPlace("lobby", UserId.of("ghost"), "dead")));
        assertThat(nodes.node(1).engine.rooms().count("lobby")).isEqualTo(2);
        nodes.pass(ClusterOptions.defaults().lease().plusSeconds(1));
        assertThat(nodes.node(1).engine.rooms().count("lobby")).isEqualTo(1);

        nodes.directory.end("node-0");
        assertThat(nodes.node(1).engine.rooms().count("lobby")).isZero();
        nodes.pass(ClusterOptions.defaults().lease());
        assertThat(nodes.node(1).engine.rooms().count("lobby")).isEqualTo(1);
    }

    @Test
    void limitsAndThePolicyAreKept() {
        Scene scene = new Scene(b -> b.presence(PresenceOptions.defaults().withRooms(2, 1, 4))
                .policy(new AccessPolicy() {
                    @Override
                    public boolean mayJoinRoom(UserContext user, String room) {
                        return !room.startsWith("private");
                    }
                }));
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        assertThat(act(scene, alice, "private-1", new RoomAction.Join())
                        .status()
                        .code())
                .isEqualTo(403);
        assertThat(act(scene, alice, "no room", new RoomAction.Join()).status().code())
                .isEqualTo(400);
        join(scene, alice, "one");
        assertThat(act(scene, bob, "one", new RoomAction.Join()).status().message())
                .contains("at most 1");
        join(scene, alice, "two");
        assertThat(act(scene, alice, "three", new RoomAction.Join()).status().code())
                .isEqualTo(422);
        assertThat(act(scene, alice, "two", new RoomAction.Join()).status().code())
                .isEqualTo(200);
        assertThat(act(scene, alice, "two", say("e", "12345")).status().code()).isEqualTo(413);
        assertThat(act(scene, alice, "two", say("", "1")).status().code()).isEqualTo(400);
    }

    @Test
    void aSlowConsumerLosesRoomEventsAndNoMessage() {
        Scene scene = new Scene();
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        join(scene, alice, "lobby");
        join(scene, bob, "lobby");
        scene.transport.links().get(1).freeze();
        for (int i = 0; i < 10_000; i++) {
            alice.write(new ClientFrame.Room(100 + i, "lobby", say("e", "x")));
            if (i % 500 == 0) {
                scene.run();
            }
        }
        scene.run();
        assertThat(bob.closed).isNull();
        assertThat(scene.engine.counters().roomEventsDropped()).isPositive();
        scene.transport.links().get(1).cut();
        alice.send("user:bob", "m1", "x");
        scene.run();
        assertThat(scene.join("bob").seqs("direct:alice~bob")).containsExactly(1L);
    }

    @Test
    void theHostSpeaksInARoomAndToEverybodyOnline() {
        RawClient alice = nodes.node(0).join("alice");
        RawClient bob = nodes.node(1).join("bob");
        join(nodes.node(1), bob, "lobby");
        UserId host = UserId.of("host");
        nodes.node(2).engine.rooms().publish(host, "lobby", "news", Body.of("for the room"));
        nodes.node(2).engine.rooms().broadcast(host, "news", Body.of("for all"));
        nodes.run();
        assertThat(events(alice)).containsExactly("host news for all");
        assertThat(events(bob)).containsExactly("host news for the room", "host news for all");
        assertThat(alice.all(ServerFrame.RoomEvent.class).get(0).room()).isEqualTo("*");
        nodes.pass(Duration.ofSeconds(1));
    }
}
