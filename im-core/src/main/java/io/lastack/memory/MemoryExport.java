package io.lastack.memory;

import io.lastack.error.InvalidRequestException;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.spi.UserExport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a {@link MemoryStore} has of a user. */
final class MemoryExport implements UserExport {
    private static final char SEPARATOR = ' ';

    private final State state;
    private final MemoryPositions positions;

    MemoryExport(State state, MemoryPositions positions) {
        this.state = state;
        this.positions = positions;
    }

    @Override
    public List<DeviceId> devices(UserId user) {
        TreeSet<DeviceId> devices = new TreeSet<>(positions.devices(user));
        synchronized (state) {
            devices.addAll(state.devices(user));
            state.of(user).values().forEach(membership -> devices.addAll(membership.devices()));
        }
        return List.copyOf(devices);
    }

    @Override
    public Page sent(UserId user, @Nullable String position, int limit, int maxBytes) {
        Bounds.atLeastOne("limit", limit);
        Bounds.atLeastOne("maxBytes", maxBytes);
        Place after = position == null ? null : Place.parse(position);
        List<Message> page = new ArrayList<>();
        long bytes = 0;
        synchronized (state) {
            Iterator<Message> sent = state.conversations().stream()
                    .filter(c -> after == null || c.id().compareTo(after.conversation()) >= 0)
                    .sorted(Comparator.comparing(Conversation::id))
                    .flatMap(c -> c.entries().sentBy(user, seqIn(c, after)))
                    .iterator();
            while (sent.hasNext()) {
                Message message = sent.next();
                page.add(message);
                bytes += message.content().payload().size();
                if (page.size() == limit || bytes >= maxBytes) {
                    return new Page(page, message.conversation().value() + SEPARATOR + message.seq());
                }
            }
        }
        return new Page(page, null);
    }

    private static long seqIn(Conversation conversation, @Nullable Place after) {
        return after != null && conversation.id().equals(after.conversation()) ? after.seq() : 0;
    }

    private record Place(ConversationId conversation, long seq) {
        static Place parse(String position) {
            int separator = position.indexOf(SEPARATOR);
            try {
                return new Place(
                        ConversationId.parse(position.substring(0, Math.max(0, separator))),
                        Long.parseLong(position.substring(separator + 1)));
            } catch (InvalidRequestException | NumberFormatException e) {
                throw new IllegalArgumentException("position " + position + " is not one that this store returned", e);
            }
        }
    }
}
