package io.lastack.client;

/**
 * The application's word on one message: exactly one of the two, once; what follows is ignored. From any thread. Until
 * then the message counts against the window, and after a restart it comes again.
 */
public interface Confirmation {
    /** The message is processed, and need not come again. */
    void acked();

    /**
     * The message could not be processed: the server sends it again after a while. Later messages of the conversation
     * that were not shown yet are held until then; other conversations go on.
     *
     * @param reason for the server's operator; never a message body
     */
    void nack(String reason);
}
