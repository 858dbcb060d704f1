package io.lastack.spi;

/**
 * What a user who is or was a member may see of a log.
 *
 * @param firstSeq the first seq that the member may see
 * @param visibleHead the highest seq that exists and that the member may see; {@code firstSeq - 1} or less if there is none
 */
public record Visible(long firstSeq, long visibleHead) {
    /** @throws IllegalArgumentException if {@code firstSeq} is below 1 or {@code visibleHead} below 0 */
    public Visible {
        if (firstSeq < 1) {
            throw new IllegalArgumentException("firstSeq " + firstSeq + " is not allowed; 1 or more is");
        }
        if (visibleHead < 0) {
            throw new IllegalArgumentException("visibleHead " + visibleHead + " is not allowed; 0 or more is");
        }
    }
}
