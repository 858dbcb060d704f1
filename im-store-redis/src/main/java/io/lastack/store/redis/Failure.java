package io.lastack.store.redis;

import io.lastack.error.StoreException;
import io.lastack.error.StoreException.Effect;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** What an exception of the driver means to the caller of the store. */
final class Failure {
    /** Answers that pass by themselves, or when the server has recovered. */
    private static final Set<String> PASSING = Set.of(
            "LOADING",
            "READONLY",
            "OOM",
            "CLUSTERDOWN",
            "MASTERDOWN",
            "TRYAGAIN",
            "MOVED",
            "ASK",
            "BUSY",
            "MISCONF",
            "NOREPLICAS",
            "NOSCRIPT",
            "UNBLOCKED");

    private Failure() {}

    /**
     * @param what the store was about to do
     * @param before what is known of the effect if the server refused this call: {@code NOT_APPLIED} unless another part of
     *     the same operation may have been applied
     */
    static StoreException of(String what, Exception e, Effect before) {
        String words = "cannot " + what + ": " + describe(e);
        if (e instanceof JedisDataException) {
            String code = code(e);
            // A script writes only after it has checked everything; one that failed of itself may have got further.
            Effect effect = isOfScript(code) ? Effect.UNKNOWN : before;
            return new StoreException(words, e, PASSING.contains(code), effect);
        }
        return new StoreException(words, e, e instanceof JedisException, neverSent(e) ? before : Effect.UNKNOWN);
    }

    private static boolean isOfScript(String code) {
        return code.equals("ERR") || code.equals("WRONGTYPE");
    }

    /** Whether the call cannot have reached a server: there was no connection to send it on. */
    private static boolean neverSent(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            // The driver tries each address of a host, and tells of the failures beside its own.
            if (isOfConnecting(cause) || Stream.of(cause.getSuppressed()).anyMatch(Failure::isOfConnecting)) {
                return true;
            }
        }
        String message = String.valueOf(e.getMessage());
        return !(e instanceof JedisConnectionException)
                && (message.contains("get a resource") || message.contains("Pool not open"));
    }

    private static boolean isOfConnecting(Throwable e) {
        return e instanceof ConnectException || e instanceof UnknownHostException;
    }

    private static String code(Exception e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf(' ');
        return (end < 0 ? message : message.substring(0, end)).toUpperCase(Locale.ROOT);
    }

    /** The server's words for an error of its own; otherwise the kind of failure, and of its cause. */
    private static String describe(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
