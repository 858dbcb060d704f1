package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.Change.History;
import io.lastack.log.ConversationId;
import io.lastack.log.ConversationId.Kind;
import io.lastack.log.Message;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.spi.LogExtent;
import io.lastack.spi.LogPage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How far logs reach, and deleting while others write and read: for stores that declare retention. */
final class ExtentSuite extends StoreSuite {
    private static final long EVER = Long.MAX_VALUE;

    ExtentSuite(StoreContract contract) {
        super(contract);
    }

    @Test
    void anExtentTellsBothEndsAndTheAgeOfTheOldest() {
        ConversationId direct = ConversationId.direct(alice, bob);
        for (long sentAt : new long[] {5_000, 3_000, 4_000}) {
            log().append(List.of(text(alice, direct)), sentAt);
        }
        assertThat(extent(direct)).isEqualTo(new LogExtent(direct, 0, 3, 5_000));

        retention().trim(direct, 1, EVER, 9);
        assertThat(extent(direct)).isEqualTo(new LogExtent(direct, 1, 3, 3_000));
        retention().trim(direct, 3, EVER, 9);
        assertThat(extent(direct)).isEqualTo(new LogExtent(direct, 3, 3, Long.MAX_VALUE));
    }

    @Test
    void eachKindHasItsExtents() {
        ConversationId direct = directWith(1);
        ConversationId inbox = ConversationId.inbox(alice);
        send(bob, inbox, 2);
        ConversationId group = newGroup("g", History.ALL);

        for (ConversationId conversation : List.of(direct, inbox, group)) {
            for (Kind kind : Kind.values()) {
                assertThat(walk(kind, 100))
                        .as("%s among those of kind %s", conversation, kind)
                        .filteredOn(extent -> extent.conversation().equals(conversation))
                        .hasSize(conversation.kind() == kind ? 1 : 0);
            }
        }
    }

    @Test
    void extentsComeInPagesInAscendingOrder() {
        List<ConversationId> inboxes =
                users(25).stream().map(ConversationId::inbox).toList();
        log().append(inboxes.stream().map(inbox -> text(alice, inbox)).toList(), SENT_AT);

        for (int limit : new int[] {1, 7, 1_000}) {
            List<LogExtent> all = walk(Kind.INBOX, limit);
            assertThat(all)
                    .isSortedAccordingTo(Comparator.comparing(LogExtent::conversation))
                    .filteredOn(extent -> inboxes.contains(extent.conversation()))
                    .hasSize(25);
        }
    }

    @Test
    void whatIsDeletedWhileOthersAppendLeavesNoGap() throws Exception {
        ConversationId direct = directWith(1);
        AtomicInteger writing = new AtomicInteger(3);
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (UserId user : List.of(alice, bob, alice)) {
            tasks.add(() -> {
                try {
                    IntStream.range(0, 60).forEach(i -> send(user, direct));
                    return true;
                } finally {
                    writing.decrementAndGet();
                }
            });
        }
        for (int i = 0; i < 2; i++) {
            tasks.add(() -> {
                while (writing.get() > 0) {
                    long head = log().heads(List.of(direct)).getOrDefault(direct, 0L);
                    retention().trim(direct, Math.max(0, head - 10), EVER, 7);
                }
                return true;
            });
        }
        tasks.add(() -> {
            long next = 1;
            while (writing.get() > 0) {
                next = assertContiguous(direct, next);
            }
            return true;
        });

        Together.run(tasks);
        retention().trim(direct, 171, EVER, 1_000);
        assertThat(seqs(read(direct))).isEqualTo(seqs(172, 181));
        assertThat(send(bob, direct)).isEqualTo(182);
    }

    @Test
    void manyThatDeleteAtOnceDeleteNoMoreThanOne() throws Exception {
        ConversationId direct = directWith(200);
        Callable<Long> task = () -> {
            long gone = 0;
            for (int i = 0; i < 30; i++) {
                long now = retention().trim(direct, 120, EVER, 11);
                assertThat(now).isBetween(gone, 120L);
                gone = now;
            }
            return gone;
        };

        assertThat(Together.run(List.of(task, task, task))).containsOnly(120L);
        assertThat(seqs(read(direct))).isEqualTo(seqs(121, 200));
    }

    /** What a page says from {@code next} on: nothing that is gone, and no gap. @return where to read on */
    private long assertContiguous(ConversationId direct, long next) {
        LogPage page = page(direct, new SeqRange(next, Long.MAX_VALUE), 300);
        long expected = Math.max(next, page.trimmedThrough() + 1);
        for (Message message : page.messages()) {
            assertThat(message.seq()).as("after seq %s", expected - 1).isEqualTo(expected);
            expected++;
        }
        return expected;
    }

    private LogExtent extent(ConversationId conversation) {
        List<LogExtent> found = walk(conversation.kind(), 100).stream()
                .filter(extent -> extent.conversation().equals(conversation))
                .toList();
        assertThat(found).as("extents of %s", conversation).hasSize(1);
        return found.get(0);
    }

    private List<LogExtent> walk(Kind kind, int limit) {
        List<LogExtent> all = new ArrayList<>();
        @Nullable ConversationId after = null;
        List<LogExtent> page;
        do {
            page = retention().extents(kind, after, limit);
            assertThat(page).hasSizeLessThanOrEqualTo(limit);
            all.addAll(page);
            after = page.isEmpty() ? null : page.get(page.size() - 1).conversation();
        } while (page.size() == limit);
        return all;
    }
}
