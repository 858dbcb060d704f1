package io.lastack.internal.request;

import io.lastack.error.InvalidRequestException;
import io.lastack.internal.own.BlockCache;
import io.lastack.internal.session.ClientSession;
import io.lastack.log.UserId;
import io.lastack.spi.EngineRuntime;
import java.util.function.Supplier;

/**
 * Lets a request pass unless the user it is meant for has blocked the one who makes it. Where that is not known, the store
 * is asked on a thread for blocking work, and the later frames of the session wait.
 */
final class BlockGate {
    private final BlockCache blocks;
    private final EngineRuntime runtime;

    BlockGate(BlockCache blocks, EngineRuntime runtime) {
        this.blocks = blocks;
        this.runtime = runtime;
    }

    /**
     * @param requestId 0 for what gets no reply
     * @param refusal what a blocked user is told: the same as whoever may not for another reason
     * @param request what to do otherwise; it begins the request that waits for a reply, if there is one
     */
    void pass(
            ClientSession session,
            long requestId,
            UserId receiver,
            Supplier<InvalidRequestException> refusal,
            Runnable request) {
        Boolean known = receiver.equals(session.user()) ? Boolean.FALSE : blocks.known(receiver, session.user());
        if (known != null) {
            go(known, refusal, request);
            return;
        }
        boolean counts = requestId != 0;
        if (counts && !session.replies().begin(requestId)) {
            return;
        }
        session.pauseInbound();
        runtime.execute(() -> {
            try {
                go(ask(session, receiver, counts), refusal, request);
            } catch (RuntimeException e) {
                session.replies().fail(requestId, e);
            } finally {
                session.flush();
                session.resumeInbound();
            }
        });
    }

    /** The same for a request that is looked at on a thread for blocking work. Blocks. */
    void require(ClientSession session, UserId receiver, Supplier<InvalidRequestException> refusal) {
        if (receiver.equals(session.user())) {
            return;
        }
        Boolean known = blocks.known(receiver, session.user());
        if (known != null ? known : blocks.ask(receiver, session.user())) {
            throw refusal.get();
        }
    }

    private boolean ask(ClientSession session, UserId receiver, boolean counts) {
        try {
            return blocks.ask(receiver, session.user());
        } finally {
            if (counts) {
                session.replies().end();
            }
        }
    }

    private static void go(boolean blocked, Supplier<InvalidRequestException> refusal, Runnable request) {
        if (blocked) {
            throw refusal.get();
        }
        request.run();
    }
}
