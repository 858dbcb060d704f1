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
import java.util.concurrent.Executor;

/**
 * What every session of an engine shares.
 *
 * @param blocking where what clients ask for waits for the store, so many at once
 */
public record SessionServices(
        EngineRuntime runtime,
        Executor blocking,
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
