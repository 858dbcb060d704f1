package io.lastack.store.jdbc;

import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.spi.UserExport;
import io.lastack.store.jdbc.LogTables.StoredMessage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What is stored of a user. */
final class JdbcExport implements UserExport {
    private static final int ROWS_AT_ONCE = 64;
    private static final String MESSAGES = "SELECT " + MessageRow.COLUMNS + " FROM lastack_message m"
            + " WHERE m.conv = ? AND m.sender = ? AND m.seq > ? ORDER BY m.seq LIMIT ?";

    private final Database database;
    private final NumberedNames conversations;
    private final NumberedNames users;
    private final Devices devices;

    JdbcExport(Database database, NumberedNames conversations, NumberedNames users, Devices devices) {
        this.database = database;
        this.conversations = conversations;
        this.users = users;
        this.devices = devices;
    }

    @Override
    public List<DeviceId> devices(UserId user) {
        return database.read("read devices", handle -> {
            Long number = users.find(handle, user.value());
            return number == null ? List.of() : devices(handle, number);
        });
    }

    private List<DeviceId> devices(Handle handle, long user) {
        TreeSet<DeviceId> all = new TreeSet<>(devices.of(handle, user));
        all.addAll(NotedDevice.of(handle, user));
        return List.copyOf(all);
    }

    @Override
    public Page sent(UserId user, @Nullable String position, int limit, int maxBytes) {
        Arguments.atLeastOne("limit", limit);
        Arguments.atLeastOne("maxBytes", maxBytes);
        LogPlace place = LogPlace.parse(position);
        return database.read("read a user's messages", handle -> {
            Long number = users.find(handle, user.value());
            return number == null
                    ? new Page(List.of(), null)
                    : page(handle, user, number, place, new Taken(limit, maxBytes));
        });
    }

    private Page page(Handle handle, UserId user, long sender, LogPlace from, Taken taken) throws SQLException {
        boolean within = from.seq() < Long.MAX_VALUE;
        SenderWalk.Stretch stretch = new SenderWalk(handle.getConnection(), sender)
                .from(within ? from.conversation() : from.conversation() + 1, Long.MAX_VALUE);
        for (Long conversation : stretch.conversations()) {
            long above = within && conversation == from.conversation() ? from.seq() : 0;
            ConversationId id = name(handle, conversation);
            if (take(handle.getConnection(), conversation, sender, above, m -> taken.add(at(m, id, user)))) {
                return new Page(taken.messages, new LogPlace(conversation, taken.lastSeq()).text());
            }
        }
        String next = stretch.isLast() ? null : new LogPlace(stretch.last(), Long.MAX_VALUE).text();
        return new Page(taken.messages, next);
    }

    private ConversationId name(Handle handle, Long conversation) {
        String name = conversations.names(handle, Set.of(conversation)).get(conversation);
        if (name == null) {
            throw new IllegalStateException(
                    "conversation number " + conversation + " has no name: the tables were changed from outside");
        }
        return ConversationId.parse(name);
    }

    /** Hands over the sender's messages in a conversation until the page is full; returns whether it is. */
    private static boolean take(Connection connection, long conversation, long sender, long above, Taker taker)
            throws SQLException {
        long seq = above;
        try (PreparedStatement messages = connection.prepareStatement(MESSAGES)) {
            while (true) {
                messages.setLong(1, conversation);
                messages.setLong(2, sender);
                messages.setLong(3, seq);
                messages.setInt(4, ROWS_AT_ONCE);
                int rowsRead = 0;
                try (ResultSet rows = messages.executeQuery()) {
                    while (rows.next()) {
                        StoredMessage message = MessageRow.read(rows);
                        rowsRead++;
                        seq = message.seq();
                        if (taker.isFullWith(message)) {
                            return true;
                        }
                    }
                }
                if (rowsRead < ROWS_AT_ONCE) {
                    return false;
                }
            }
        }
    }

    private static Message at(StoredMessage m, ConversationId conversation, UserId sender) {
        return new Message(conversation, m.seq(), m.sentAt(), sender, m.clientMessageId(), m.content());
    }

    /** Who takes messages one by one. */
    @FunctionalInterface
    private interface Taker {
        boolean isFullWith(StoredMessage message);
    }

    /** A page that fills. */
    private static final class Taken {
        private final int limit;
        private final int maxBytes;
        private final List<Message> messages = new ArrayList<>();
        private long bytes;

        Taken(int limit, int maxBytes) {
            this.limit = limit;
            this.maxBytes = maxBytes;
        }

        /** Returns whether the page is full now. */
        boolean add(Message message) {
            messages.add(message);
            bytes += message.content().payload().size();
            return messages.size() >= limit || bytes >= maxBytes;
        }

        long lastSeq() {
            return messages.get(messages.size() - 1).seq();
        }
    }
}
