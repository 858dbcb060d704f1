package io.lastack.internal.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TouchedTest {
    private final Touched touched = new Touched();
    private final List<String> flushed = new ArrayList<>();
    private final Queue<Runnable> later = new ArrayDeque<>();

    @Test
    void aCrowdIsFlushedLaterSomeAtATimeAndTheOthersNow() {
        touched.add(new Session("sender"));
        List<String> crowd = crowd(Touched.CROWD + 1);
        touched.add(new Session("other"));
        touched.flushAll(later::add);
        assertThat(flushed).containsExactly("sender", "other");
        assertThat(later).hasSize(Touched.CROWD / Touched.SLICE + 1);
        flushed.clear();
        later.remove().run();
        assertThat(flushed).isEqualTo(crowd.subList(0, Touched.SLICE));
        later.forEach(Runnable::run);
        assertThat(flushed).isEqualTo(crowd);
    }

    @Test
    void fewAreNoCrowd() {
        List<String> few = crowd(Touched.CROWD);
        touched.flushAll(later::add);
        assertThat(flushed).isEqualTo(few);
        assertThat(later).isEmpty();
    }

    @Test
    void whereNobodyWaitsACrowdIsFlushedAtOnce() {
        List<String> crowd = crowd(Touched.CROWD + 1);
        touched.flushAll();
        assertThat(flushed).isEqualTo(crowd);
        touched.flushAll(later::add);
        assertThat(later).isEmpty();
    }

    @Test
    void whoIsTouchedAgainBeforeItsFlushIsFlushedOnce() {
        Session twice = new Session("twice");
        touched.add(twice);
        touched.add(twice);
        touched.flushAll();
        assertThat(flushed).containsExactly("twice");
        touched.add(twice);
        touched.flushAll();
        assertThat(flushed).containsExactly("twice", "twice");
    }

    private List<String> crowd(int size) {
        int others = touched.size();
        List<String> names =
                IntStream.range(0, size).mapToObj(i -> "watcher " + i).toList();
        names.forEach(name -> touched.add(new Session(name)));
        touched.setCrowdAside(others);
        return names;
    }

    private final class Session implements Touched.Flushable {
        private final String name;
        private boolean marked;

        Session(String name) {
            this.name = name;
        }

        @Override
        public boolean markTouched() {
            boolean first = !marked;
            marked = true;
            return first;
        }

        @Override
        public void flush() {
            marked = false;
            flushed.add(name);
        }
    }
}
