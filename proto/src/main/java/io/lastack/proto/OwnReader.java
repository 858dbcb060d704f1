package io.lastack.proto;

import io.lastack.log.ConversationSettings;
import io.lastack.log.UserId;
import io.lastack.proto.v1.BlockRequest;
import io.lastack.proto.v1.BlockedRequest;
import io.lastack.proto.v1.BlockedUsers;
import io.lastack.proto.v1.Settings;
import io.lastack.proto.v1.SettingsRequest;
import io.lastack.session.ClientFrame;
import io.lastack.session.Result;
import org.jspecify.annotations.Nullable;

/** Makes of what was read what users set for themselves. */
final class OwnReader {
    private OwnReader() {}

    static ClientFrame settings(long id, Fields in) {
        return new ClientFrame.Settings(
                id,
                in.string(SettingsRequest.CONVERSATION_FIELD_NUMBER),
                in.integer(SettingsRequest.MUTED_UNTIL_FIELD_NUMBER),
                in.flag(SettingsRequest.PINNED_FIELD_NUMBER),
                in.flag(SettingsRequest.ARCHIVED_FIELD_NUMBER));
    }

    static ClientFrame block(long id, Fields in) {
        return new ClientFrame.Block(
                id, in.string(BlockRequest.USER_FIELD_NUMBER), in.flag(BlockRequest.BLOCKED_FIELD_NUMBER));
    }

    static ClientFrame blocked(long id, Fields in) {
        return new ClientFrame.Blocked(
                id, in.stringOrNull(BlockedRequest.AFTER_FIELD_NUMBER), in.count(BlockedRequest.LIMIT_FIELD_NUMBER));
    }

    static ConversationSettings settings(@Nullable Fields in) {
        return in == null
                ? ConversationSettings.NONE
                : new ConversationSettings(
                        in.integer(Settings.MUTED_UNTIL_FIELD_NUMBER),
                        in.flag(Settings.PINNED_FIELD_NUMBER),
                        in.flag(Settings.ARCHIVED_FIELD_NUMBER));
    }

    static Result blocked(Fields in) {
        return new Result.Blocked(
                in.strings(BlockedUsers.USERS_FIELD_NUMBER).stream()
                        .map(UserId::of)
                        .toList(),
                in.stringOrNull(BlockedUsers.AFTER_FIELD_NUMBER));
    }
}
