package io.lastack.store.redis;

import io.lastack.error.StoreException;
import io.lastack.error.StoreException.Effect;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;

/** Lets the next calls of one script fail: before they are sent, or after they took effect. */
final class FailingServer extends Server {
    private @Nullable Script failing;
    private boolean applied;

    FailingServer(UnifiedJedis client) {
        super(client, Replicas.NONE, () -> {});
    }

    void fail(Script script, boolean afterItTookEffect) {
        failing = script;
        applied = afterItTookEffect;
    }

    @Override
    List<Reply> calls(String what, List<Call> calls) {
        boolean fails = calls.stream().anyMatch(call -> call.script() == failing);
        if (fails && !applied) {
            throw new StoreException("cannot " + what + ": not sent", null, true, Effect.UNKNOWN);
        }
        List<Reply> replies = super.calls(what, calls);
        if (fails) {
            throw new StoreException("cannot " + what + ": no answer", null, true, Effect.UNKNOWN);
        }
        return replies;
    }
}
