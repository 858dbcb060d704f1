package io.lastack.error;

import org.jspecify.annotations.Nullable;

/**
 * A store could not answer. It says whether trying again can help and whether the effect of the failed call is known.
 * The driver's exception is the cause.
 */
public final class StoreException extends ImException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;
    private final Effect effect;

    public StoreException(String message, @Nullable Throwable cause, boolean retryable, Effect effect) {
        super(message, cause);
        this.retryable = retryable;
        this.effect = effect;
    }

    /** Whether the same call may succeed later without anything being changed by the caller. */
    public boolean retryable() {
        return retryable;
    }

    public Effect effect() {
        return effect;
    }

    /** What became of the failed call. */
    public enum Effect {
        /** Nothing was applied. */
        NOT_APPLIED,
        /** It may have been applied, wholly or (for a call over several conversations) in part; idempotent calls may be repeated. */
        UNKNOWN
    }
}
