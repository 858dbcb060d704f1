package io.lastack.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.SeqRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** Random calls in random order. Each property prints the seed with which it can be repeated. */
final class AckCursorPropertiesTest {

    private static final long HEAD = 16;

    @Property
    void everyAnswerIsThatOfANaiveSetAfterEveryCall(
            @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 1, max = 6) int maxRanges) {
        AckCursor cursor = AckCursor.startingAt(0, maxRanges);
        CursorModel model = new CursorModel(maxRanges);
        for (Step step : steps) {
            long floorBefore = model.lastAck();
            boolean ackedBefore = model.isAcked(step.seq());
            boolean answer = step.on(cursor);
            model.apply(step);
            assertThat(answer)
                    .as("answer to %s", step)
                    .isEqualTo(step instanceof Step.Failed ? !ackedBefore : model.lastAck() > floorBefore);
            assertSame(cursor, model);
        }
    }

    @Property
    void theFloorNeverGoesDownAndNeverPassesAnythingNotAcknowledged(
            @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 1, max = 6) int maxRanges) {
        AckCursor cursor = AckCursor.startingAt(0, maxRanges);
        Set<Long> acked = new HashSet<>();
        long floor = 0;
        for (Step step : steps) {
            step.on(cursor);
            remember(step, acked);
            assertThat(cursor.lastAck()).isGreaterThanOrEqualTo(floor);
            floor = cursor.lastAck();
            for (long seq = 1; seq <= floor; seq++) {
                assertThat(acked).as("at or below the floor").contains(seq);
            }
        }
    }

    @Property
    void nothingThatIsOwedIsLeftOutAndTheRangesAreBounded(
            @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 1, max = 6) int maxRanges) {
        AckCursor cursor = AckCursor.startingAt(0, maxRanges);
        Set<Long> acked = new HashSet<>();
        for (Step step : steps) {
            step.on(cursor);
            remember(step, acked);
        }
        List<SeqRange> missing = cursor.missing(HEAD);
        assertThat(missing).hasSizeLessThanOrEqualTo(maxRanges + 1);
        for (long seq = 1; seq <= HEAD; seq++) {
            assertThat(acked.contains(seq) || contains(missing, seq))
                    .as("seq %d", seq)
                    .isTrue();
        }
    }

    @Property
    void sendingWhatIsMissingUntilItIsAcknowledgedEndsAtTheHead(
            @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 1, max = 6) int maxRanges) {
        AckCursor cursor = AckCursor.startingAt(0, maxRanges);
        steps.forEach(step -> step.on(cursor));
        for (SeqRange range : cursor.missing(HEAD)) {
            for (long seq = range.first(); seq <= range.last(); seq++) {
                cursor.acked(seq);
            }
        }
        assertThat(cursor.lastAck()).isGreaterThanOrEqualTo(HEAD);
        assertThat(cursor.lastAckErr()).isEmpty();
    }

    @Property
    void walkingTheMissingSeqsOneByOneVisitsTheMissingRanges(@ForAll("steps") List<Step> steps) {
        AckCursor cursor = AckCursor.startingAt(0);
        steps.forEach(step -> step.on(cursor));
        List<Long> walked = new ArrayList<>();
        for (long seq = cursor.nextMissing(1); seq <= HEAD; seq = cursor.nextMissing(seq + 1)) {
            walked.add(seq);
        }
        List<Long> listed = new ArrayList<>();
        for (SeqRange range : cursor.missing(HEAD)) {
            for (long seq = range.first(); seq <= range.last(); seq++) {
                listed.add(seq);
            }
        }
        assertThat(walked).isEqualTo(listed);
    }

    @Property
    void acknowledgementsGiveTheSameCursorInAnyOrder(@ForAll("acks") Tuple.Tuple2<List<Step>, List<Step>> orders) {
        AckCursor one = AckCursor.startingAt(0);
        AckCursor other = AckCursor.startingAt(0);
        orders.get1().forEach(step -> step.on(one));
        orders.get2().forEach(step -> step.on(other));
        assertThat(one).hasToString(other.toString());
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Long> seqs = Arbitraries.longs().between(1, HEAD);
        return Arbitraries.frequencyOf(
                        Tuple.of(6, seqs.map(Step.Acked::new)),
                        Tuple.of(6, seqs.map(Step.Failed::new)),
                        Tuple.of(1, seqs.map(seq -> new Step.AckedThrough(seq / 2 + 1))))
                .<Step>map(step -> step)
                .list()
                .ofMaxSize(60);
    }

    @Provide
    Arbitrary<Tuple.Tuple2<List<Step>, List<Step>>> acks() {
        Arbitrary<Step> acked = Arbitraries.longs().between(1, HEAD).map(Step.Acked::new);
        return acked.list()
                .ofMaxSize(30)
                .flatMap(steps -> Arbitraries.shuffle(steps).map(shuffled -> Tuple.of(steps, shuffled)));
    }

    private static void assertSame(AckCursor cursor, CursorModel model) {
        assertThat(cursor.lastAck()).isEqualTo(model.lastAck());
        assertThat(cursor.lastAckErr()).isEqualTo(model.lastAckErr());
        for (long seq = 1; seq <= HEAD; seq++) {
            assertThat(cursor.missing(seq)).as("missing(%d)", seq).isEqualTo(model.missing(seq));
            assertThat(cursor.isAcked(seq)).as("isAcked(%d)", seq).isEqualTo(model.isAcked(seq));
        }
    }

    private static void remember(Step step, Set<Long> acked) {
        if (step instanceof Step.Acked) {
            acked.add(step.seq());
        } else if (step instanceof Step.AckedThrough) {
            for (long seq = 1; seq <= step.seq(); seq++) {
                acked.add(seq);
            }
        }
    }

    private static boolean contains(List<SeqRange> ranges, long seq) {
        return ranges.stream().anyMatch(range -> range.contains(seq));
    }
}
