package io.lastack.client;

import io.lastack.error.ClientException;

/** No answer came, or the request was never sent; {@link #mayHaveTakenEffect} says which. */
public final class UnansweredException extends ClientException {
    private static final long serialVersionUID = 1L;

    private final boolean mayHaveTakenEffect;

    UnansweredException(String message, boolean mayHaveTakenEffect) {
        super(message, null);
        this.mayHaveTakenEffect = mayHaveTakenEffect;
    }

    /** False if the request never left; true if it was written and its fate is not known. */
    public boolean mayHaveTakenEffect() {
        return mayHaveTakenEffect;
    }
}
