package io.lastack.transport.tyrus.http;

/** Answers one kind of request. */
@FunctionalInterface
public interface HttpRoute {

    /**
     * Answers the call. Runs on a thread that may block, never on an I/O thread; calls of several connections run at the
     * same time.
     *
     * @return what the client gets
     * @throws Exception whatever goes wrong: the client gets a 500 without details, the log gets the exception
     */
    HttpReply handle(HttpCall call) throws Exception;
}
