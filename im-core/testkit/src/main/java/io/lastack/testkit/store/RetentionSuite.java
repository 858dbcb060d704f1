package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.log.AppendOutcome.AlreadyAppended;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.AppendOutcome.Refused;
import io.lastack.log.Change.CreateGroup;
import io.lastack.log.Change.History;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.Payload;
import io.lastack.log.Reaction;
import io.lastack.log.SeqRange;
import io.lastack.receipt.MemberState;
import io.lastack.spi.Audience;
import io.lastack.spi.DeviceStart;
import io.lastack.spi.LogPage;
import io.lastack.spi.LogRetention;
import io.lastack.spi.Subscription;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Deleting the beginnings of logs: for stores that declare it. */
final class RetentionSuite extends StoreSuite {
    private static final long EVER = Long.MAX_VALUE;
    private static final int ALL = Integer.MAX_VALUE;

    RetentionSuite(StoreContract contract) {
        super(contract);
    }

    @Test
    void theOldestMessagesAreGoneAndTheOthersAreAsTheyWere() {
        ConversationId direct = directWith(100);
        List<Message> before = read(direct);

        assertThat(retention().trim(direct, 40, EVER, ALL)).isEqualTo(40);
        assertThat(read(direct)).isEqualTo(before.subList(40, 100));
    }

    @Test
    void aDeletedMessageIsForNobody() {
        ConversationId direct = directWith(5);
        retention().trim(direct, 2, EVER, ALL);

        assertThat(audience(direct, 2)).isEqualTo(new Audience(null, 2, List.of()));
        assertThat(audience(direct, 3).sender()).isNotNull();
        assertThat(audience(direct, 3).trimmedThrough()).isEqualTo(2);
    }

    @Test
    void aReaderIsToldWhereTheLogBegins() {
        ConversationId direct = directWith(100);
        retention().trim(direct, 40, EVER, ALL);

        for (long first : new long[] {1, 40, 41, 70, 101}) {
            LogPage page = page(direct, new SeqRange(first, 200), ALL);
            assertThat(page.trimmedThrough()).as("from %s", first).isEqualTo(40);
            assertThat(seqs(page.messages())).as("from %s", first).isEqualTo(seqs(Math.max(41, first), 100));
        }
        assertThat(page(direct, new SeqRange(3, 40), 1).messages()).isEmpty();
        assertThat(seqs(page(direct, new SeqRange(3, 41), 1).messages())).containsExactly(41L);
    }

    @Test
    void seqsGoOnAboveTheHeadThoughEverythingIsGone() {
        ConversationId direct = directWith(7);

        assertThat(retention().trim(direct, 100, EVER, ALL)).isEqualTo(7);
        assertThat(read(direct)).isEmpty();
        assertThat(log().heads(List.of(direct))).containsEntry(direct, 7L);
        assertThat(send(bob, direct)).isEqualTo(8);
        assertThat(seqs(read(direct))).containsExactly(8L);
        assertThat(retention().trim(direct, 8, EVER, ALL)).isEqualTo(8);
        assertThat(send(bob, direct)).isEqualTo(9);
    }

    @Test
    void noMoreIsDeletedAtOnceThanAskedFor() {
        ConversationId direct = directWith(100);

        assertThat(retention().trim(direct, 60, EVER, 25)).isEqualTo(25);
        assertThat(seqs(read(direct))).isEqualTo(seqs(26, 100));
        assertThat(retention().trim(direct, 60, EVER, 25)).isEqualTo(50);
        assertThat(retention().trim(direct, 60, EVER, 25)).isEqualTo(60);
        assertThat(retention().trim(direct, 60, EVER, 25)).isEqualTo(60);
        assertThat(seqs(read(direct))).isEqualTo(seqs(61, 100));
    }

