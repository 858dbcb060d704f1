package io.lastack.internal.session;

import io.lastack.session.ClientFrame;

/** What each frame of an authenticated client asks for. */
public interface FrameHandler {
    /**
     * Handles one frame; never throws and never blocks. Frames of one session come one after another, in order; a handler
     * that must be finished before the next frame is looked at calls {@link ClientSession#pauseInbound}.
     */
    void handle(ClientSession session, ClientFrame frame);
}
