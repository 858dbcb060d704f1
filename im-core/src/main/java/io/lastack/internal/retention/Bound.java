package io.lastack.internal.retention;

import io.lastack.log.ConversationId;
import io.lastack.spi.LogExtent;
import io.lastack.spi.RetentionRule;
import java.util.ArrayList;
import java.util.List;

/**
 * What may be deleted of one log.
 *
 * @param gone through which seq messages were gone when this was worked out
 * @param through delete nothing above this seq
 * @param sentBefore delete nothing sent at or after this time
 */
record Bound(ConversationId conversation, long gone, long through, long sentBefore) {
    /** What a rule lets go of a log, at a time; nothing for most logs. */
    static List<Bound> of(LogExtent extent, RetentionRule rule, long now) {
        List<Bound> bounds = new ArrayList<>(2);
        if (rule.maxAge() != null) {
            addIfDue(bounds, extent, Long.MAX_VALUE, now - rule.maxAge().toMillis());
        }
        if (rule.newest() < Long.MAX_VALUE) {
            // Heads only rise: what was not among the newest when this extent was read is not among them later.
            addIfDue(
                    bounds,
                    extent,
                    extent.head() - rule.newest(),
                    now - rule.repeats().toMillis());
        }
        return bounds;
    }

    private static void addIfDue(List<Bound> bounds, LogExtent extent, long through, long sentBefore) {
        if (through > extent.trimmedThrough() && extent.oldestSentAt() < sentBefore) {
            bounds.add(new Bound(extent.conversation(), extent.trimmedThrough(), through, sentBefore));
        }
    }

    Bound goneThrough(long seq) {
        return new Bound(conversation, seq, through, sentBefore);
    }
}
