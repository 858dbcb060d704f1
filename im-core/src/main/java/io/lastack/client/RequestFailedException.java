package io.lastack.client;

import io.lastack.error.ClientException;
import io.lastack.session.Status;

/** The server answered, and the answer is no; or the client knows beforehand that it would be. Nothing took effect. */
public final class RequestFailedException extends ClientException {
    private static final long serialVersionUID = 1L;

    private final transient Status status;

    RequestFailedException(String request, Status status) {
        super(request + " was refused with " + status.code() + ": " + status.message(), null);
        this.status = status;
    }

    /** The answer: a code as in HTTP, words for a person, and when trying again makes sense. */
    public Status status() {
        return status;
    }
}
