package io.lastack.transport.tyrus.load;

/** What is under way, and what is done; on the thread of the loop. */
final class Work {

    private boolean running = true;
    private long asked;
    private long done;

    /** One more, if there is to be one more. */
    boolean asked() {
        asked += running ? 1 : 0;
        return running;
    }

    void done() {
        done++;
    }

    long count() {
        return done;
    }

    boolean isFinished() {
        return done == asked;
    }

    void stop() {
        running = false;
    }
}
