package io.lastack.error;

import org.jspecify.annotations.Nullable;

/** The root of all exceptions that LastAck throws. Messages never contain message bodies or tokens. */
public abstract sealed class ImException extends RuntimeException
        permits InvalidRequestException, StoreException, ClientException {
    private static final long serialVersionUID = 1L;

    ImException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
