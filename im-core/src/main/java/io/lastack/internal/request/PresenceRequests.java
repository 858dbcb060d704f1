package io.lastack.internal.request;

import io.lastack.internal.presence.PresenceWatch;
import io.lastack.internal.session.ClientSession;
import io.lastack.log.UserId;
import io.lastack.session.ClientFrame;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import io.lastack.spi.PresenceAudience;
import io.lastack.spi.UserPresence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests to follow the presence of others. */
public final class PresenceRequests {
    private final PresenceWatch watch;
    private final PresenceAudience audience;

    public PresenceRequests(PresenceWatch watch, PresenceAudience audience) {
        this.watch = watch;
        this.audience = audience;
    }

    /** Blocks. */
    Result handle(ClientSession session, ClientFrame.Presence frame) {
        List<UserId> wanted = Addresses.users(frame.watch()).stream().distinct().toList();
        List<UserId> unwanted = Addresses.users(frame.unwatch());
        List<UserId> allowed = wanted.stream()
                .filter(user -> audience.mayWatch(session.context(), user))
                .toList();
        Map<UserId, UserPresence> now = new LinkedHashMap<>();
        watch.watch(session, allowed).forEach(presence -> now.put(presence.user(), presence));
        watch.unwatch(session, unwanted);
        List<ServerFrame.Presence> told = new ArrayList<>(wanted.size());
        for (UserId user : wanted) {
            told.add(PresenceWatch.frame(now.getOrDefault(user, UserPresence.unknown(user))));
        }
        return new Result.Presence(told);
    }
}