    @Test
    void whatWasNotSentBeforeTheTimeStaysWithAllAboveIt() {
        ConversationId direct = ConversationId.direct(alice, bob);
        for (long sentAt : new long[] {1_000, 2_000, 5_000, 1_500, 9_000}) {
            log().append(List.of(text(alice, direct)), sentAt);
        }

        assertThat(retention().trim(direct, EVER, 1_000, ALL)).isZero();
        assertThat(retention().trim(direct, EVER, 1_001, ALL)).isEqualTo(1);
        assertThat(retention().trim(direct, EVER, 5_000, ALL)).isEqualTo(2);
        assertThat(seqs(read(direct))).isEqualTo(seqs(3, 5));
        assertThat(retention().trim(direct, 4, 9_000, ALL)).isEqualTo(4);
        assertThat(retention().trim(direct, EVER, 9_000, ALL)).isEqualTo(4);
        assertThat(retention().trim(direct, EVER, 9_001, ALL)).isEqualTo(5);
    }

    @Test
    void nothingComesBack() {
        ConversationId direct = directWith(10);
        retention().trim(direct, 6, EVER, ALL);

        for (long through : new long[] {0, 3, 6}) {
            assertThat(retention().trim(direct, through, EVER, ALL)).isEqualTo(6);
            assertThat(retention().trim(direct, EVER, 0, ALL)).isEqualTo(6);
        }
        send(bob, direct);
        assertThat(seqs(read(direct))).isEqualTo(seqs(7, 11));
    }

    @Test
    void whatIsGoneIsNotUnread() {
        ConversationId direct = directWith(10);
        send(bob, direct, 5);
        read(direct, bob, 4, SENT_AT);

        retention().trim(direct, 3, EVER, ALL);
        assertThat(subscription(bob, direct).unread()).isEqualTo(6);
        retention().trim(direct, 7, EVER, ALL);
        assertThat(subscription(bob, direct).unread()).isEqualTo(3);
        assertThat(subscription(alice, direct).unread()).isEqualTo(5);
        retention().trim(direct, 12, EVER, ALL);
        assertThat(subscription(bob, direct).unread()).isZero();
        assertThat(subscription(alice, direct).unread()).isEqualTo(3);
        send(alice, direct);
        assertThat(subscription(bob, direct).unread()).isEqualTo(1);
    }

    @Test
    void whatIsGoneIsNoMentionHasNoReactionAndCannotBeRevised() {
        ConversationId direct = ConversationId.direct(alice, bob);
        for (int i = 0; i < 3; i++) {
            append(draft(alice, direct, Content.text("you").withMentions(List.of(bob))));
        }
        for (long target = 1; target <= 3; target++) {
            append(draft(bob, direct, Reaction.content(target, "+1", false)));
            append(draft(alice, direct, Content.edit(target, Payload.text("new"), Map.of(), List.of(bob))));
        }

        retention().trim(direct, 2, EVER, ALL);

        assertThat(subscription(bob, direct).mentions()).isEqualTo(1);
        append(draft(bob, direct, Reaction.content(2, "+1", false)));
        assertThat(log().reactions(direct, new SeqRange(1, 20), 100))
                .extracting(Reaction::target)
                .containsExactly(3L);
        assertThat(append(draft(alice, direct, Content.recall(2))))
                .singleElement()
                .isInstanceOfSatisfying(
                        Refused.class, r -> assertThat(r.reason()).isEqualTo(Reason.NOT_FOUND));
        retention().trim(direct, 7, EVER, ALL);
        assertThat(subscription(bob, direct).mentions()).isZero();
        assertThat(log().reactions(direct, new SeqRange(1, 20), 100)).isEmpty();
        assertThat(seqs(read(direct))).isEqualTo(seqs(8, 10));
    }

