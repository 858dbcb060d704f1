package io.lastack.error;

import org.jspecify.annotations.Nullable;

/** What a client's caller gets when a request did not end well. */
public abstract non-sealed class ClientException extends ImException {
    private static final long serialVersionUID = 1L;

    protected ClientException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
