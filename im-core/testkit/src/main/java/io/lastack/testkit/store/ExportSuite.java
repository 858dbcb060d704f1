package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lastack.log.Change.History;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Message;
import io.lastack.log.Payload;
import io.lastack.log.UserId;
import io.lastack.spi.DeviceStart;
import io.lastack.spi.UserExport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Telling all that is stored of a user: for stores that declare it. */
final class ExportSuite extends StoreSuite {
    private static final int MAX_PAGES = 100_000;
    private static final int MANY_BYTES = 1 << 20;

    ExportSuite(StoreContract contract) {
        super(contract);
    }

    @Test
    void everyMessageOfAUserIsToldOnceWhereverItIs() {
        ConversationId direct = directWith(3);
        ConversationId inbox = ConversationId.inbox(bob);
        ConversationId left = newGroup("g", History.ALL, bob);
        send(bob, direct, 2);
        send(alice, inbox, 2);
        send(carol, inbox, 1);
        send(bob, left, 4);
        remove(left, bob);

        assertThat(sent(alice, 100, MANY_BYTES)).containsExactlyInAnyOrderElementsOf(by(alice, direct, inbox, left));
        assertThat(sent(bob, 100, MANY_BYTES)).containsExactlyInAnyOrderElementsOf(by(bob, direct, inbox, left));
        assertThat(sent(carol, 100, MANY_BYTES)).hasSize(1);
    }

    @Test
    void messagesOfOneConversationComeTogetherAndInOrder() {
        List<ConversationId> conversations =
                users(30).stream().map(u -> ConversationId.direct(alice, u)).toList();
        for (int round = 0; round < 3; round++) {
            log().append(conversations.stream().map(c -> text(alice, c)).toList(), SENT_AT);
        }

        List<Message> all = sent(alice, 1_000, MANY_BYTES);
        assertThat(all).hasSize(90);
        for (int i = 0; i < 90; i += 3) {
            List<Message> three = all.subList(i, i + 3);
            assertThat(seqs(three)).containsExactly(1L, 2L, 3L);
            assertThat(three)
                    .extracting(Message::conversation)
                    .containsOnly(three.get(0).conversation());
        }
    }

    @Test
    void pagesOfAnySizeGiveTheSame() {
        ConversationId direct = directWith(20);
        send(alice, ConversationId.direct(alice, carol), 20);
        send(bob, direct, 5);
        List<Message> all = sent(alice, 1_000, MANY_BYTES);
        assertThat(all).hasSize(40);

        for (int limit : new int[] {1, 7, 20, 40}) {
            assertThat(sent(alice, limit, MANY_BYTES))
                    .as("in pages of %s", limit)
                    .isEqualTo(all);
        }
        assertThat(sent(alice, 1_000, 1)).isEqualTo(all);
        assertThat(sent(alice, 1_000, 30)).isEqualTo(all);
    }

    @Test
    void aPageIsBoundedInMessagesAndInBytes() {
        ConversationId direct = ConversationId.direct(alice, bob);
        for (int i = 0; i < 10; i++) {
            append(draft(alice, direct, Content.message("file", Payload.bytes(new byte[100]))));
        }

        assertThat(firstMessages(4, MANY_BYTES).messages()).hasSize(4);
        assertThat(firstMessages(100, 250).messages()).hasSize(3);
        assertThat(firstMessages(100, 300).messages()).hasSize(3);
        assertThat(firstMessages(100, 301).messages()).hasSize(4);
    }

    @Test
    void whatIsToldIsWhatWasSent() {
        ConversationId direct = ConversationId.direct(alice, bob);
        append(
                draft(
                        alice,
                        direct,
                        new Content(
                                Content.REACTION,
                                "x-own",
                                Payload.text("\u00fc \ud83d\ude00 \"\\"),
                                Map.of("k", "v"),
                                1,
                                List.of(bob),
                                1)),
                draft(alice, direct, Content.message("file", Payload.bytes(new byte[] {0, -1, 127}))));

        assertThat(sent(alice, 10, MANY_BYTES)).isEqualTo(read(direct)).hasSize(2);
    }

    @Test
    void theDevicesOfAUserAreToldInOrder() {
        ConversationId direct = directWith(2);
        cursors().register(bob, phone, DeviceStart.HEAD);
        cursors().register(bob, DeviceId.of("a"), DeviceStart.FIRST_VISIBLE);
        ack(direct, bob, laptop, 1);
        cursors().register(alice, DeviceId.of("hers"), DeviceStart.HEAD);

        assertThat(export().devices(bob)).containsExactly(DeviceId.of("a"), laptop, phone);
        assertThat(export().devices(alice)).containsExactly(DeviceId.of("hers"));
        assertThat(export().devices(user("nobody"))).isEmpty();
    }

    @Test
    void whatIsSentBetweenTwoPagesHindersNothing() {
        ConversationId direct = directWith(10);
        UserExport.Page first = firstMessages(4, MANY_BYTES);
        assertThat(first.next()).isNotNull();
        send(alice, direct, 5);
        send(alice, ConversationId.inbox(carol), 5);

        List<Message> rest = walk(alice, first.next(), 4, MANY_BYTES);
        assertThat(rest).contains(read(direct).subList(4, 10).toArray(Message[]::new));
        assertThat(rest).doesNotContainAnyElementsOf(first.messages()).doesNotHaveDuplicates();
    }

    @Test
    void boundsThatMeanNothingAreRefused() {
        directWith(1);

        assertThatIllegalArgumentException().isThrownBy(() -> export().sent(alice, null, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> export().sent(alice, null, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> export().sent(alice, "not a position", 1, 1));
        assertThat(sent(user("nobody"), 1, 1)).isEmpty();
        assertThat(sent(alice, 1, 1)).hasSize(1);
    }

    /** The first page of alice's that is not empty. */
    private UserExport.Page firstMessages(int limit, int maxBytes) {
        UserExport.Page page = export().sent(alice, null, limit, maxBytes);
        for (int i = 0; i < MAX_PAGES && page.messages().isEmpty() && page.next() != null; i++) {
            page = export().sent(alice, page.next(), limit, maxBytes);
        }
        return page;
    }

    private List<Message> by(UserId sender, ConversationId... conversations) {
        List<Message> all = new ArrayList<>();
        for (ConversationId conversation : conversations) {
            read(conversation).stream().filter(m -> m.sender().equals(sender)).forEach(all::add);
        }
        return all;
    }

    private List<Message> sent(UserId user, int limit, int maxBytes) {
        return walk(user, null, limit, maxBytes);
    }

    private List<Message> walk(UserId user, @org.jspecify.annotations.Nullable String from, int limit, int maxBytes) {
        List<Message> all = new ArrayList<>();
        String position = from;
        for (int i = 0; i < MAX_PAGES; i++) {
            UserExport.Page page = export().sent(user, position, limit, maxBytes);
            assertThat(page.messages()).hasSizeLessThanOrEqualTo(limit);
            all.addAll(page.messages());
            position = page.next();
            if (position == null) {
                return all;
            }
        }
        throw new AssertionError("no end after " + MAX_PAGES + " pages, at " + position);
    }
}
