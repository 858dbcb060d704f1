package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.AppendOutcome.AlreadyAppended;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.Change.History;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Idempotence: a draft that comes again. */
abstract class RepeatingSuite extends StoreSuite {
    RepeatingSuite(StoreContract contract) {
        super(contract);
    }

    @Test
    void aRepeatedDraftGetsTheFirstSeqAndTimeAndStoresNothing() {
        ConversationId direct = directWith(2);
        Draft draft = text(alice, direct);
        appended(draft);
        send(bob, direct);

        assertThat(log().append(List.of(draft), SENT_AT + 1)).containsExactly(new AlreadyAppended(3, SENT_AT));
        assertThat(read(direct)).hasSize(4).contains(draft.at(3, SENT_AT));
        assertThat(send(alice, direct)).isEqualTo(5);
    }

    @Test
    void aRepeatWithAnotherContentChangesNothing() {
        Draft draft = text(alice, directWith(1));
        appended(draft);
        Draft other =
                new Draft(draft.conversation(), alice, draft.clientMessageId(), Content.text("something else"), null);

        assertThat(append(other)).containsExactly(new AlreadyAppended(2, SENT_AT));
        assertThat(read(draft.conversation(), 2)).containsExactly(draft.at(2, SENT_AT));
    }

    @Test
    void aRepeatInsideOneListGetsTheSeqOfTheFirstAndLeavesNoGap() {
        ConversationId direct = ConversationId.direct(alice, bob);
        Draft first = text(alice, direct);
        Draft second = text(alice, direct);

        assertThat(append(first, first, second, first, second))
                .containsExactly(
                        new Appended(1, SENT_AT),
                        new AlreadyAppended(1, SENT_AT),
                        new Appended(2, SENT_AT),
                        new AlreadyAppended(1, SENT_AT),
                        new AlreadyAppended(2, SENT_AT));
        assertThat(read(direct)).containsExactly(first.at(1, SENT_AT), second.at(2, SENT_AT));
    }

    @Test
    void aWholeListRepeatedStoresNothing() {
        ConversationId group = newGroup("g", History.ALL, bob);
        List<Draft> drafts = new ArrayList<>(Stream.of(alice, bob, alice, bob)
                .flatMap(user -> Stream.of(text(user, group), text(user, ConversationId.direct(alice, bob))))
                .toList());
        log().append(drafts, SENT_AT);
        Collections.reverse(drafts);

        assertThat(log().append(drafts, SENT_AT + 9)).hasSize(8).hasOnlyElementsOfType(AlreadyAppended.class);
        assertThat(seqs(read(group))).isEqualTo(seqs(1, 5));
        assertThat(seqs(read(ConversationId.direct(alice, bob)))).isEqualTo(seqs(1, 4));
    }

    @Test
    void newDraftsAmongRepeatedOnesAreNumberedWithoutAGap() {
        ConversationId direct = ConversationId.direct(alice, bob);
        Draft known = text(alice, direct);
        appended(known);
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            drafts.add(text(bob, direct));
            drafts.add(known);
        }
        log().append(drafts, SENT_AT);

        assertThat(seqs(read(direct))).isEqualTo(seqs(1, 21));
    }

    @Test
    void theSameIdFromAnotherSenderOrInAnotherConversationIsAnotherMessage() {
        ConversationId direct = ConversationId.direct(alice, bob);
        ConversationId other = ConversationId.direct(alice, carol);
        ClientMessageId same = id("same");

        assertThat(append(
                        Draft.text(alice, direct, "1").withClientMessageId(same),
                        Draft.text(bob, direct, "2").withClientMessageId(same),
                        Draft.text(alice, other, "3").withClientMessageId(same)))
                .containsExactly(new Appended(1, SENT_AT), new Appended(2, SENT_AT), new Appended(1, SENT_AT));
    }

    @Test
    void idsThatOnlyLookAlikeAreDifferentMessages() {
        ConversationId direct = ConversationId.direct(alice, bob);
        List<String> ids = List.of(
                "a",
                "A",
                "a ",
                " a",
                "\u00e1",
                "a\u0301",
                "\u00df",
                "ss",
                "\u0131",
                "i",
                "I",
                "\ud83d\ude00",
                "\ud83d\ude01",
                "%",
                "_",
                "'",
                "\\",
                "x".repeat(64),
                "x".repeat(63),
                "\ud83d\ude00".repeat(32));
        for (String id : ids) {
            assertThat(append(Draft.text(alice, direct, "t").withClientMessageId(id(id))))
                    .as(id)
                    .hasExactlyElementsOfTypes(Appended.class);
        }

        assertThat(read(direct)).extracting(m -> m.clientMessageId().value()).isEqualTo(ids);
        for (String id : ids) {
            assertThat(append(Draft.text(alice, direct, "t").withClientMessageId(id(id))))
                    .as(id)
                    .containsExactly(new AlreadyAppended(ids.indexOf(id) + 1, SENT_AT));
        }
    }

    @Test
    void usersAndGroupsWhoseNamesDifferOnlyInCaseAreDifferent() {
        UserId small = user("sam");
        UserId capital = user("Sam");
        ConversationId direct = ConversationId.direct(small, capital);
        ConversationId smallGroup = newGroup("team", History.ALL, small, capital);
        ConversationId capitalGroup = newGroup("Team", History.ALL);
        ClientMessageId same = id("same");

        assertThat(append(
                        Draft.text(small, direct, "1").withClientMessageId(same),
                        Draft.text(capital, direct, "2").withClientMessageId(same)))
                .containsExactly(new Appended(1, SENT_AT), new Appended(2, SENT_AT));
        assertThat(read(direct)).extracting(Message::sender).containsExactly(small, capital);
        assertThat(memberships().members(smallGroup, null, 10)).hasSize(3);
        assertThat(memberships().members(capitalGroup, null, 10)).hasSize(1);
    }
}
