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
import java.io.IOException;

/** Writes what users set for themselves. */
final class OwnWriter {
    private OwnWriter() {}

    static void settings(FieldWriter out, ClientFrame.Settings settings) throws IOException {
        out.string(SettingsRequest.CONVERSATION_FIELD_NUMBER, settings.conversation());
        out.integerIfSet(SettingsRequest.MUTED_UNTIL_FIELD_NUMBER, settings.mutedUntil());
        flagIfSet(out, SettingsRequest.PINNED_FIELD_NUMBER, settings.pinned());
        flagIfSet(out, SettingsRequest.ARCHIVED_FIELD_NUMBER, settings.archived());
    }

    static void block(FieldWriter out, ClientFrame.Block block) throws IOException {
        out.string(BlockRequest.USER_FIELD_NUMBER, block.user());
        out.flag(BlockRequest.BLOCKED_FIELD_NUMBER, block.blocked());
    }

    static void blocked(FieldWriter out, ClientFrame.Blocked blocked) throws IOException {
        out.optional(BlockedRequest.AFTER_FIELD_NUMBER, blocked.after());
        out.integerIfSet(BlockedRequest.LIMIT_FIELD_NUMBER, blocked.limit());
    }

    static void settings(FieldWriter out, ConversationSettings settings) throws IOException {
        out.integerIfSet(Settings.MUTED_UNTIL_FIELD_NUMBER, settings.mutedUntil());
        flagIfSet(out, Settings.PINNED_FIELD_NUMBER, settings.pinned());
        flagIfSet(out, Settings.ARCHIVED_FIELD_NUMBER, settings.archived());
    }

    static void blocked(FieldWriter out, Result.Blocked blocked) throws IOException {
        out.strings(BlockedUsers.USERS_FIELD_NUMBER, blocked.users(), UserId::value);
        out.optional(BlockedUsers.AFTER_FIELD_NUMBER, blocked.after());
    }

    private static void flagIfSet(FieldWriter out, int field, boolean value) throws IOException {
        if (value) {
            out.flag(field, true);
        }
    }
}
