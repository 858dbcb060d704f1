package io.lastack.examples.bench;

import io.lastack.ImEngine;
import io.lastack.examples.bench.wire.Dialer;
import io.lastack.examples.bench.wire.EngineDialer;
import io.lastack.examples.bench.wire.WebSocketDialer;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import io.lastack.proto.WireCodec;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.UserContext;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A server, a way to it, and what is to be ended afterwards. */
record Target(Dialer dialer, Tokens tokens, ServerUnderTest server, Runnable end) implements AutoCloseable {
    private static final int SECRET_BYTES = 32;

    /** A server that is started for this, in a process of its own. */
    static Target spawned(WireCodec codec, List<String> jvmOptions, List<String> serverOptions)
            throws IOException, InterruptedException {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        String secret = HexFormat.of().formatHex(random);
        SpawnedServer server = SpawnedServer.start(secret, jvmOptions, serverOptions);
        return new Target(
                new WebSocketDialer(server.url(), codec), Tokens.signedWith(secret), server.underTest(), () -> {
                    server.complaints().forEach(System.err::println);
                    server.close();
                });
    }

    /**
     * A server that runs already.
     *
     * @param secret of its tokens; null to ask its dev login
     * @param pid of its process, if it is on this machine
     */
    static Target running(WireCodec codec, URI url, @Nullable String secret, OptionalLong pid) {
        Optional<ProcessHandle> process = pid.isPresent() ? ProcessHandle.of(pid.getAsLong()) : Optional.empty();
        return new Target(
                new WebSocketDialer(url, codec),
                secret == null ? Tokens.fromDevLogin(url) : Tokens.signedWith(secret),
                new ServerUnderTest(() -> EngineStatus.ask(url), process, Optional.empty()),
                () -> {});
    }

    /** An engine over the in-memory store in this process, without a network. */
    static Target inProcess(WireCodec codec) {
        ImEngine engine = ImEngine.builder(MemoryStore.create())
                .authenticator(c -> new AuthOutcome.Accepted(UserContext.of(UserId.of(c.token()))))
                .build();
        ServerUnderTest server = new ServerUnderTest(
                () -> Optional.of(EngineStatus.of(engine.counters())), Optional.empty(), Optional.empty());
        return new Target(new EngineDialer(engine, codec), user -> user, server, engine::close);
    }

    @Override
    public void close() {
        end.run();
        dialer.close();
    }
}
