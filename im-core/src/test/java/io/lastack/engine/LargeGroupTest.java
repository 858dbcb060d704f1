package io.lastack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.Change.History;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.receipt.Receipts;
import io.lastack.session.ClientFrame;
import io.lastack.session.GroupAction;
import io.lastack.session.ServerFrame;
import io.lastack.spi.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A group as large as the engine lets it grow by default, a fifth of it online. Times are printed, and not judged. */
class LargeGroupTest {
    private static final int MEMBERS = 10_000;
    private static final int ONLINE = 2_000;
    private static final int MESSAGES = 50;
    private static final int AT_ONCE = 500;
    /** Ten messages a second: two in each flush of positions. */
    private static final Duration PACE = Duration.ofMillis(100);

    private static final Duration SETTLED = Duration.ofSeconds(1);
    private static final ConversationId TOWN = ConversationId.group("town");

    private final Scene scene = new Scene();

    @Test
    void tenThousandMembersSendReadJoinAndLogInWithWorkThatFollowsWhoIsOnline() {
        RawClient owner = scene.join("owner");
        timed("create and fill with " + (MEMBERS - 1) + " members", this::fill);
        List<RawClient> online = new ArrayList<>();
        timed(
                "log in of " + ONLINE + " members",
                () -> IntStream.range(0, ONLINE).forEach(i -> online.add(joined(i))));

        long rows = scene.engine.counters().ackRowsWritten();
        long reads = scene.engine.counters().readRowsWritten();
        long receipts = scene.engine.counters().receiptsPushed();
        long deliveries = scene.engine.counters().deliveries();
        long first = scene.engine.messages().lastSeq(TOWN) + 1;
        timed("send " + MESSAGES + " messages", () -> {
            IntStream.range(0, MESSAGES).forEach(i -> {
                owner.send(TOWN.value(), "m" + i, "to all " + i);
                scene.pass(PACE);
            });
            scene.pass(SETTLED);
        });
        long last = first + MESSAGES - 1;
        assertThat(online)
                .allSatisfy(member -> assertThat(member.seqs(TOWN.value()))
                        .endsWith(last)
                        .containsSubsequence(Scene.seqs(first, last)));
        assertThat(scene.engine.counters().deliveries() - deliveries).isEqualTo((long) MESSAGES * (ONLINE + 1));

        timed("read of all by " + ONLINE + " members", () -> {
            online.forEach(member -> member.request(id -> new ClientFrame.Read(id, TOWN.value(), last)));
            scene.pass(SETTLED);
        });
        report(rows, reads, receipts);

        Receipts known = timed(
                "who has read, of " + MEMBERS, () -> scene.engine.receipts().readers(TOWN, last));
        assertThat(known.readBy()).hasSize(ONLINE);
        assertThat(known.unreadBy()).hasSize(MEMBERS - 1 - ONLINE);

        timed("a member leaves and joins again", () -> {
            online.get(0).request(id -> new ClientFrame.Group(id, TOWN.value(), new GroupAction.Leave()));
            scene.run();
            scene.engine.groups().add(UserId.of("owner"), TOWN, List.of(UserId.of("u0")));
            scene.run();
        });
        assertThat(online.get(1).seqs(TOWN.value())).endsWith(last + 1, last + 2);
        timed("one more log in", () -> joined(ONLINE + 1));
        List<Member> page = scene.engine.groups().members(TOWN, null, 100);
        assertThat(page).hasSize(100);
        assertThat(scene.engine.groups().info(TOWN).members()).isEqualTo(MEMBERS);
    }

    @Test
    void oneMemberMoreThanTheLimitIsRefusedAndTheGroupStaysAsItWas() {
        fill();
        RawClient owner = scene.join("owner");
        long id = owner.request(
                i -> new ClientFrame.Group(i, TOWN.value(), new GroupAction.AddMembers(List.of("one-too-many"))));
        scene.run();
        assertThat(owner.reply(id).status().code()).isEqualTo(409);
        assertThat(scene.engine.groups().info(TOWN).members()).isEqualTo(MEMBERS);
    }

    /** A message costs one stored row and a delivery for each connection; positions and receipts are gathered for both. */
    private void report(long rows, long reads, long receipts) {
        double perMessage = MESSAGES;
        long ackRows = scene.engine.counters().ackRowsWritten() - rows;
        long readRows = scene.engine.counters().readRowsWritten() - reads;
        long pushed = scene.engine.counters().receiptsPushed() - receipts;
        System.out.printf(
                "group of %,d, %,d online, a message: 1 row, %,d deliveries, %.1f ack rows, %.1f read rows, %.1f receipts%n",
                MEMBERS, ONLINE, ONLINE + 1, ackRows / perMessage, readRows / perMessage, pushed / perMessage);
        assertThat(ackRows).isLessThanOrEqualTo((long) MESSAGES * (ONLINE + 1) * 6 / 10);
        assertThat(readRows).isLessThanOrEqualTo(ONLINE + 1);
        assertThat(pushed).isLessThanOrEqualTo((long) MESSAGES * ONLINE * 6 / 10);
    }

    private void fill() {
        UserId owner = UserId.of("owner");
        scene.engine.groups().create(TOWN, owner, "Town", History.FROM_JOIN, List.of());
        for (int from = 0; from < MEMBERS - 1; from += AT_ONCE) {
            List<UserId> some = IntStream.range(from, Math.min(MEMBERS - 1, from + AT_ONCE))
                    .mapToObj(i -> UserId.of("u" + i))
                    .toList();
            scene.engine.groups().add(owner, TOWN, some);
            scene.run();
        }
    }

    private RawClient joined(int i) {
        RawClient client = scene.connect("u" + i, "phone");
        client.acksAtOnce = true;
        client.hello();
        scene.run();
        assertThat(client.saw(frame -> frame instanceof ServerFrame.Welcome)).isTrue();
        return client;
    }

    private static void timed(String what, Runnable work) {
        timed(what, () -> {
            work.run();
            return what;
        });
    }

    private static <T> T timed(String what, java.util.function.Supplier<T> work) {
        long from = System.nanoTime();
        T result = work.get();
        System.out.printf("group of %,d: %s: %,d ms%n", MEMBERS, what, (System.nanoTime() - from) / 1_000_000);
        return result;
    }
}
