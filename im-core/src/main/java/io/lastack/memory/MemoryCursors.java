package io.lastack.memory;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.AdvanceOutcome;
import io.lastack.cursor.ReadAdvance;
import io.lastack.cursor.SortedAdvances;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.Cursors;
import io.lastack.spi.DeviceStart;
import java.util.List;
import java.util.function.Function;

/** The cursors of a {@link MemoryStore}. */
final class MemoryCursors implements Cursors {
    private final State state;

    MemoryCursors(State state) {
        this.state = state;
    }

    @Override
    public boolean register(UserId user, DeviceId device, DeviceStart start) {
        synchronized (state) {
            if (!state.add(user, device)) {
                return false;
            }
            state.of(user).values().forEach(membership -> membership.start(device, start));
            return true;
        }
    }

    @Override
    public List<AdvanceOutcome> advanceAcks(List<AckAdvance> advances) {
        return advance(SortedAdvances.acks(advances), this::advanceAck);
    }

    @Override
    public List<AdvanceOutcome> advanceReads(List<ReadAdvance> advances) {
        return advance(SortedAdvances.reads(advances), this::advanceRead);
    }

    private AdvanceOutcome advanceAck(AckAdvance advance) {
        ConversationId conversation = advance.key().conversation();
        Membership membership = state.find(conversation, advance.key().user());
        return membership == null
                ? AdvanceOutcome.REFUSED
                : membership.advanceAck(advance.key().device(), advance.seq(), advance.at());
    }

    private AdvanceOutcome advanceRead(ReadAdvance advance) {
        Membership membership = state.find(advance.conversation(), advance.user());
        return membership == null ? AdvanceOutcome.REFUSED : membership.advanceRead(advance.seq(), advance.at());
    }

    private <A> List<AdvanceOutcome> advance(List<A> advances, Function<A, AdvanceOutcome> advance) {
        synchronized (state) {
            return advances.stream().map(advance).toList();
        }
    }
}
