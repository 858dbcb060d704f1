package io.lastack.internal.session;

import io.lastack.internal.cursor.CursorJournal;
import io.lastack.internal.fanout.ConversationIndex;
import io.lastack.internal.timer.TimerWheel;
import io.lastack.spi.Authenticator;
import io.lastack.spi.DeliveryListener;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.ImStore;
import io.lastack.spi.RateLimiter;
import io.lastack.spi.Revocations;
import java.util.List;

/** What every session of an engine shares. */
public record SessionServices(
        EngineRuntime runtime,
        EngineOptions options,
        ImStore store,
        Authenticator authenticator,
        TimerWheel wheel,
        ConversationIndex index,
        SessionRegistry registry,
        CursorJournal journal,
        EpochGuard epochs,
        DeliveryListener deliveries,
        OutboundBudget budget,
        RateLimiter limiter,
        Revocations revocations,
        List<SessionEvents> events) {
    public SessionServices {
        events = List.copyOf(events);
    }
}
