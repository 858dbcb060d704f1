package io.lastack.internal.cursor;

import io.lastack.internal.concurrency.Interleavings;
import io.lastack.internal.concurrency.StepRuntime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** What was put is pending until it is written: whoever asks for it never finds it in neither place. */
@Param(name = "key", gen = IntGen.class, conf = "1:2")
@Param(name = "value", gen = IntGen.class, conf = "1:5")
public class WriteBehindInterleavingsTest {
    private final StepRuntime runtime = new StepRuntime();
    private final WriteBehind<Integer, Entry> journal =
            new WriteBehind<>(runtime, Duration.ofMillis(1), Entry::higher, this::write);
    private final Map<Integer, Integer> stored = new HashMap<>();

    private record Entry(int key, int value) {
        Entry higher(Entry other) {
            return value >= other.value ? this : other;
        }
    }

    private void write(List<Entry> entries) {
        synchronized (stored) {
            entries.forEach(entry -> stored.merge(entry.key(), entry.value(), Math::max));
        }
    }

    @Operation
    public void put(@Param(name = "key") int key, @Param(name = "value") int value) {
        journal.put(key, new Entry(key, value));
    }

    @Operation
    public int known(@Param(name = "key") int key) {
        Entry pending = journal.pending(key);
        synchronized (stored) {
            int written = stored.getOrDefault(key, 0);
            return pending == null ? written : Math.max(pending.value(), written);
        }
    }

    /** The store first, as a look at it takes its time. */
    @Operation
    public int looked(@Param(name = "key") int key) {
        long begun = journal.beginRead();
        int written;
        synchronized (stored) {
            written = stored.getOrDefault(key, 0);
        }
        Entry pending = journal.pending(key);
        journal.endRead(begun);
        return pending == null ? written : Math.max(pending.value(), written);
    }

    @Operation
    public void flush() {
        runtime.fire();
    }

    @Test
    void callsThatMeetAreAsCallsInTurn() {
        Interleavings.some().actorsAfter(1).check(WriteBehindInterleavingsTest.class);
    }
}
