package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.AppendOutcome;
import io.lastack.log.AppendOutcome.AlreadyAppended;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.AppendOutcome.Refused;
import io.lastack.log.Change;
import io.lastack.log.Change.History;
import io.lastack.log.Change.Role;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import io.lastack.spi.ConversationInfo;
import io.lastack.spi.DeviceStart;
import io.lastack.spi.Member;
import io.lastack.spi.Subscription;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Several threads at once. */
abstract class ConcurrencySuite extends StoreSuite {
    private static final int WRITERS = 4;

    ConcurrencySuite(StoreContract contract) {
        super(contract);
    }

    @Test
    void aReaderOfAHotConversationNeverSeesAMessageBeforeTheOneBelowIt() throws Exception {
        ConversationId hot = ConversationId.direct(alice, bob);
        int lists = Scale.times(60);
        LogReader reader = new LogReader(log(), List.of(hot));

        writeWhileReading(reader::poll, writer -> {
            for (int i = 0; i < lists; i++) {
                int size = 1 + (i + writer) % 4;
                send(writer % 2 == 0 ? alice : bob, hot, size);
            }
        });

        assertThat(reader.seen().get(0)).isEqualTo(read(hot)).hasSize(lists / 4 * 10 * WRITERS);
    }

    @Test
    void aReaderOfManyConversationsNeverSeesAMessageBeforeTheOneBelowIt() throws Exception {
        List<ConversationId> conversations = users(30).stream()
                .map(user -> ConversationId.direct(alice, user))
                .toList();
        LogReader reader = new LogReader(log(), conversations);

        writeWhileReading(reader::poll, writer -> {
            Random random = new Random(writer);
            for (int i = 0; i < Scale.times(40); i++) {
                List<Draft> drafts = Stream.generate(
                                () -> text(alice, conversations.get(random.nextInt(conversations.size()))))
                        .limit(8)
                        .toList();
                assertThat(log().append(drafts, SENT_AT)).hasOnlyElementsOfType(Appended.class);
            }
        });

        assertThat(reader.seen())
                .isEqualTo(conversations.stream().map(this::read).toList());
        assertThat(reader.seen().stream().mapToInt(List::size).sum()).isEqualTo(WRITERS * Scale.times(40) * 8);
    }

    @Test
    void aReaderSeesAListAsAWholeOrNotAtAll() throws Exception {
        ConversationId hot = ConversationId.direct(alice, bob);
        int lists = Scale.times(40);

        writeWhileReading(
                () -> assertThat(read(hot).size() % 10)
                        .as("messages of a list that is seen in part")
                        .isZero(),
                writer -> {
                    for (int i = 0; i < lists; i++) {
                        send(alice, hot, 10);
                    }
                });

        assertThat(seqs(read(hot))).isEqualTo(seqs(1, lists * 10L * WRITERS));
    }

    @Test
    void theSameDraftFromManyThreadsIsStoredOnce() throws Exception {
        ConversationId direct = ConversationId.direct(alice, bob);
        List<Draft> drafts =
                Stream.generate(() -> text(alice, direct)).limit(40).toList();

        List<Map<Draft, AppendOutcome>> answers = Together.run(each(6, thread -> () -> {
            Map<Draft, AppendOutcome> mine = new HashMap<>();
            for (Draft draft : shuffled(drafts, thread)) {
                mine.put(draft, append(draft).get(0));
            }
            return mine;
        }));

        assertThat(seqs(read(direct))).isEqualTo(seqs(1, 40));
        for (Draft draft : drafts) {
            assertOneAppended(answers.stream().map(answer -> answer.get(draft)).toList());
        }
    }

    @Test
    void overlappingListsFromManyThreadsAreStoredOnce() throws Exception {
        List<ConversationId> conversations = List.of(
                ConversationId.direct(alice, bob), ConversationId.direct(alice, carol), ConversationId.inbox(dave));
        List<Draft> drafts = IntStream.range(0, 60)
                .mapToObj(i -> text(alice, conversations.get(i % 3)))
                .toList();

        List<Map<Draft, AppendOutcome>> answers = Together.run(each(6, thread -> () -> {
            List<Draft> mine = shuffled(drafts, thread);
            Map<Draft, AppendOutcome> answer = new HashMap<>();
            for (List<Draft> list : List.of(mine.subList(0, 30), mine.subList(30, 60))) {
                List<AppendOutcome> outcomes = log().append(list, SENT_AT);
                list.forEach(draft -> answer.put(draft, outcomes.get(list.indexOf(draft))));
            }
            return answer;
        }));

        for (ConversationId conversation : conversations) {
            assertThat(seqs(read(conversation))).isEqualTo(seqs(1, 20));
        }
        for (Draft draft : drafts) {
            assertOneAppended(answers.stream().map(answer -> answer.get(draft)).toList());
        }
    }

    @Test
    void listsThatNameConversationsInOppositeOrdersDoNotBlockEachOther() throws Exception {
        List<ConversationId> ascending = users(20).stream()
                .map(user -> ConversationId.direct(alice, user))
                .toList();
        List<ConversationId> descending = new ArrayList<>(ascending);
        Collections.reverse(descending);
        int rounds = Scale.times(15);

        Together.run(each(WRITERS, thread -> () -> {
            for (int i = 0; i < rounds; i++) {
                List<ConversationId> order = (thread + i) % 2 == 0 ? ascending : descending;
                log().append(order.stream().map(c -> text(alice, c)).toList(), SENT_AT);
            }
            return true;
        }));

        assertThat(ascending).allSatisfy(c -> assertThat(seqs(read(c))).isEqualTo(seqs(1, (long) rounds * WRITERS)));
    }

