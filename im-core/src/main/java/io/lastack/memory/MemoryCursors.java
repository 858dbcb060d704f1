package io.lastack.memory;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.AdvanceOutcome;
import io.lastack.cursor.ReadAdvance;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.Cursors;
import io.lastack.spi.DeviceStart;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** The cursors of a {@link MemoryStore}. */
final class MemoryCursors implements Cursors {
    private static final Comparator<AckAdvance> BY_KEY = Comparator.comparing(AckAdvance::key);
    private static final Comparator<ReadAdvance> BY_CONVERSATION_AND_USER =
            Comparator.comparing(ReadAdvance::conversation).thenComparing(ReadAdvance::user);

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
        return advance(advances, BY_KEY, a -> advanceAck(a));
    }

    @Override
    public List<AdvanceOutcome> advanceReads(List<ReadAdvance> advances) {
        return advance(advances, BY_CONVERSATION_AND_USER, a -> advanceRead(a));
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

    private <A> List<AdvanceOutcome> advance(
            List<A> advances, Comparator<A> order, Function<A, AdvanceOutcome> advance) {
        List<A> checked = List.copyOf(advances);
        for (int i = 1; i < checked.size(); i++) {
            if (order.compare(checked.get(i - 1), checked.get(i)) >= 0) {
                throw new IllegalArgumentException("the advance at index " + i + ", " + checked.get(i)
                        + ", does not come after the one before it; advances must be sorted, at most one per cursor");
            }
        }
        synchronized (state) {
            return checked.stream().map(advance).toList();
        }
    }
}
