package io.lastack.store.jdbc;

import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.UserErasure;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Erases users: first devices and inbox, then what is left of them in the conversations, in the order of their numbers. */
final class JdbcErasure implements UserErasure {
    private static final String INBOX = "inbox";
    private static final String DELETE_DEVICES = "DELETE FROM lastack_device WHERE usr = ?";
    private static final String DELETE_SETTINGS = "DELETE FROM lastack_setting WHERE usr = ?";
    private static final String DELETE_BLOCKS = "DELETE FROM lastack_block WHERE usr = ?";
    private static final String DELETE_POSITIONS = "DELETE FROM lastack_position WHERE usr = ?";
    private static final String DELETE_NOTED_DEVICES = "DELETE FROM lastack_position_device WHERE usr = ?";

    private final Database database;
    private final NumberedNames conversations;
    private final NumberedNames users;
    private final Devices devices;

    JdbcErasure(Database database, NumberedNames conversations, NumberedNames users, Devices devices) {
        this.database = database;
        this.conversations = conversations;
        this.users = users;
        this.devices = devices;
    }

    @Override
    public @Nullable String erase(UserId user, @Nullable String position, int limit) {
        Arguments.atLeastOne("limit", limit);
        boolean walking = position != null && !position.equals(INBOX);
        LogPlace place = walking ? LogPlace.parse(position) : LogPlace.START;
        return database.inside(() -> eraseNow(user, position, place, limit));
    }

    private @Nullable String eraseNow(UserId user, @Nullable String position, LogPlace place, int limit) {
        Long number = users.find(Set.of(user.value())).get(user.value());
        if (number == null) {
            return null;
        }
        if (position == null) {
            forgetDevices(number);
            return INBOX;
        }
        return position.equals(INBOX) ? emptyInbox(user, limit) : eraseIn(number, place, limit);
    }

    private void forgetDevices(long user) {
        List<DeviceId> names = database.write("forget devices", handle -> {
            List<DeviceId> found = devices.of(handle, user);
            for (String delete :
                    List.of(DELETE_DEVICES, DELETE_SETTINGS, DELETE_BLOCKS, DELETE_POSITIONS, DELETE_NOTED_DEVICES)) {
                handle.createUpdate(delete).bind(0, user).execute();
            }
            return found;
        });
        names.forEach(device -> devices.forget(user, device));
    }

    private String emptyInbox(UserId user, int limit) {
        String inbox = ConversationId.inbox(user).value();
        Long number = conversations.find(Set.of(inbox)).get(inbox);
        boolean emptied =
                number == null || database.write("empty an inbox", handle -> isEmptied(handle, number, limit));
        return emptied ? LogPlace.START.text() : INBOX;
    }

    private static boolean isEmptied(Handle handle, long inbox, int limit) throws java.sql.SQLException {
        long gone = new JdbcRetention.Trim(handle.getConnection(), inbox).run(Long.MAX_VALUE, Long.MAX_VALUE, limit);
        return handle.createQuery("SELECT last_seq FROM lastack_conversation WHERE id = ?")
                        .bind(0, inbox)
                        .mapTo(Long.class)
                        .one()
                <= gone;
    }

    private @Nullable String eraseIn(long user, LogPlace place, int limit) {
        return database.write("erase a user", handle -> new ErasureStep(handle.getConnection(), user).run(place, limit))
                .map(LogPlace::text)
                .orElse(null);
    }
}
