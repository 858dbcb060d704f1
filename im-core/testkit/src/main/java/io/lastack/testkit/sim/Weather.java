package io.lastack.testkit.sim;

import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** How a store behaves towards one node at the moment: how many of its next calls fail or take long. */
final class Weather {
    private static final long LONGEST_CALL = 300_000_000;
    private static final int MEANWHILE = 5_000;

    private final SplittableRandom random;
    private int failBefore;
    private int failAfter;
    private int slow;
    private int stale;
    private int missing;
    private @Nullable ConversationId locked;
    private int lockedCalls;

    Weather(SplittableRandom random) {
        this.random = random;
    }

    void failBefore(int calls) {
        failBefore = calls;
    }

    void failAfter(int calls) {
        failAfter = calls;
    }

    void slow(int calls) {
        slow = calls;
    }

    /**
     * @param reads how many of the next reads of the log lag behind
     * @param messages how many of the newest messages of each conversation they do not see
     */
    void lag(int reads, int messages) {
        stale = reads;
        missing = messages;
    }

    void lock(ConversationId conversation, int calls) {
        locked = conversation;
        lockedCalls = calls;
    }

    void clear() {
        lockedCalls = 0;
        failBefore = 0;
        failAfter = 0;
        slow = 0;
        stale = 0;
    }

    /** How many of the newest messages of each conversation a read of the log does not see. */
    int lag() {
        if (stale == 0 || random.nextInt(3) == 0) {
            return 0;
        }
        stale--;
        return missing;
    }

    /** Whether somebody holds one of their conversations. */
    boolean locks(List<Draft> drafts) {
        ConversationId held = locked;
        if (lockedCalls == 0
                || held == null
                || drafts.stream().noneMatch(d -> d.conversation().equals(held))) {
            return false;
        }
        lockedCalls--;
        return true;
    }

    boolean failsBefore() {
        if (failBefore == 0 || random.nextInt(3) == 0) {
            return false;
        }
        failBefore--;
        return true;
    }

    boolean failsAfter() {
        if (failAfter == 0 || random.nextInt(3) == 0) {
            return false;
        }
        failAfter--;
        return true;
    }

    /** One call in a while lets others run before it returns; a slow one lets time pass. */
    void pass(VirtualTime time) {
        if (slow > 0 && random.nextInt(3) > 0) {
            slow--;
            time.pass(1 + random.nextLong(LONGEST_CALL), MEANWHILE);
        } else if (random.nextInt(6) == 0) {
            time.pass(random.nextInt(2) * random.nextLong(2_000_000), 1 + random.nextInt(6));
        }
    }

    /** Whether a failing call says that it may succeed later. */
    boolean retryable() {
        return random.nextInt(8) > 0;
    }
}
