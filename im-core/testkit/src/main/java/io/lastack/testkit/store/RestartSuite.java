package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.cursor.AdvanceOutcome;
import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.error.StoreException;
import io.lastack.log.AppendOutcome.AlreadyAppended;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.AppendOutcome.Refused;
import io.lastack.log.Change.History;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.Payload;
import io.lastack.log.UserId;
import io.lastack.receipt.MemberState;
import io.lastack.spi.ConversationInfo;
import io.lastack.spi.DeviceStart;
import io.lastack.spi.Member;
import io.lastack.spi.MessageLog;
import io.lastack.spi.Subscription;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What outlives a close. */
abstract class RestartSuite extends StoreSuite {
    private final DurableStoreContract contract;

    RestartSuite(DurableStoreContract contract) {
        super(contract);
        this.contract = contract;
    }

    @Test
    void everyMessageIsThereAsItWas() throws Exception {
        ConversationId direct = ConversationId.direct(alice, bob);
        send(bob, direct, 300);
        append(
                draft(
                        alice,
                        direct,
                        Content.text("\u00fc \ud83d\ude00")
                                .withExt(Map.of("k", "v"))
                                .withReplyTo(7)),
                draft(alice, direct, Content.message("file", Payload.bytes(new byte[] {0, -1, 127}))));
        List<Message> before = read(direct);
        contract.restart();

        assertThat(read(direct)).isEqualTo(before).hasSize(302);
        assertThat(log().heads(List.of(direct))).isEqualTo(Map.of(direct, 302L));
    }

    @Test
    void seqsGoOnWhereTheyEnded() throws Exception {
        ConversationId direct = directWith(5);
        contract.restart();

        assertThat(send(bob, direct)).isEqualTo(6);
        contract.restart();
        assertThat(send(bob, direct)).isEqualTo(7);
        assertThat(seqs(read(direct))).isEqualTo(seqs(1, 7));
    }

    @Test
    void repeatsAreKnown() throws Exception {
        Draft draft = text(alice, directWith(3));
        appended(draft);
        send(bob, draft.conversation(), 3);
        contract.restart();

        assertThat(log().append(List.of(draft, text(alice, draft.conversation()), draft), SENT_AT + 1))
                .containsExactly(
                        new AlreadyAppended(4, SENT_AT), new Appended(8, SENT_AT + 1), new AlreadyAppended(4, SENT_AT));
    }

    @Test
    void groupsAndTheirMembersAreThere() throws Exception {
        ConversationId group = newGroup(group("g"), "n\u00e4me", History.FROM_JOIN, bob);
        add(group, carol);
        remove(group, bob);
        Optional<ConversationInfo> info = memberships().find(group);
        List<Member> members = memberships().members(group, null, 10);
        List<Subscription> left = memberships().subscriptions(bob, phone, null, 10);
        contract.restart();

        assertThat(memberships().find(group)).isEqualTo(info).isPresent();
        assertThat(memberships().members(group, null, 10)).isEqualTo(members).hasSize(2);
        assertThat(memberships().subscriptions(bob, phone, null, 10))
                .isEqualTo(left)
                .hasSize(1);
        assertThat(add(group, bob)).isEqualTo(4);
        assertThat(subscription(bob, group).firstSeq()).isEqualTo(4);
    }

    @Test
    void aDissolvedGroupStaysDissolved() throws Exception {
        ConversationId group = newGroup("g", History.ALL, bob);
        dissolve(group);
        contract.restart();

        assertThat(append(text(alice, group)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Refused.class, r -> assertThat(r.reason()).isEqualTo(Reason.CONFLICT));
    }

    @Test
    void positionsAreThere() throws Exception {
        ConversationId direct = directWith(9);
        ack(direct, bob, phone, 6, 6_000);
        read(direct, bob, 5, 7_000);
        List<MemberState> states = memberships().entitled(direct, 1);
        contract.restart();

        assertThat(memberships().entitled(direct, 1))
                .containsExactlyInAnyOrderElementsOf(states)
                .hasSize(2);
        assertThat(subscription(bob, phone, direct).lastAck()).isEqualTo(6);
        assertThat(subscription(bob, phone, direct).unread()).isEqualTo(4);
        assertThat(ack(direct, bob, phone, 5)).isEqualTo(AdvanceOutcome.UNCHANGED);
    }

    @Test
    void devicesAreKnown() throws Exception {
        ConversationId direct = directWith(9);
        cursors().register(alice, phone, DeviceStart.HEAD);
        contract.restart();

        assertThat(cursors().register(alice, phone, DeviceStart.FIRST_VISIBLE)).isFalse();
        assertThat(cursors().register(alice, laptop, DeviceStart.FIRST_VISIBLE)).isTrue();
        assertThat(subscription(alice, phone, direct).lastAck()).isEqualTo(9);
    }

    @Test
    void theEpochIsTheSame() throws Exception {
        String epoch = log().epoch();
        contract.restart();

        assertThat(log().epoch()).isNotBlank().isEqualTo(epoch);
    }

    @Test
    void manyRestartsLoseNothing() throws Exception {
        UserId[] users = {alice, bob};
        ConversationId direct = ConversationId.direct(alice, bob);
        for (int i = 1; i <= 4; i++) {
            send(users[i % 2], direct, 10);
            contract.restart();
            assertThat(seqs(read(direct))).isEqualTo(seqs(1, i * 10L));
        }
    }

    @Test
    void whatWasConfirmedBeforeACloseInTheMidstOfWritesIsThere() throws Exception {
        ConversationId direct = ConversationId.direct(alice, bob);
        MessageLog closing = log();
        CountDownLatch confirmed = new CountDownLatch(40);
        List<Callable<List<Message>>> tasks =
                new ArrayList<>(Collections.nCopies(3, () -> appendUntilClosed(closing, direct, confirmed)));
        tasks.add(() -> {
            assertThat(confirmed.await(30, TimeUnit.SECONDS)).isTrue();
            contract.restart();
            return List.of();
        });

        List<Message> expected =
                Together.run(tasks).stream().flatMap(List::stream).toList();

        List<Message> found = read(direct);
        assertThat(expected).hasSizeGreaterThanOrEqualTo(40);
        assertThat(found).containsAll(expected);
        assertThat(seqs(found)).isEqualTo(seqs(1, found.size()));
    }

    /** Appends until the store is closed, but not for ever. @return what was confirmed */
    private List<Message> appendUntilClosed(MessageLog log, ConversationId direct, CountDownLatch confirmed) {
        List<Message> messages = new ArrayList<>();
        try {
            for (int i = 0; i < 2_000; i++) {
                Draft draft = text(alice, direct);
                if (log.append(List.of(draft), SENT_AT).get(0) instanceof Appended appended) {
                    messages.add(draft.at(appended.seq(), SENT_AT));
                    confirmed.countDown();
                }
            }
        } catch (StoreException e) {
            // What a closed store answers: the messages so far are what was confirmed.
            return messages;
        } finally {
            LongStream.range(0, confirmed.getCount()).forEach(i -> confirmed.countDown());
        }
        return messages;
    }
}
