package io.lastack.internal.request;

import io.lastack.error.InvalidRequestException;
import io.lastack.log.AppendOutcome;
import io.lastack.log.AppendOutcome.AlreadyAppended;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.AppendOutcome.Refused;

/** What became of an append, for who asked for it. */
final class Appending {
    private Appending() {}

    /** Where an entry is. */
    @FunctionalInterface
    interface ResultOf<R> {
        R at(long seq, long sentAt, boolean duplicate);
    }

    /** @throws InvalidRequestException if it was refused */
    static <R> R result(AppendOutcome outcome, ResultOf<R> result) {
        if (outcome instanceof Appended done) {
            return result.at(done.seq(), done.sentAt(), false);
        }
        if (outcome instanceof AlreadyAppended done) {
            return result.at(done.seq(), done.sentAt(), true);
        }
        Refused refused = (Refused) outcome;
        throw new InvalidRequestException(refused.reason(), refused.message());
    }
}
