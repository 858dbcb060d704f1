package io.lastack.cursor;

import io.lastack.log.SeqRange;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * {@link AckCursor} as its documentation says, on plain sets of single seqs: every seq that was acknowledged, every one
 * that failed, and a rule that cuts off the highest runs.
 */
final class CursorModel {

    private final int maxRanges;
    private final NavigableSet<Long> acked = new TreeSet<>();
    private final NavigableSet<Long> failed = new TreeSet<>();
    private long lastAck;

    CursorModel(int maxRanges) {
        this.maxRanges = maxRanges;
    }

    void apply(Step step) {
        if (step instanceof Step.Failed) {
            if (step.seq() > lastAck && !acked.contains(step.seq())) {
                failed.add(step.seq());
            }
        } else if (step instanceof Step.Acked) {
            acked.add(step.seq());
        } else {
            LongStream.rangeClosed(1, step.seq()).forEach(acked::add);
        }
        while (acked.contains(lastAck + 1)) {
            lastAck++;
        }
        acked.headSet(lastAck, true).clear();
        failed.headSet(lastAck, true).clear();
        failed.removeAll(acked);
        forgetHighest(acked);
        forgetHighest(failed);
    }

    long lastAck() {
        return lastAck;
    }

    OptionalLong lastAckErr() {
        return failed.isEmpty() ? OptionalLong.empty() : OptionalLong.of(failed.first());
    }

    boolean isAcked(long seq) {
        return seq <= lastAck || acked.contains(seq);
    }

    List<SeqRange> missing(long upTo) {
        return runs(LongStream.rangeClosed(lastAck + 1, upTo)
                .filter(seq -> !acked.contains(seq))
                .boxed()
                .toList());
    }

    private void forgetHighest(NavigableSet<Long> seqs) {
        List<SeqRange> runs = runs(seqs);
        if (runs.size() > maxRanges) {
            seqs.tailSet(runs.get(maxRanges).first(), true).clear();
        }
    }

    private static List<SeqRange> runs(Iterable<Long> ascending) {
        List<SeqRange> runs = new ArrayList<>();
        for (long seq : ascending) {
            int end = runs.size() - 1;
            if (end >= 0 && runs.get(end).last() == seq - 1) {
                runs.set(end, new SeqRange(runs.get(end).first(), seq));
            } else {
                runs.add(new SeqRange(seq, seq));
            }
        }
        return runs;
    }
}
