package io.lastack.session;

import java.util.List;

/** What a {@code revise} request does to an earlier message. */
public sealed interface Revision {
    record Recall() implements Revision {}

    /**
     * The message has another body, and names others; its other fields stay.
     *
     * @param mentions the users whom it names now
     */
    record Edit(Body body, List<String> mentions) implements Revision {
        public Edit {
            mentions = List.copyOf(mentions);
        }

        /** One that names nobody. */
        public Edit(Body body) {
            this(body, List.of());
        }
    }

    record React(String emoji, boolean remove) implements Revision {}
}
