package io.lastack.transport.tyrus.load;

import io.lastack.session.ClientFrame;
import io.lastack.session.ServerFrame;
import java.util.function.Consumer;

/** Keeps so many requests under way to the engine, of the kind that does nothing: the nearest it has to an echo. */
final class PingingUser extends UserClient implements Busy {

    private final int inFlight;
    private final Work work;
    private long requests;

    PingingUser(Work work, String user, int inFlight, Consumer<Client> ready) {
        super(user, ready);
        this.work = work;
        this.inFlight = inFlight;
    }

    @Override
    public void begin() {
        for (int i = 0; i < inFlight; i++) {
            again();
        }
    }

    private void again() {
        if (work.asked()) {
            send(new ClientFrame.Ping(++requests));
        }
    }

    @Override
    void received(ServerFrame frame) {
        if (frame instanceof ServerFrame.Reply) {
            work.done();
            again();
        }
    }
}
