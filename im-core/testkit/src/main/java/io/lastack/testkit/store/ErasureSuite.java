package io.lastack.testkit.store;

import static io.lastack.cursor.AdvanceOutcome.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.log.AppendOutcome.AlreadyAppended;
import io.lastack.log.AppendOutcome.Refused;
import io.lastack.log.Change.History;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.Payload;
import io.lastack.log.Reaction;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.spi.DeviceStart;
import io.lastack.spi.LogPage;
import io.lastack.spi.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Erasing users: for stores that declare it. */
final class ErasureSuite extends StoreSuite {
    private static final int MAX_STEPS = 100_000;

    ErasureSuite(StoreContract contract) {
        super(contract);
    }

    @Test
    void theUsersMessagesAreBlankInTheirPlacesAndOthersAreAsTheyWere() {
        ConversationId direct = ConversationId.direct(alice, bob);
        UserId namesake = UserId.of(alice + "2");
        append(
                draft(alice, direct, rich(Content.MESSAGE)),
                draft(bob, direct, rich(Content.MESSAGE)),
                draft(alice, direct, Content.message("file", Payload.bytes(new byte[] {1, 2}))),
                draft(namesake, direct, rich(Content.MESSAGE)),
                draft(alice, direct, rich(Content.EDIT)),
                draft(alice, direct, rich("x-host")));
        List<Message> before = read(direct);

        erase(alice, 100);

        assertThat(read(direct)).isEqualTo(blanked(before, alice));
        assertThat(read(direct))
                .filteredOn(m -> m.content().payload().size() > 0)
                .hasSize(2);
        assertThat(send(bob, direct)).isEqualTo(7);
    }

    @Test
    void whatTheUserSentWhereItIsNoMemberIsBlankToo() {
        ConversationId inbox = ConversationId.inbox(bob);
        ConversationId left = newGroup("g", History.ALL, bob);
        append(draft(carol, inbox, notification()), draft(alice, inbox, notification()));
        append(draft(carol, left, rich(Content.MESSAGE)), draft(bob, left, rich(Content.MESSAGE)));
        add(left, carol);
        append(draft(carol, left, rich(Content.MESSAGE)));
        remove(left, carol);
        List<List<Message>> before = List.of(read(inbox), read(left));

        erase(carol, 100);

        assertThat(List.of(read(inbox), read(left)))
                .isEqualTo(before.stream().map(log -> blanked(log, carol)).toList());
        assertThat(read(inbox).get(0).content().ext()).isEmpty();
        assertThat(read(left).get(1).content().payload().size()).isZero();
    }

    @Test
    void editsAndReactionsOfTheUserGoAndWhatOthersMadeOfItsMessagesToo() {
        ConversationId direct = ConversationId.direct(alice, bob);
        append(
                draft(alice, direct, Content.text("private").withMentions(List.of(bob))),
                draft(bob, direct, Content.text("of bob").withMentions(List.of(alice))),
                draft(alice, direct, edit(1, "private 2", bob)),
                draft(bob, direct, edit(1, "private 3", bob)),
                draft(bob, direct, edit(2, "of bob 2", alice)),
                draft(alice, direct, Reaction.content(2, "+1", false)),
                draft(bob, direct, Reaction.content(1, "+1", false)),
                draft(bob, direct, Reaction.content(2, "+2", false)));
        assertThat(subscription(bob, direct).mentions()).isEqualTo(1);

        erase(alice, 1);

        assertThat(read(direct).get(0).content().revisedBy()).isEqualTo(4);
        assertThat(read(direct))
                .filteredOn(m -> m.content().payload().size() > 0)
                .extracting(Message::seq)
                .containsExactly(2L, 5L, 7L, 8L);
        assertThat(subscription(bob, direct).mentions()).isZero();
        assertThat(subscription(bob, direct).unread()).isEqualTo(1);
        assertThat(log().reactions(direct, new SeqRange(1, 100), 100))
                .containsExactly(new Reaction(1, bob, "+1", 7), new Reaction(2, bob, "+2", 8));
        assertThat(append(draft(alice, direct, edit(1, "back", bob))))
                .singleElement()
                .isInstanceOfSatisfying(
                        Refused.class, r -> assertThat(r.reason()).isEqualTo(Reason.CONFLICT));
    }

    private static Content edit(long target, String body, UserId mentioned) {
        return Content.edit(target, Payload.text(body), Map.of(), List.of(mentioned));
    }

