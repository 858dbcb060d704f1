package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.log.AppendOutcome;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Messages that are recalled and edited. */
abstract class RevisionSuite extends StoreSuite {
    private static final Content RECALLED =
            new Content(Content.RECALLED, "text", Payload.EMPTY, Map.of(), 0, List.of(), 0, 3);

    RevisionSuite(StoreContract contract) {
        super(contract);
    }

    @Test
    void aRecalledMessageStaysInItsPlaceWithNothingOfItsContent() {
        ConversationId direct = ConversationId.direct(alice, bob);
        appended(draft(alice, direct, rich("secret")));
        appended(draft(alice, direct, rich("other")));
        List<Message> before = read(direct);

        assertThat(appended(draft(alice, direct, Content.recall(1)))).isEqualTo(3);

        List<Message> after = read(direct);
        assertThat(after.get(0)).isEqualTo(with(before.get(0), RECALLED));
        assertThat(after.get(1)).isEqualTo(before.get(1));
        assertThat(after.get(2).content()).isEqualTo(Content.recall(1));
    }

    @Test
    void anEditedMessageHasTheNewContentInItsPlace() {
        ConversationId direct = ConversationId.direct(alice, bob);
        appended(draft(alice, direct, rich("first")));
        Message before = read(direct).get(0);
        Content second = edit(1, "second");

        assertThat(appended(draft(alice, direct, second))).isEqualTo(2);
        assertThat(appended(draft(bob, direct, edit(1, "third")))).isEqualTo(3);

        List<Message> after = read(direct);
        assertThat(after.get(0))
                .isEqualTo(with(
                        before,
                        new Content(
                                Content.MESSAGE,
                                "image",
                                Payload.text("third"),
                                Map.of("by", "edit"),
                                7,
                                List.of(carol),
                                0,
                                3)));
        assertThat(after.get(1).content()).isEqualTo(second);
    }

    @Test
    void aRecallTakesTheBodiesOfAllEditsToo() {
        ConversationId direct = ConversationId.direct(alice, bob);
        append(
                draft(alice, direct, rich("secret")),
                draft(alice, direct, rich("other")),
                draft(alice, direct, edit(1, "secret 2")),
                draft(bob, direct, edit(2, "other 2")),
                draft(alice, direct, edit(1, "secret 3")));
        List<Message> before = read(direct);

        appended(draft(alice, direct, Content.recall(1)));

        List<Message> after = read(direct);
        assertThat(after.get(0).content().kind()).isEqualTo(Content.RECALLED);
        assertThat(after.get(1)).isEqualTo(before.get(1));
        assertThat(after.get(2))
                .isEqualTo(with(before.get(2), before.get(2).content().erased()));
        assertThat(after.get(3)).isEqualTo(before.get(3));
        assertThat(after.get(4))
                .isEqualTo(with(before.get(4), before.get(4).content().erased()));
    }

    @Test
    void whatIsRecalledNeverComesBack() {
        ConversationId direct = directWith(1);
        appended(draft(alice, direct, Content.recall(1)));
        List<Message> before = read(direct);

        assertRefused(Reason.CONFLICT, draft(alice, direct, edit(1, "back")));
        assertRefused(Reason.CONFLICT, draft(bob, direct, Content.recall(1)));
        assertThat(read(direct)).isEqualTo(before);
        assertThat(send(alice, direct)).isEqualTo(3);
    }

    @Test
    void onlyMessagesAndNotificationsCanBeRevised() {
        ConversationId group = newGroup("g", History.ALL, bob);
        appended(draft(alice, group, rich("text")));
        appended(draft(alice, group, edit(2, "text 2")));
        append(draft(alice, group, new Content("x-host", "text", Payload.EMPTY, Map.of(), 0, List.of(), 0)));
        appended(draft(alice, group, Content.recall(2)));

        for (long target : new long[] {1, 2, 3, 4, 5}) {
            assertRefused(Reason.CONFLICT, draft(alice, group, Content.recall(target)));
            assertRefused(Reason.CONFLICT, draft(alice, group, edit(target, "new")));
        }
        ConversationId inbox = ConversationId.inbox(bob);
        appended(draft(alice, inbox, notification("pending")));
        appended(draft(bob, inbox, Content.edit(1, Payload.EMPTY, Map.of("status", "accepted"), List.of())));
        assertThat(read(inbox).get(0).content())
                .isEqualTo(notification("accepted").revised(notification("accepted"), 2));
        appended(draft(alice, inbox, Content.recall(1)));
        assertThat(read(inbox).get(0).content()).isEqualTo(rich("any").revised(Content.recall(1), 3));
    }

    @Test
    void whatIsNotThereCannotBeRevisedAndLeavesNoTrace() {
        ConversationId direct = ConversationId.direct(alice, bob);
        assertRefused(Reason.NOT_FOUND, draft(alice, direct, Content.recall(1)));
        assertThat(memberships().find(direct)).isEmpty();
        assertThat(memberships().conversations(bob)).isEmpty();

        assertThat(send(alice, direct)).isEqualTo(1);
        for (long target : new long[] {0, 2, 3, Long.MAX_VALUE}) {
            assertRefused(Reason.NOT_FOUND, draft(alice, direct, Content.recall(target)));
            assertRefused(Reason.NOT_FOUND, draft(alice, direct, edit(target, "new")));
        }
        assertRefused(Reason.NOT_FOUND, draft(alice, group("none"), Content.recall(1)));
        assertThat(send(alice, direct)).isEqualTo(2);
    }

