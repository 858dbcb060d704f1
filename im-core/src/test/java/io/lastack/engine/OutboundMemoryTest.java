package io.lastack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.Change.History;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryLink;
import io.lastack.memory.MemoryTransport;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.Connection;
import io.lastack.session.EncodedFrame;
import io.lastack.session.FrameEncoder;
import io.lastack.session.Status;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.EngineRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class OutboundMemoryTest {
    private static final int MEMBERS = 200;
    private static final int MESSAGES = 60;
    private static final int BODY = 4_000;
    private static final long BOUND = 4L << 20;
    private static final UserId OWNER = UserId.of("owner");
    private static final ConversationId GROUP = ConversationId.group("g");

    private final Scene scene =
            new Scene(EngineOptions.defaults().withTotalOutboundBytes(BOUND).withWriteTimeout(Duration.ofMinutes(10)));
    private final List<RawClient> members = new ArrayList<>();

    @Test
    void manyWhoNeverReadHoldNoMoreMemoryThanTheBoundAndTheOthersGetEverything() {
        assemble();
        RawClient reader = members.get(0);
        reader.acksAtOnce = true;
        List<MemoryLink> links = scene.transport.links();
        links.subList(1, links.size()).forEach(MemoryLink::freeze);
        for (int i = 0; i < MESSAGES; i++) {
            scene.engine.messages().send(Draft.text(OWNER, GROUP, "x".repeat(BODY)));
            scene.run();
            assertThat(scene.engine.counters().outboundBytes()).isLessThanOrEqualTo(BOUND);
            assertThat(reader.seqs("group:g"))
                    .as("who keeps up does not wait for room")
                    .hasSize(i + 2);
        }
        // Unbounded, they would hold some 48 MB: the window of each takes all of the messages.
        assertThat(scene.engine.counters().outboundBytesPeak()).isBetween(BOUND / 8 * 5, BOUND);

        scene.pass(Duration.ofSeconds(20));
        assertThat(reader.seqs("group:g")).isEqualTo(Scene.seqs(1, MESSAGES + 1));
        assertThat(scene.engine.counters().consumersClosedForMemory()).isPositive();
        assertThat(scene.engine.counters().connectionsEnded()).containsKey(CloseReason.TOO_SLOW);
        assertThat(scene.engine.counters().outboundBytes()).isLessThan(BOUND / 4 * 3);
        assertThat(reader.closed).isNull();
    }

    @Test
    void manyWhoTakeWhatTheyAreSentAreNotClosedThoughTogetherTheyUseUpTheMemory() {
        var writeTakes = new AtomicReference<>(Duration.ZERO);
        scene.transport = MemoryTransport.to(
                (connection, handshake) ->
                        scene.engine.accept(new SlowConnection(connection, scene.runtime, writeTakes::get), handshake),
                scene.runtime);
        assemble();
        members.forEach(member -> member.acksAtOnce = true);
        writeTakes.set(Duration.ofMillis(600));
        int tight = 0;
        for (int i = 0; i < MESSAGES; i++) {
            scene.engine.messages().send(Draft.text(OWNER, GROUP, "x".repeat(BODY)));
            scene.pass(Duration.ofMillis(100));
            tight += scene.engine.counters().outboundBytes() > BOUND / 8 * 5 ? 1 : 0;
        }
        assertThat(tight).as("tenths of a second in which memory was tight").isGreaterThan(MESSAGES / 4);

        scene.pass(Duration.ofSeconds(20));
        assertThat(members).allSatisfy(member -> {
            assertThat(member.closed).isNull();
            assertThat(member.seqs("group:g")).isEqualTo(Scene.seqs(1, MESSAGES + 1));
        });
        assertThat(scene.engine.counters().consumersClosedForMemory()).isZero();
    }

    /** Takes a while for each packet, one after the other, and always the same. */
    private record SlowConnection(Connection to, EngineRuntime runtime, Supplier<Duration> writeTakes)
            implements Connection {
        @Override
        public FrameEncoder encoder() {
            return to.encoder();
        }

        @Override
        public void write(List<EncodedFrame> packet, WriteCallback done) {
            List<EncodedFrame> frames = List.copyOf(packet);
            if (writeTakes.get().isZero()) {
                to.write(frames, done);
            } else {
                runtime.schedule(writeTakes.get(), () -> to.write(frames, done));
            }
        }

        @Override
        public void ping() {
            to.ping();
        }

        @Override
        public void close(CloseReason reason) {
            to.close(reason);
        }

        @Override
        public void kill() {
            to.kill();
        }

        @Override
        public String remoteAddress() {
            return to.remoteAddress();
        }

        @Override
        public String transport() {
            return to.transport();
        }
    }

    @Test
    void whoAsksForMuchAndReadsNothingTakesNoRoomFromOthersWhoAreSentAndAnswered() {
        assemble();
        RawClient reader = members.get(0);
        reader.acksAtOnce = true;
        for (int i = 0; i < MESSAGES; i++) {
            scene.engine.messages().send(Draft.text(OWNER, GROUP, "x".repeat(BODY)));
            scene.run();
            members.forEach(member -> member.ack("group:g", head()));
        }
        List<MemoryLink> links = scene.transport.links();
        List<Status> large = new ArrayList<>();
        for (int i = 1; i < MEMBERS; i++) {
            RawClient deaf = members.get(i);
            deaf.whenReceived = links.get(i)::freeze;
            // The first answer is the last that it takes. The others are some 240 kB each, 96 MB for all members.
            deaf.write(new ClientFrame.Ping(1_000), fetchOfAll(1_001), fetchOfAll(1_002));
            scene.run();
            scene.engine.messages().send(Draft.text(OWNER, GROUP, "here"));
            long ping = reader.request(ClientFrame.Ping::new);
            scene.run();
            assertThat(scene.engine.counters().outboundBytes()).isLessThanOrEqualTo(BOUND);
            assertThat(reader.seqs("group:g")).endsWith(head());
            assertThat(reader.reply(ping).status()).isEqualTo(Status.OK);
            large.add(reader.reply(fetch(reader)).status());
        }
        assertThat(scene.engine.counters().outboundBytesPeak()).isGreaterThan(BOUND / 8 * 5);
        assertThat(large)
                .as("what is more than a share, where there is room and where there is none")
                .contains(Status.OK)
                .anyMatch(status -> status.code() == 503 && status.retryAfterMillis() > 0)
                .allMatch(status -> status.isOk() || status.code() == 503);

        scene.pass(Duration.ofSeconds(20));
        assertThat(reader.closed).isNull();
        assertThat(reader.reply(fetch(reader)).status()).isEqualTo(Status.OK);
    }

    private long fetch(RawClient member) {
        long request = member.request(OutboundMemoryTest::fetchOfAll);
        scene.run();
        return request;
    }

    private static ClientFrame fetchOfAll(long request) {
        return new ClientFrame.Fetch(request, GROUP.value(), 1, 0, MESSAGES);
    }

    private long head() {
        return scene.engine.messages().lastSeq(GROUP);
    }

    @Test
    void afterTheLastConnectionNothingIsHeld() {
        assemble();
        scene.transport.links().subList(0, 100).forEach(MemoryLink::freeze);
        for (int i = 0; i < MESSAGES; i++) {
            scene.engine.messages().send(Draft.text(OWNER, GROUP, "x".repeat(BODY)));
        }
        scene.run();
        scene.transport.links().forEach(MemoryLink::cut);
        scene.pass(Duration.ofSeconds(20));
        assertThat(scene.engine.presence().connections()).isZero();
        assertThat(scene.engine.counters().outboundBytes()).isZero();
        assertThat(scene.runtime.pending()).as("timers").isZero();
    }

    private void assemble() {
        List<UserId> users = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            users.add(UserId.of("u" + i));
        }
        scene.engine.groups().create(GROUP, OWNER, "g", History.ALL, users);
        scene.run();
        users.forEach(user -> members.add(scene.join(user.value())));
        members.forEach(member -> member.ack("group:g", 1));
        scene.run();
    }
}
