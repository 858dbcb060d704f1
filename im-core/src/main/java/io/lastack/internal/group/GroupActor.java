package io.lastack.internal.group;

import io.lastack.log.UserId;
import io.lastack.spi.UserContext;
import org.jspecify.annotations.Nullable;

/**
 * In whose name a group is changed.
 *
 * @param context the user's own request, held to its role and the access policy; null when the host acts in the user's
 *     name, which may do everything
 */
public record GroupActor(UserId user, @Nullable UserContext context) {
    public static GroupActor host(UserId inTheNameOf) {
        return new GroupActor(inTheNameOf, null);
    }

    public static GroupActor user(UserContext context) {
        return new GroupActor(context.user(), context);
    }
}
