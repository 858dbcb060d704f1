package io.lastack.session;

/** What a {@code revise} request does to an earlier message. */
public sealed interface Revision {
    record Recall() implements Revision {}

    record Edit(Body body) implements Revision {}

    record React(String emoji, boolean remove) implements Revision {}
}