    @Test
    void entriesAboutMembersStayAsTheyWere() {
        ConversationId group = newGroup("g", History.ALL, bob);
        append(draft(
                alice,
                group,
                new Content(Content.MEMBERSHIP, "text", Payload.EMPTY, Map.of("change", "joined"), 0, List.of(), 0)));
        send(alice, group);
        List<Message> before = read(group);

        erase(alice, 100);

        assertThat(read(group).subList(0, 2)).isEqualTo(before.subList(0, 2));
        assertThat(read(group).get(2).content().payload().size()).isZero();
    }

    @Test
    void theUserBelongsNowhereAndIsEntitledToNothing() {
        ConversationId direct = directWith(4);
        ConversationId group = newGroup("g", History.ALL, bob, carol);
        ConversationId left = newGroup("h", History.ALL, bob, carol);
        remove(left, bob);

        erase(bob, 100);

        assertThat(memberships().subscriptions(bob, phone, null, 10)).isEmpty();
        assertThat(memberships().subscriptions(bob, phone, List.of(direct, group, left)))
                .isEmpty();
        assertThat(entitled(direct, 1)).containsExactly(alice);
        assertThat(entitled(group, 1)).containsExactlyInAnyOrder(alice, carol);
        assertThat(entitled(left, 1)).containsExactlyInAnyOrder(alice, carol);
        assertThat(memberships().members(group, List.of(bob))).isEmpty();
        assertThat(memberships().members(group, null, 10)).hasSize(2);
        assertThat(memberships().find(group).orElseThrow().members()).isEqualTo(2);
        assertThat(memberships().find(left).orElseThrow().members()).isEqualTo(2);
    }

    @Test
    void aLateAckOrReadIsRefusedAndBringsNothingBack() {
        ConversationId group = newGroup("g", History.ALL, bob);
        ConversationId direct = directWith(4);
        ack(group, bob, phone, 1);
        ack(direct, bob, phone, 2);
        read(direct, bob, 3, 9);

        erase(bob, 100);

        assertThat(ack(group, bob, phone, 1)).isEqualTo(REFUSED);
        assertThat(ack(direct, bob, phone, 4)).isEqualTo(REFUSED);
        assertThat(read(direct, bob, 4, 10)).isEqualTo(REFUSED);
        assertThat(memberships().subscriptions(bob, phone, null, 10)).isEmpty();
        assertThat(subscription(alice, direct).peerAck()).isZero();
        assertThat(subscription(alice, direct).peerRead()).isZero();
        assertThat(entitled(direct, 1)).containsExactly(alice);
    }

    @Test
    void theUsersDevicesAreUnknown() {
        ConversationId group = newGroup("g", History.ALL, bob);
        send(alice, group, 5);
        cursors().register(bob, phone, DeviceStart.HEAD);
        cursors().register(bob, laptop, DeviceStart.HEAD);
        cursors().register(carol, phone, DeviceStart.HEAD);

        erase(bob, 100);

        assertThat(cursors().register(bob, phone, DeviceStart.HEAD)).isTrue();
        assertThat(cursors().register(bob, phone, DeviceStart.HEAD)).isFalse();
        assertThat(cursors().register(bob, laptop, DeviceStart.HEAD)).isTrue();
        assertThat(cursors().register(carol, phone, DeviceStart.HEAD)).isFalse();
    }

    @Test
    void whoIsAddedAgainStartsAnew() {
        ConversationId group = newGroup("g", History.ALL, bob);
        send(alice, group, 5);
        ack(group, bob, phone, 6);
        read(group, bob, 6, 9);

        erase(bob, 100);
        add(group, bob);

        Subscription anew = subscription(bob, group);
        assertThat(List.of(anew.firstSeq(), anew.lastAck(), anew.lastRead(), anew.unread()))
                .containsExactly(1L, 0L, 0L, 5L);
        assertThat(cursors().register(bob, phone, DeviceStart.FIRST_UNACKNOWLEDGED))
                .isTrue();
        assertThat(subscription(bob, group).lastAck()).isZero();
    }

    @Test
    void theInboxIsEmptyAndItsSeqsGoOn() {
        ConversationId inbox = ConversationId.inbox(bob);
        send(alice, inbox, 12);

        erase(bob, 5);

        LogPage page = page(inbox, new SeqRange(1, 100), 1_000);
        assertThat(page.messages()).isEmpty();
        assertThat(page.trimmedThrough()).isEqualTo(12);
        assertThat(send(alice, inbox)).isEqualTo(13);
    }

