package io.lastack.internal.group;

import io.lastack.log.ClientMessageId;
import io.lastack.log.UserId;
import io.lastack.spi.UserContext;
import org.jspecify.annotations.Nullable;

/**
 * In whose name a group is changed.
 *
 * @param context the user's own request, held to its role and the access policy; null when the host acts in the user's
 *     name, which may do everything
 * @param clientMessageId the actor's name for the change, which makes repeating it harmless; null for none
 */
public record GroupActor(
        UserId user,
        @Nullable UserContext context,
        @Nullable ClientMessageId clientMessageId) {
    public static GroupActor host(UserId inTheNameOf) {
        return host(inTheNameOf, null);
    }

    public static GroupActor host(UserId inTheNameOf, @Nullable ClientMessageId clientMessageId) {
        return new GroupActor(inTheNameOf, null, clientMessageId);
    }

    public static GroupActor user(UserContext context) {
        return new GroupActor(context.user(), context, null);
    }
}