    @Test
    void aMessageThatIsBlankCannotBeEdited() {
        ConversationId direct = ConversationId.direct(alice, bob);
        append(
                draft(alice, direct, Content.text("")),
                draft(alice, direct, Content.text("").withExt(Map.of("k", "v"))));

        assertRefused(Reason.CONFLICT, draft(alice, direct, edit(1, "new")));
        assertThat(appended(draft(alice, direct, edit(2, "new")))).isEqualTo(3);
        assertThat(appended(draft(alice, direct, Content.recall(1)))).isEqualTo(4);
    }

    @Test
    void aRepeatedRevisionGetsTheFirstSeqAndChangesNothingAgain() {
        ConversationId direct = ConversationId.direct(alice, bob);
        append(draft(alice, direct, rich("one")));
        Draft first = draft(alice, direct, edit(1, "two"));
        Draft second = draft(alice, direct, edit(1, "three"));
        Draft recall = draft(alice, direct, Content.recall(1));
        appended(first);
        appended(second);

        assertThat(append(first)).containsExactly(new AlreadyAppended(2, SENT_AT));
        assertThat(read(direct).get(0).content().payload()).isEqualTo(Payload.text("three"));
        assertThat(log().append(List.of(recall, recall, first), SENT_AT + 1))
                .containsExactly(
                        new Appended(4, SENT_AT + 1),
                        new AlreadyAppended(4, SENT_AT + 1),
                        new AlreadyAppended(2, SENT_AT));
        assertThat(append(recall)).containsExactly(new AlreadyAppended(4, SENT_AT + 1));
        assertThat(read(direct).get(0).content().revisedBy()).isEqualTo(4);
    }

    @Test
    void whatIsInTheSameListCanBeRevised() {
        ConversationId direct = ConversationId.direct(alice, bob);
        ConversationId group = newGroup("g", History.ALL, bob);

        List<AppendOutcome> outcomes = append(
                draft(alice, direct, rich("one")),
                draft(alice, group, rich("in the group")),
                draft(alice, direct, edit(1, "two")),
                draft(bob, direct, rich("other")),
                draft(alice, direct, Content.recall(1)),
                draft(alice, direct, edit(1, "three")),
                draft(alice, group, edit(2, "in the group 2")));

        assertThat(outcomes.get(5))
                .isInstanceOfSatisfying(
                        Refused.class, r -> assertThat(r.reason()).isEqualTo(Reason.CONFLICT));
        assertThat(read(direct))
                .extracting(m -> m.content().kind())
                .containsExactly(Content.RECALLED, Content.EDIT, Content.MESSAGE, Content.RECALL);
        assertThat(read(direct).get(1).content().payload().size()).isZero();
        assertThat(read(group).get(1).content().payload()).isEqualTo(Payload.text("in the group 2"));
    }

    @Test
    void aRecalledMessageIsNotUnreadAndAnEditedOneIsAsItWas() {
        ConversationId direct = directWith(4);
        assertThat(subscription(bob, direct).unread()).isEqualTo(4);

        append(draft(alice, direct, Content.recall(2)), draft(alice, direct, edit(3, "new")));
        assertThat(subscription(bob, direct).unread()).isEqualTo(3);
        assertThat(subscription(alice, direct).unread()).isZero();
        read(direct, bob, 1, SENT_AT);
        assertThat(subscription(bob, direct).unread()).isEqualTo(2);
        append(draft(alice, direct, Content.recall(3)));
        assertThat(subscription(bob, direct).unread()).isEqualTo(1);
        append(draft(alice, direct, Content.recall(1)));
        assertThat(subscription(bob, direct).unread()).isEqualTo(1);
    }

    @Test
    void ofAnEditAndARecallAtOnceNothingOfTheContentIsLeft() throws Exception {
        ConversationId direct = directWith(40);
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (UserId user : List.of(alice, bob)) {
            tasks.add(() -> {
                for (long target = 1; target <= 40; target++) {
                    append(draft(user, direct, user.equals(alice) ? edit(target, "new") : Content.recall(target)));
                }
                return true;
            });
        }

        Together.run(tasks);

        List<Message> log = read(direct);
        assertThat(seqs(log)).isEqualTo(seqs(1, log.size()));
        assertThat(log.subList(0, 40)).allMatch(m -> m.content().kind().equals(Content.RECALLED));
        assertThat(log).allMatch(m -> m.content().payload().size() == 0);
        assertThat(subscription(bob, direct).unread()).isZero();
    }

    @Test
    void reactionsAskedForWithoutALimitAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> log().reactions(directWith(1), new io.lastack.log.SeqRange(1, 1), 0));
    }

    private void assertRefused(Reason reason, Draft draft) {
        assertThat(append(draft))
                .singleElement()
                .isInstanceOfSatisfying(
                        Refused.class, r -> assertThat(r.reason()).isEqualTo(reason));
    }

    private Content rich(String body) {
        return new Content(Content.MESSAGE, "image", Payload.text(body), Map.of("private", "too"), 7, List.of(bob), 0);
    }

    private Content edit(long target, String body) {
        return Content.edit(target, Payload.text(body), Map.of("by", "edit"), List.of(carol));
    }

    private static Content notification(String status) {
        return new Content(
                Content.NOTIFICATION, "friend-request", Payload.EMPTY, Map.of("status", status), 0, List.of(), 0);
    }

    private static Message with(Message m, Content content) {
        return new Message(m.conversation(), m.seq(), m.sentAt(), m.sender(), m.clientMessageId(), content);
    }
}