    @Test
    void othersCountsAndPositionsAreWhatTheyWere() {
        ConversationId group = newGroup("g", History.ALL, bob, carol);
        send(bob, group, 5);
        send(carol, group, 2);
        ack(group, carol, phone, 4);
        read(group, carol, 3, 9);
        Subscription before = subscription(carol, group);
        assertThat(before.unread()).isEqualTo(3);

        erase(bob, 2);

        assertThat(subscription(carol, group)).isEqualTo(before);
        assertThat(entitled(group, 1)).containsExactlyInAnyOrder(alice, carol);
        assertThat(ack(group, carol, phone, 3)).isEqualTo(io.lastack.cursor.AdvanceOutcome.UNCHANGED);
    }

    @Test
    void aRepeatIsStillKnownAndStaysBlank() {
        Draft draft = text(alice, ConversationId.direct(alice, bob));
        append(draft);

        erase(alice, 100);

        assertThat(log().append(List.of(draft), SENT_AT + 1)).containsExactly(new AlreadyAppended(1, SENT_AT));
        assertThat(read(draft.conversation()))
                .singleElement()
                .satisfies(m -> assertThat(m.content().payload().size()).isZero());
    }

    @Test
    void eachStepMayBeAsSmallAsCanBe() {
        List<ConversationId> conversations =
                users(40).stream().map(u -> ConversationId.direct(alice, u)).toList();
        for (int round = 0; round < 3; round++) {
            log().append(conversations.stream().map(c -> text(alice, c)).toList(), SENT_AT);
        }
        send(bob, ConversationId.inbox(alice), 3);

        erase(alice, 1);

        assertThat(memberships().subscriptions(alice, phone, null, 10)).isEmpty();
        assertThat(conversations)
                .allSatisfy(c -> assertThat(read(c))
                        .hasSize(3)
                        .allSatisfy(
                                m -> assertThat(m.content().payload().size()).isZero()));
        assertThat(read(ConversationId.inbox(alice))).isEmpty();
    }

    @Test
    void whoIsErasedTwiceOrWasInterruptedIsErased() {
        ConversationId direct = directWith(30);
        ConversationId other = ConversationId.direct(alice, carol);
        send(alice, other, 30);
        String begun = erasure().erase(alice, null, 1);
        for (int step = 0; begun != null && step < 3; step++) {
            begun = erasure().erase(alice, begun, 1);
        }

        erase(alice, 7);
        erase(alice, 7);

        for (ConversationId conversation : List.of(direct, other)) {
            assertThat(read(conversation))
                    .hasSize(30)
                    .allSatisfy(m -> assertThat(m.content().payload().size()).isZero());
        }
        erase(user("nobody"), 7);
        assertThat(memberships().find(direct).orElseThrow().members()).isEqualTo(1);
    }

    @Test
    void whoIsErasedWhileOthersWriteLeavesTheirLogsWhole() throws Exception {
        ConversationId group = newGroup("g", History.ALL, bob, carol);
        send(carol, group, 50);
        List<Callable<Boolean>> tasks = new ArrayList<>();
        tasks.add(() -> {
            erase(carol, 3);
            return true;
        });
        for (UserId user : List.of(alice, bob)) {
            tasks.add(() -> {
                IntStream.range(0, 40).forEach(i -> send(user, group));
                return true;
            });
        }

        Together.run(tasks);
        assertThat(seqs(read(group))).isEqualTo(seqs(1, 131));
        assertThat(read(group))
                .filteredOn(m -> m.content().payload().size() > 0)
                .hasSize(80)
                .noneMatch(m -> m.sender().equals(carol));
    }

    @Test
    void boundsThatMeanNothingAreRefused() {
        ConversationId direct = directWith(1);

        assertThatIllegalArgumentException().isThrownBy(() -> erasure().erase(alice, null, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> erasure().erase(alice, "not a position", 1));
        assertThat(read(direct).get(0).content().payload().size()).isPositive();
    }

    private void erase(UserId user, int limit) {
        String position = null;
        for (int step = 0; step < MAX_STEPS; step++) {
            position = erasure().erase(user, position, limit);
            if (position == null) {
                return;
            }
        }
        throw new AssertionError("not done after " + MAX_STEPS + " steps, at " + position);
    }

    private static List<Message> blanked(List<Message> log, UserId user) {
        return log.stream().map(m -> m.sender().equals(user) ? blank(m) : m).toList();
    }

    private static Message blank(Message m) {
        return new Message(
                m.conversation(),
                m.seq(),
                m.sentAt(),
                m.sender(),
                m.clientMessageId(),
                m.content().erased());
    }

    private Content rich(String kind) {
        return new Content(kind, "text", Payload.text("private"), Map.of("private", "too"), 1, List.of(bob, carol), 1);
    }

    private static Content notification() {
        return new Content(
                Content.NOTIFICATION, "friend-request", Payload.EMPTY, Map.of("remark", "private"), 0, List.of(), 0);
    }
}
