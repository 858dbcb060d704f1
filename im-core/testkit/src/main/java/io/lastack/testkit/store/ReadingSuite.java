package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.Change.History;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.Payload;
import io.lastack.log.SeqRange;
import io.lastack.spi.LogPage;
import io.lastack.spi.LogQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ranges, pages, heads. */
abstract class ReadingSuite extends StoreSuite {
    ReadingSuite(StoreContract contract) {
        super(contract);
    }

    @Test
    void aRangeIsReadInAscendingOrderWithBothItsEnds() {
        ConversationId direct = directWith(20);

        assertThat(seqs(direct, 1, 20)).isEqualTo(seqs(1, 20));
        assertThat(seqs(direct, 5, 9)).containsExactly(5L, 6L, 7L, 8L, 9L);
        assertThat(seqs(direct, 20, 20)).containsExactly(20L);
    }

    @Test
    void aRangeBeyondTheHeadIsCutThere() {
        ConversationId direct = directWith(3);

        assertThat(seqs(direct, 2, 100)).containsExactly(2L, 3L);
        assertThat(seqs(direct, 3, Long.MAX_VALUE)).containsExactly(3L);
        assertThat(seqs(direct, 4, 4)).isEmpty();
        assertThat(seqs(direct, Long.MAX_VALUE, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void aPageEndsWithTheMessageThatReachesTheBoundInBytes() {
        ConversationId direct = sized(10, 10, 10, 10, 10);

        assertThat(seqs(page(direct, new SeqRange(1, 5), 29).messages())).containsExactly(1L, 2L, 3L);
        assertThat(seqs(page(direct, new SeqRange(1, 5), 30).messages())).containsExactly(1L, 2L, 3L);
        assertThat(seqs(page(direct, new SeqRange(1, 5), 31).messages())).containsExactly(1L, 2L, 3L, 4L);
        assertThat(seqs(page(direct, new SeqRange(1, 5), 50).messages())).hasSize(5);
        assertThat(seqs(page(direct, new SeqRange(1, 2), 50).messages())).containsExactly(1L, 2L);
    }

    @Test
    void aPageIsNeverEmptyHoweverSmallTheBound() {
        ConversationId direct = sized(5_000, 1, 5_000);

        assertThat(seqs(page(direct, new SeqRange(1, 3), 1).messages())).containsExactly(1L);
        assertThat(seqs(page(direct, new SeqRange(2, 3), 1).messages())).containsExactly(2L);
    }

    @Test
    void messagesWithoutABodyCountNothing() {
        ConversationId direct = sized(0, 0, 0, 1, 0);

        assertThat(seqs(page(direct, new SeqRange(1, 5), 1).messages())).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void theBoundCountsTheBytesOfATextAndNothingElse() {
        ConversationId direct = ConversationId.direct(alice, bob);
        Content wide = Content.text("\u00fc\u00fc\u00fc\u00fc\u00fc")
                .withExt(Map.of("key", "v".repeat(1_000)))
                .withMentions(List.of(carol));
        append(draft(alice, direct, wide), draft(alice, direct, wide), draft(alice, direct, wide));

        assertThat(page(direct, new SeqRange(1, 3), 10).messages()).hasSize(1);
        assertThat(page(direct, new SeqRange(1, 3), 11).messages()).hasSize(2);
    }

    @Test
    void pagesOneAfterTheOtherGiveTheWholeLog() {
        ConversationId direct = directWith(250);
        List<Message> all = new ArrayList<>();
        List<Message> next;
        do {
            next = page(direct, new SeqRange(all.size() + 1, Long.MAX_VALUE), 100)
                    .messages();
            assertThat(next).hasSizeLessThan(50);
            all.addAll(next);
        } while (!next.isEmpty());

        assertThat(all).isEqualTo(read(direct)).hasSize(250);
    }

    @Test
    void everyQueryGetsItsPageInTheOrderOfTheList() {
        ConversationId direct = directWith(5);
        ConversationId inbox = ConversationId.inbox(alice);
        send(bob, inbox, 2);
        ConversationId unknown = group("unknown");
        SeqRange all = new SeqRange(1, 9);

        List<LogPage> pages = log().read(List.of(
                new LogQuery(inbox, all, 1_000),
                new LogQuery(unknown, all, 1_000),
                new LogQuery(direct, new SeqRange(4, 5), 1_000),
                new LogQuery(direct, new SeqRange(2, 3), 1_000),
                new LogQuery(direct, new SeqRange(2, 3), 1_000)));

        assertThat(pages).extracting(LogPage::conversation).containsExactly(inbox, unknown, direct, direct, direct);
        assertThat(pages)
                .extracting(page -> seqs(page.messages()))
                .containsExactly(List.of(1L, 2L), List.of(), List.of(4L, 5L), List.of(2L, 3L), List.of(2L, 3L));
    }

    @Test
    void hundredsOfConversationsAreReadAtOnce() {
        List<ConversationId> conversations =
                users(400).stream().map(ConversationId::inbox).toList();
        log().append(conversations.stream().map(c -> text(alice, c)).toList(), SENT_AT);

        List<LogPage> pages = log().read(conversations.stream()
                .map(c -> new LogQuery(c, new SeqRange(1, 10), 1_000))
                .toList());

        assertThat(pages).extracting(LogPage::conversation).isEqualTo(conversations);
        assertThat(pages).allSatisfy(page -> assertThat(page.messages()).hasSize(1));
    }

    @Test
    void nothingIsTrimmedFromALogThatIsNew() {
        LogPage page = page(directWith(2), new SeqRange(1, 2), 1_000);

        assertThat(page.trimmedThrough()).isZero();
        assertThat(page.messages()).hasSize(2);
    }

    @Test
    void headsAreToldOfTheConversationsThatExist() {
        ConversationId direct = directWith(3);
        ConversationId group = newGroup("g", History.ALL);

        assertThat(log().heads(List.of(direct, group("unknown"), group, ConversationId.inbox(alice))))
                .isEqualTo(Map.of(direct, 3L, group, 1L));
        assertThat(log().heads(List.of())).isEmpty();
    }

    private List<Long> seqs(ConversationId conversation, long first, long last) {
        return seqs(
                page(conversation, new SeqRange(first, last), Integer.MAX_VALUE).messages());
    }

    private ConversationId sized(int... sizes) {
        ConversationId direct = ConversationId.direct(alice, bob);
        for (int size : sizes) {
            append(draft(alice, direct, Content.message("file", Payload.bytes(new byte[size]))));
        }
        return direct;
    }
}