    @Test
    void positionsAndEntitlementsStay() {
        ConversationId group = newGroup("g", History.FROM_JOIN, bob);
        send(alice, group, 9);
        add(group, carol);
        ack(group, bob, phone, 3);
        read(group, bob, 2, 7_000);
        List<MemberState> before = memberships().entitled(group, 1);
        Subscription of = subscription(bob, group);

        retention().trim(group, 8, EVER, ALL);

        assertThat(page(group, new SeqRange(1, 1), 1).trimmedThrough()).isEqualTo(8);
        assertThat(memberships().entitled(group, 1)).containsExactlyInAnyOrderElementsOf(before);
        Subscription now = subscription(bob, group);
        assertThat(List.of(now.head(), now.firstSeq(), now.lastSeq(), now.lastAck(), now.lastRead()))
                .containsExactly(of.head(), of.firstSeq(), of.lastSeq(), of.lastAck(), of.lastRead());
        assertThat(ack(group, bob, phone, 8)).isEqualTo(io.lastack.cursor.AdvanceOutcome.ADVANCED);
        assertThat(cursors().register(carol, laptop, DeviceStart.FIRST_VISIBLE)).isTrue();
        assertThat(subscription(carol, laptop, group).lastAck()).isEqualTo(10);
    }

    @Test
    void aRepeatOfWhatIsGoneIsNewAndOneOfWhatStaysIsKnown() {
        ConversationId direct = ConversationId.direct(alice, bob);
        Draft gone = text(alice, direct);
        Draft stays = text(alice, direct);
        append(gone, stays);
        retention().trim(direct, 1, EVER, ALL);

        assertThat(log().append(List.of(stays, gone, gone), SENT_AT + 9))
                .containsExactly(
                        new AlreadyAppended(2, SENT_AT),
                        new Appended(3, SENT_AT + 9),
                        new AlreadyAppended(3, SENT_AT + 9));
    }

    @Test
    void otherConversationsKeepEverything() {
        ConversationId direct = directWith(5);
        ConversationId inbox = ConversationId.inbox(bob);
        send(alice, inbox, 5);

        assertThat(retention().trim(direct, EVER, EVER, ALL)).isEqualTo(5);
        assertThat(seqs(read(inbox))).isEqualTo(seqs(1, 5));
        assertThat(page(inbox, new SeqRange(1, 1), 1).trimmedThrough()).isZero();
    }

    @Test
    void aGroupOutlivesTheEntryThatCreatedIt() {
        ConversationId group = group("g");
        Draft creation = change(alice, group, new CreateGroup("named", History.FROM_JOIN, List.of(bob)));
        append(creation);
        send(bob, group, 3);
        assertThat(retention().trim(group, EVER, EVER, ALL)).isEqualTo(4);

        assertThat(memberships().find(group)).hasValueSatisfying(info -> {
            assertThat(info.name()).isEqualTo("named");
            assertThat(info.lastSeq()).isEqualTo(4);
            assertThat(info.members()).isEqualTo(2);
        });
        assertThat(append(creation))
                .singleElement()
                .isInstanceOfSatisfying(
                        Refused.class, r -> assertThat(r.reason()).isEqualTo(Reason.CONFLICT));
        assertThat(add(group, carol)).isEqualTo(5);
        assertThat(subscription(carol, group).firstSeq()).isEqualTo(5);
    }

    @Test
    void aConversationThatDoesNotExistHasNothingToDelete() {
        ConversationId direct = directWith(1);

        assertThat(retention().trim(ConversationId.direct(alice, carol), EVER, EVER, ALL))
                .isZero();
        assertThat(memberships().find(ConversationId.direct(alice, carol))).isEmpty();
        assertThat(retention().trim(direct, EVER, EVER, ALL)).isEqualTo(1);
    }

    @Test
    void boundsThatMeanNothingAreRefused() {
        ConversationId direct = directWith(3);
        LogRetention retention = retention();

        assertThatIllegalArgumentException().isThrownBy(() -> retention.trim(direct, -1, EVER, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> retention.trim(direct, 1, EVER, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> retention.extents(ConversationId.Kind.DIRECT, null, 0));
        assertThat(read(direct)).hasSize(3);
    }
}