    @Test
    void aDirectConversationThatBothUsersBeginAtOnceIsOne() throws Exception {
        for (UserId other : users(10)) {
            ConversationId direct = ConversationId.direct(alice, other);

            List<Long> seqs = Together.run(List.of(() -> send(alice, direct), () -> send(other, direct)));

            assertThat(seqs).containsExactlyInAnyOrder(1L, 2L);
            assertThat(memberships().find(direct)).contains(new ConversationInfo(direct, "", History.ALL, 2, 2, false));
        }
    }

    @Test
    void aGroupThatManyCreateAtOnceHasOneOwner() throws Exception {
        List<UserId> users = users(6);
        for (int i = 0; i < 5; i++) {
            ConversationId group = group("g" + i);

            List<AppendOutcome> outcomes = Together.run(each(
                    users.size(),
                    thread -> () -> append(change(
                                    users.get(thread), group, new Change.CreateGroup("g", History.ALL, List.of())))
                            .get(0)));

            assertThat(outcomes).hasAtLeastOneElementOfType(Appended.class);
            assertThat(outcomes).filteredOn(Refused.class::isInstance).hasSize(users.size() - 1);
            UserId owner = users.get(outcomes.indexOf(new Appended(1, SENT_AT)));
            assertThat(memberships().members(group, null, 10)).containsExactly(new Member(owner, Role.OWNER, 1));
        }
    }

    @Test
    void membersAddedByManyAtOnceJoinEachAtItsOwnEntry() throws Exception {
        ConversationId group = newGroup("g", History.FROM_JOIN);
        List<UserId> users = users(40);

        List<List<Member>> expected = Together.run(each(WRITERS, thread -> () -> {
            List<Member> mine = new ArrayList<>();
            for (UserId user : users.subList(thread * 10, thread * 10 + 10)) {
                mine.add(new Member(user, Role.MEMBER, add(group, user)));
            }
            return mine;
        }));

        assertThat(memberships().members(group, users))
                .containsExactlyInAnyOrderElementsOf(
                        expected.stream().flatMap(List::stream).toList());
        assertThat(memberships().find(group))
                .contains(new ConversationInfo(group, "g", History.FROM_JOIN, 41, 41, false));
    }

    @Test
    void aCursorMovedByManyAtOnceEndsAtTheHighestAndIsNeverSeenToFall() throws Exception {
        ConversationId direct = directWith(60);
        AtomicReference<Subscription> last = new AtomicReference<>(subscription(bob, phone, direct));

        writeWhileReading(
                () -> {
                    Subscription seen = subscription(bob, phone, direct);
                    Subscription before = last.getAndSet(seen);
                    assertThat(seen.lastAck()).isGreaterThanOrEqualTo(before.lastAck());
                    assertThat(seen.lastRead()).isGreaterThanOrEqualTo(before.lastRead());
                },
                writer -> {
                    for (long seq : shuffled(seqs(1, 60), writer)) {
                        ack(direct, bob, phone, seq);
                        read(direct, bob, seq, seq);
                    }
                });

        assertThat(subscription(bob, phone, direct).lastAck()).isEqualTo(60);
        assertThat(state(direct, 1, bob))
                .satisfies(state ->
                        assertThat(List.of(state.lastRead(), state.readAt())).containsExactly(60L, 60L));
    }

    @Test
    void aDeviceRegisteredByManyAtOnceIsNewToOneOfThem() throws Exception {
        ConversationId direct = directWith(5);
        for (int i = 0; i < 5; i++) {
            var device = DeviceId.of("device-" + i);

            List<Boolean> answers =
                    Together.run(each(6, thread -> () -> cursors().register(bob, device, DeviceStart.HEAD)));

            assertThat(answers).containsOnlyOnce(true);
            assertThat(subscription(bob, device, direct).lastAck()).isEqualTo(5);
        }
    }

    /** Looks again and again, from before the first writer begins until after the last has ended. */
    private static void writeWhileReading(Runnable look, IntConsumer writer) throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        AtomicInteger writing = new AtomicInteger(WRITERS);
        List<Callable<Boolean>> tasks = new ArrayList<>(each(WRITERS, thread -> () -> {
            try {
                looking.await();
                writer.accept(thread);
                return true;
            } finally {
                writing.decrementAndGet();
            }
        }));
        tasks.add(() -> {
            try {
                boolean more;
                do {
                    more = writing.get() > 0;
                    look.run();
                    looking.countDown();
                } while (more);
                return true;
            } finally {
                looking.countDown();
            }
        });

        Together.run(tasks);
    }

    private static <T> List<Callable<T>> each(int threads, IntFunction<Callable<T>> task) {
        return IntStream.range(0, threads).mapToObj(task).toList();
    }

    private static <T> List<T> shuffled(List<T> list, int seed) {
        List<T> result = new ArrayList<>(list);
        Collections.shuffle(result, new Random(seed));
        return result;
    }

    private static void assertOneAppended(List<AppendOutcome> outcomes) {
        List<AppendOutcome> appended =
                outcomes.stream().filter(Appended.class::isInstance).toList();
        assertThat(appended).hasSize(1);
        long seq = ((Appended) appended.get(0)).seq();
        assertThat(outcomes)
                .filteredOn(outcome -> !(outcome instanceof Appended))
                .containsOnly(new AlreadyAppended(seq, SENT_AT));
    }
}
