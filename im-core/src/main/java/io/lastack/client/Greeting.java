package io.lastack.client;

import io.lastack.client.TokenSource.Token;
import io.lastack.log.DeviceId;
import io.lastack.session.ClientFrame;
import java.util.List;

/** The first word on a link: who this is, and where it stood. */
final class Greeting {
    private final Tokens tokens;
    private final Positions positions;
    private final DeviceId device;
    private final String clientName;

    Greeting(Tokens tokens, Positions positions, DeviceId device, String clientName) {
        this.tokens = tokens;
        this.positions = positions;
        this.device = device;
        this.clientName = clientName;
    }

    /** Gets a fresh token; exactly one of the answers follows, in a turn. */
    void prepare(Answer answer) {
        tokens.fetch(new Tokens.Taker() {
            @Override
            public void got(Token token) {
                if (tokens.isRefused(token)) {
                    answer.onlyRefusedToken();
                } else {
                    tokens.use(token);
                    answer.ready();
                }
            }

            @Override
            public void failed(String failure) {
                answer.failed(failure);
            }
        });
    }

    ClientFrame.Hello hello(long requestId) {
        Token token = tokens.inUse();
        List<ClientFrame.Position> resume = positions.resume();
        return new ClientFrame.Hello(
                requestId, token == null ? null : token.value(), device.value(), resume, clientName, positions.epoch());
    }

    /** The server does not take the token that was presented last: the next one has to be another. */
    void tokenRefused() {
        tokens.refuse(tokens.inUse());
    }

    /** Somebody asked to try again, whatever was refused. */
    void forgetRefusal() {
        tokens.refuse(null);
    }

    /** What comes of asking for a token. */
    interface Answer {
        void ready();

        void onlyRefusedToken();

        void failed(String failure);
    }
}
