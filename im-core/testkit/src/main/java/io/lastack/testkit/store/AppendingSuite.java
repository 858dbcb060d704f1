package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lastack.log.AppendOutcome;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Seqs, order, atomicity. */
abstract class AppendingSuite extends StoreSuite {
    AppendingSuite(StoreContract contract) {
        super(contract);
    }

    @Test
    void theFirstMessageOfAConversationHasSeq1() {
        Draft draft = text(alice, ConversationId.direct(alice, bob));

        assertThat(append(draft)).containsExactly(new Appended(1, SENT_AT));
        assertThat(read(draft.conversation())).containsExactly(draft.at(1, SENT_AT));
    }

    @Test
    void messagesAreNumberedWithoutAGapInTheOrderOfTheLists() {
        ConversationId direct = ConversationId.direct(alice, bob);
        List<Message> expected = new ArrayList<>();
        for (int size : new int[] {1, 300, 2, 64}) {
            List<Draft> drafts = new ArrayList<>();
            List<AppendOutcome> outcomes = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                drafts.add(text(i % 3 == 0 ? bob : alice, direct));
                expected.add(drafts.get(i).at(expected.size() + 1, SENT_AT + size));
                outcomes.add(new Appended(expected.size(), SENT_AT + size));
            }

            assertThat(log().append(drafts, SENT_AT + size)).isEqualTo(outcomes);
        }
        assertThat(read(direct)).isEqualTo(expected);
    }

    @Test
    void eachConversationOfAListHasItsOwnSeqs() {
        ConversationId first = ConversationId.direct(alice, bob);
        ConversationId second = ConversationId.inbox(alice);
        send(alice, first, 2);

        assertThat(append(text(alice, first), text(bob, second), text(bob, first), text(bob, second)))
                .containsExactly(
                        new Appended(3, SENT_AT),
                        new Appended(1, SENT_AT),
                        new Appended(4, SENT_AT),
                        new Appended(2, SENT_AT));
    }

    @Test
    void oneListMayTouchHundredsOfConversationsInAnyOrder() {
        List<ConversationId> conversations = new ArrayList<>(
                users(300).stream().map(u -> ConversationId.direct(alice, u)).toList());
        send(alice, conversations.get(7));
        List<Draft> drafts = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            for (int i = conversations.size() - 1; i >= 0; i--) {
                drafts.add(text(alice, conversations.get(i)));
            }
        }

        assertThat(log().append(drafts, SENT_AT)).hasSize(600).hasOnlyElementsOfType(Appended.class);
        assertThat(log().heads(conversations))
                .hasSize(300)
                .allSatisfy((id, head) -> assertThat(head).isEqualTo(id.equals(conversations.get(7)) ? 3 : 2));
    }

    @Test
    void timesAreKeptAsGivenEvenIfTheyRunBackwards() {
        ConversationId direct = ConversationId.direct(alice, bob);
        long[] times = {0, 253_402_300_799_999L, 1};
        for (long time : times) {
            log().append(List.of(text(alice, direct)), time);
        }

        assertThat(read(direct)).extracting(Message::sentAt).containsExactly(0L, 253_402_300_799_999L, 1L);
    }

    @Test
    void anEmptyListIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> log().append(List.of(), SENT_AT));
    }

    @Test
    void aListWithADraftThatHasNoIdIsRefusedAsAWhole() {
        ConversationId written = directWith(1);
        ConversationId unwritten = ConversationId.inbox(bob);
        Draft nameless = Draft.text(alice, written, "no id");

        assertThatExceptionOfType(NullPointerException.class)
                .isThrownBy(() -> append(text(alice, written), text(alice, unwritten), nameless, text(bob, written)));
        assertThat(read(written)).hasSize(1);
        assertThat(memberships().find(unwritten)).isEmpty();
        assertThat(send(alice, written)).isEqualTo(2);
    }

    @Test
    void theEpochStaysTheSameAndIsNotBlank() {
        String epoch = log().epoch();
        directWith(3);

        assertThat(epoch).isNotBlank().isEqualTo(log().epoch());
    }
}
