package io.lastack.proto;

import io.lastack.ImEngine;
import io.lastack.memory.VirtualRuntime;
import io.lastack.session.CloseReason;
import io.lastack.session.Handshake;
import org.jspecify.annotations.Nullable;

/** A client of a {@link SessionScript}, with one connection at a time. */
final class ScriptedClient {
    private final ImEngine engine;
    private final VirtualRuntime runtime;
    private final WireCodec codec;
    private @Nullable ProbedConnection connection;

    ScriptedClient(ImEngine engine, VirtualRuntime runtime, WireCodec codec) {
        this.engine = engine;
        this.runtime = runtime;
        this.codec = codec;
    }

    void connect(Handshake handshake) {
        cut();
        ProbedConnection opened = new ProbedConnection(runtime, codec);
        opened.open(engine.accept(opened, handshake));
        connection = opened;
    }

    void send(byte[] packet) {
        if (connection != null) {
            connection.arrived(packet);
        }
    }

    void stopOrGoOnReading() {
        if (connection != null) {
            connection.stopOrGoOnReading();
        }
    }

    void close() {
        end(new CloseReason(CloseReason.NORMAL, "closed by the client"));
    }

    void cut() {
        end(new CloseReason(1006, "the connection was lost"));
    }

    private void end(CloseReason reason) {
        if (connection != null) {
            connection.end(reason);
        }
    }

    void checkAnswered() {
        if (connection != null) {
            connection.checkAnswered();
        }
    }
}
