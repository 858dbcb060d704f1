package io.lastack.store.redis;

import io.lastack.error.StoreException;
import io.lastack.error.StoreException.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * Calls scripts on the server, or on the nodes of a cluster, and turns what goes wrong into {@link StoreException}.
 *
 * <p>A script is named by its digest; a server that does not know it (any more) is sent its text. Several calls go out
 * together, and each takes effect by itself. A thread's interrupt takes effect after the call. Closing waits for the calls
 * under way. Not final, so that a test can let one call fail.
 */
class Server implements AutoCloseable {
    /** Of calls that a node does not know the script of, or that went to the wrong node. */
    private static final int ATTEMPTS = 5;

    private final UnifiedJedis client;
    private final boolean cluster;
    private final Replicas replicas;
    private final Runnable release;
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
    private boolean closed;

    /** @param release what to do at close, once */
    Server(UnifiedJedis client, Replicas replicas, Runnable release) {
        this.client = client;
        this.cluster = client instanceof RedisClusterClient;
        this.replicas = replicas;
        this.release = release;
    }

    /** Whether keys are spread over nodes, so that one call cannot reach all. */
    boolean isCluster() {
        return cluster;
    }

    /** One call. On failure, nothing of it is applied unless the exception says that it may be. */
    Reply call(String what, Call call) {
        return calls(what, List.of(call)).get(0);
    }

    /** Several calls. On failure, those before and after the one that failed may have taken effect. */
    List<Reply> calls(String what, List<Call> calls) {
        if (calls.isEmpty()) {
            return List.of();
        }
        return inside(() -> run(what, calls));
    }

    private List<Reply> run(String what, List<Call> calls) {
        boolean waits =
                replicas.count() > 0 && calls.stream().anyMatch(c -> c.script().writes());
        if (calls.size() == 1 && !waits) {
            return List.of(single(what, calls.get(0)));
        }
        List<@Nullable Reply> replies = new ArrayList<>();
        List<Pending> pending = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            replies.add(null);
            pending.add(new Pending(i, calls.get(i), false));
        }
        for (int attempt = 1; !pending.isEmpty(); attempt++) {
            pending = round(what, pending, waits, replies, calls.size() == 1, attempt == ATTEMPTS);
        }
        List<Reply> complete = new ArrayList<>(replies.size());
        for (Reply reply : replies) {
            complete.add(java.util.Objects.requireNonNull(reply));
        }
        return complete;
    }

    private Reply single(String what, Call call) {
        try {
            try {
                return new Reply(client.evalsha(call.script().digest(), call.keys(), call.arguments()));
            } catch (JedisNoScriptException e) {
                return new Reply(client.eval(call.script().source(), call.keys(), call.arguments()));
            }
        } catch (JedisException e) {
            throw Failure.of(what, e, Effect.NOT_APPLIED);
        }
    }

    /** Sends what is pending, and returns what has to be sent again. */
    private List<Pending> round(
            String what,
            List<Pending> pending,
            boolean waits,
            List<@Nullable Reply> replies,
            boolean alone,
            boolean last) {
        Effect effect = alone ? Effect.NOT_APPLIED : Effect.UNKNOWN;
        List<Response<?>> responses = new ArrayList<>();
        List<Replicas.Awaited> waited = new ArrayList<>();
        try (AbstractPipeline pipeline = client.pipelined()) {
            pending.forEach(p -> responses.add(p.sendTo(pipeline)));
            if (waits) {
                // A wait covers all that its connection wrote before; of several on one connection, the others are
                // free.
                for (Pending p : cluster ? pending : pending.subList(0, 1)) {
                    waited.add(replicas.await(pipeline, p.call().key()));
                }
            }
            pipeline.sync();
        } catch (JedisException e) {
            findNodesAnew(pending.get(0));
            throw Failure.of(what, e, effect);
        }
        List<Pending> again = new ArrayList<>();
        for (int i = 0; i < responses.size(); i++) {
            Pending p = pending.get(i);
            try {
                replies.set(p.index(), new Reply(answer(responses.get(i))));
            } catch (JedisNoScriptException e) {
                if (last) {
                    throw Failure.of(what, e, effect);
                }
                again.add(new Pending(p.index(), p.call(), true));
            } catch (JedisRedirectionException e) {
                if (last || (waits && e instanceof JedisAskDataException)) {
                    throw Failure.of(what, e, effect);
                }
                findNodesAnew(p);
                if (e instanceof JedisAskDataException) {
                    replies.set(p.index(), single(what, p.call()));
                } else {
                    again.add(p);
                }
            } catch (JedisException e) {
                findNodesAnew(p);
                throw Failure.of(what, e, effect);
            }
        }
        checkReplicas(what, waited);
        return again;
    }

    private void checkReplicas(String what, List<Replicas.Awaited> waited) {
        try {
            for (Replicas.Awaited each : waited) {
                answer(each.write());
                replicas.check(what, (Long) java.util.Objects.requireNonNull(answer(each.reached())));
            }
        } catch (JedisException e) {
            throw Failure.of(what, e, Effect.UNKNOWN);
        }
    }

    private static @Nullable Object answer(Response<?> response) {
        try {
            return response.get();
        } catch (IllegalStateException e) {
            // The driver logs and swallows the loss of one node's connection.
            throw new JedisConnectionException("the connection to a node was lost", e);
        }
    }

    /** An ordinary command follows what the cluster says about its slots. */
    private void findNodesAnew(Pending pending) {
        if (cluster) {
            try {
                client.exists(pending.call().key());
            } catch (JedisException e) {
                // The call that led here tells what is wrong.
            }
        }
    }

    /** Runs a call while the store is open, out of reach of interrupts. */
    <T> T inside(Supplier<T> call) {
        boolean interrupted = Thread.interrupted();
        gate.readLock().lock();
        try {
            if (closed) {
                throw new StoreException("the store is closed", null, false, Effect.NOT_APPLIED);
            }
            return call.get();
        } finally {
            gate.readLock().unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        gate.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                release.run();
            }
        } finally {
            gate.writeLock().unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A call that has no answer yet. */
    private record Pending(int index, Call call, boolean withText) {
        Response<?> sendTo(AbstractPipeline pipeline) {
            Script script = call.script();
            return withText
                    ? pipeline.eval(script.source(), call.keys(), call.arguments())
                    : pipeline.evalsha(script.digest(), call.keys(), call.arguments());
        }
    }
}
