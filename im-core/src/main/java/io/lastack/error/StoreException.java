package io.lastack.error;

import org.jspecify.annotations.Nullable;

/**
 * A store could not answer. It says whether trying again can help, whether the effect of the failed call is known, and
 * how much of the call it concerns. The driver's exception is the cause.
 */
public final class StoreException extends ImException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;
    private final Effect effect;
    private final Scope scope;

    /** A failure of the store as a whole. */
    public StoreException(String message, @Nullable Throwable cause, boolean retryable, Effect effect) {
        this(message, cause, retryable, effect, Scope.STORE);
    }

    public StoreException(String message, @Nullable Throwable cause, boolean retryable, Effect effect, Scope scope) {
        super(message, cause);
        this.retryable = retryable;
        this.effect = effect;
        this.scope = scope;
    }

    /** Whether the same call may succeed later without anything being changed by the caller. */
    public boolean retryable() {
        return retryable;
    }

    public Effect effect() {
        return effect;
    }

    public Scope scope() {
        return scope;
    }

    /** What became of the failed call. */
    public enum Effect {
        /** Nothing was applied. */
        NOT_APPLIED,
        /** It may have been applied, wholly or (for a call over several conversations) in part; idempotent calls may be repeated. */
        UNKNOWN
    }

    /** What could not be reached. */
    public enum Scope {
        /** The store: a call for other conversations is likely to fail too. */
        STORE,
        /** Some of the conversations that the call named, such as one that somebody holds locked: the others, asked for alone, may succeed. */
        CONVERSATION
    }
}
