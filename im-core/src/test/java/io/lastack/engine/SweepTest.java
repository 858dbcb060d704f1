package io.lastack.engine;

import static io.lastack.engine.Scene.seqs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.lastack.Retention.Swept;
import io.lastack.error.StoreException;
import io.lastack.log.ConversationId;
import io.lastack.log.ConversationId.Kind;
import io.lastack.log.Draft;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import io.lastack.spi.Cursors;
import io.lastack.spi.ImStore;
import io.lastack.spi.LogExtent;
import io.lastack.spi.LogRetention;
import io.lastack.spi.Memberships;
import io.lastack.spi.MessageLog;
import io.lastack.spi.RetentionPolicy;
import io.lastack.spi.RetentionRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which messages a policy lets go of, and when. */
class SweepTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final ConversationId DIRECT = ConversationId.direct(ALICE, BOB);
    private static final ConversationId INBOX = ConversationId.inbox(BOB);
    private static final Duration HOUR = Duration.ofHours(1);

    private static Scene keeping(RetentionRule rule) {
        return keeping(RetentionPolicy.of(rule));
    }

    private static Scene keeping(RetentionPolicy policy) {
        return new Scene(new Recording(), b -> b.retention(policy, HOUR));
    }

    private static void send(Scene scene, ConversationId to, int count) {
        for (int i = 0; i < count; i++) {
            scene.engine.messages().send(Draft.text(ALICE, to, "text"));
        }
        scene.run();
    }

    private static List<Long> left(Scene scene, ConversationId conversation) {
        return scene.engine.messages().read(conversation, new SeqRange(1, 1_000_000)).stream()
                .map(m -> m.seq())
                .toList();
    }

    @Test
    void whatIsOlderThanThePolicyKeepsIsDeletedInTimeAndNothingElse() {
        Scene scene = keeping(RetentionRule.maxAge(Duration.ofDays(2)));
        send(scene, DIRECT, 3);
        scene.pass(Duration.ofDays(1));
        send(scene, DIRECT, 4);
        scene.pass(Duration.ofHours(23));
        assertThat(left(scene, DIRECT)).isEqualTo(seqs(1, 7));

        scene.pass(Duration.ofHours(2).plusMinutes(1));
        assertThat(left(scene, DIRECT)).isEqualTo(seqs(4, 7));
        scene.pass(Duration.ofHours(22));
        assertThat(left(scene, DIRECT)).isEqualTo(seqs(4, 7));
        scene.pass(Duration.ofHours(3));
        assertThat(left(scene, DIRECT)).isEmpty();
        assertThat(scene.engine.messages().lastSeq(DIRECT)).isEqualTo(7);
    }

    @Test
    void asManyOfTheNewestAsThePolicySaysAreKept() {
        Scene scene = keeping(RetentionRule.newest(5));
        send(scene, DIRECT, 12);
        send(scene, INBOX, 5);
        scene.pass(Duration.ofHours(23));
        assertThat(left(scene, DIRECT)).isEqualTo(seqs(1, 12));

        scene.pass(Duration.ofHours(3));
        assertThat(left(scene, DIRECT)).isEqualTo(seqs(8, 12));
        assertThat(left(scene, INBOX)).isEqualTo(seqs(1, 5));
    }

    @Test
    void whatIsYoungEnoughToBeRepeatedIsKeptThoughItIsNotAmongTheNewest() {
        Scene scene = keeping(RetentionRule.newest(5).withRepeats(Duration.ofHours(10)));
        send(scene, DIRECT, 6);
        scene.pass(Duration.ofHours(9));
        send(scene, DIRECT, 20);
        scene.pass(Duration.ofHours(3));

        assertThat(left(scene, DIRECT)).isEqualTo(seqs(7, 26));
        scene.pass(Duration.ofHours(10));
        assertThat(left(scene, DIRECT)).isEqualTo(seqs(22, 26));
    }

    @Test
    void ageAndNumberHoldTogether() {
        Scene scene = keeping(RetentionRule.maxAge(Duration.ofDays(10)).andNewest(5));
        send(scene, DIRECT, 8);
        scene.pass(Duration.ofDays(2));
        assertThat(left(scene, DIRECT)).isEqualTo(seqs(4, 8));
        send(scene, DIRECT, 2);
        scene.pass(Duration.ofDays(9));
        assertThat(left(scene, DIRECT)).isEqualTo(seqs(9, 10));
    }

    @Test
    void eachKindHasItsOwnRule() {
        Scene scene = keeping(RetentionPolicy.EVERYTHING.with(Kind.INBOX, RetentionRule.maxAge(Duration.ofDays(1))));
        ConversationId group = ConversationId.group("g");
        scene.engine.groups().create(group, ALICE, "g", io.lastack.log.Change.History.ALL, List.of(BOB));
        scene.run();
        send(scene, DIRECT, 3);
        send(scene, INBOX, 3);
        send(scene, group, 3);
        scene.pass(Duration.ofDays(30));

        assertThat(left(scene, INBOX)).isEmpty();
        assertThat(left(scene, DIRECT)).isEqualTo(seqs(1, 3));
        assertThat(left(scene, group)).isEqualTo(seqs(1, 4));
    }

    @Test
    void aLongLogGoesInSmallBatchesWithTimeBetween() {
        Scene scene = keeping(RetentionRule.maxAge(Duration.ofDays(1)));
        send(scene, DIRECT, 2_600);
        send(scene, INBOX, 10);
        scene.pass(Duration.ofDays(1).minusHours(1));
        Recording store = (Recording) scene.store;
        store.calls.clear();
        scene.runtime.jumpWallClock(Duration.ofDays(2));

        CompletableFuture<Swept> swept = scene.engine.retention().sweep().toCompletableFuture();
        scene.run();
        assertThat(swept).isNotDone();
        scene.pass(Duration.ofSeconds(1));

        assertThat(swept).isCompletedWithValue(new Swept(2, 2_610));
        assertThat(store.calls).containsExactly(500L, 1_000L, 1_500L, 2_000L, 2_500L, 2_600L, 10L);
    }

    @Test
    void askingForASweepWhileOneRunsCoversWhatIsDueThen() {
        Scene scene = keeping(RetentionRule.maxAge(Duration.ofHours(5)));
        send(scene, DIRECT, 1_200);
        scene.runtime.jumpWallClock(Duration.ofHours(6));
        var first = scene.engine.retention().sweep().toCompletableFuture();
        scene.pass(Duration.ofMillis(30));
        assertThat(first).isNotDone();
        send(scene, INBOX, 1);
        scene.runtime.jumpWallClock(Duration.ofHours(6));
        var second = scene.engine.retention().sweep().toCompletableFuture();
        var third = scene.engine.retention().sweep().toCompletableFuture();
        scene.pass(Duration.ofSeconds(1));

        assertThat(first.join().messages() + second.join().messages()).isEqualTo(1_201);
        assertThat(third.join()).isEqualTo(second.join());
        assertThat(left(scene, INBOX)).isEmpty();
    }

    @Test
    void aSweepThatFailsIsTriedAgainAtTheNextTime() {
        Scene scene = keeping(RetentionRule.maxAge(Duration.ofHours(5)));
        Recording store = (Recording) scene.store;
        send(scene, DIRECT, 3);
        scene.runtime.jumpWallClock(Duration.ofHours(6));
        store.failures = 1;
        var failed = scene.engine.retention().sweep().toCompletableFuture();
        scene.pass(Duration.ofSeconds(1));
        assertThat(failed).isCompletedExceptionally();
        assertThat(left(scene, DIRECT)).hasSize(3);

        scene.pass(HOUR.plusMinutes(1));
        assertThat(left(scene, DIRECT)).isEmpty();
    }

    @Test
    void anEngineThatDrainsSweepsNoMore() {
        Scene scene = keeping(RetentionRule.maxAge(Duration.ofHours(5)));
        send(scene, DIRECT, 3);
        scene.engine.drain(Duration.ofSeconds(1));
        scene.pass(Duration.ofDays(5));

        assertThat(left(scene, DIRECT)).hasSize(3);
        assertThat(scene.engine.retention().sweep().toCompletableFuture()).isCompletedWithValue(new Swept(0, 0));
    }

    @Test
    void withoutAPolicyNothingIsDeletedAndNothingRuns() {
        Scene scene = new Scene();
        send(scene, DIRECT, 3);
        int pending = scene.runtime.pending();
        scene.pass(Duration.ofDays(10_000));

        assertThat(left(scene, DIRECT)).hasSize(3);
        assertThat(pending).isZero();
    }

    @Test
    void rulesThatContradictThemselvesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> RetentionRule.maxAge(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> RetentionRule.newest(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetentionRule.maxAge(Duration.ofHours(1)).withRepeats(Duration.ofHours(2)));
        assertThat(RetentionRule.maxAge(Duration.ofHours(1)).repeats()).isEqualTo(Duration.ofHours(1));
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        new Scene(new FaultyStore(), b -> b.retention(RetentionPolicy.of(RetentionRule.newest(1)))))
                .withMessageContaining("cannot delete");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Scene(b -> b.retention(RetentionPolicy.EVERYTHING, Duration.ZERO)));
    }

    /** A store that notes what each deletion came to, and fails if told to. */
    private static final class Recording implements ImStore, LogRetention {
        private final MemoryStore store = MemoryStore.create();
        private final List<Long> calls = new ArrayList<>();
        private int failures;

        @Override
        public MessageLog log() {
            return store.log();
        }

        @Override
        public Memberships memberships() {
            return store.memberships();
        }

        @Override
        public Cursors cursors() {
            return store.cursors();
        }

        @Override
        public Optional<LogRetention> retention() {
            return Optional.of(this);
        }

        @Override
        public List<LogExtent> extents(Kind kind, @Nullable ConversationId after, int limit) {
            return store.retention().orElseThrow().extents(kind, after, limit);
        }

        @Override
        public long trim(ConversationId conversation, long through, long sentBefore, int atMost) {
            if (failures > 0) {
                failures--;
                throw new StoreException("the test pulled the plug", null, true, StoreException.Effect.UNKNOWN);
            }
            long gone = store.retention().orElseThrow().trim(conversation, through, sentBefore, atMost);
            calls.add(gone);
            return gone;
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
