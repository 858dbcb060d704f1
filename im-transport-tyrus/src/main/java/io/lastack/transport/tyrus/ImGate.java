package io.lastack.transport.tyrus;

import io.lastack.error.InvalidRequestException;
import io.lastack.log.DeviceId;
import io.lastack.session.Handshake;
import io.lastack.spi.Authenticator;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.Authenticator.Credentials;
import io.lastack.spi.EngineRuntime;
import io.lastack.transport.tyrus.netty.Admission;
import io.lastack.transport.tyrus.netty.Gate;
import io.lastack.transport.tyrus.netty.Opening;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Refuses before the upgrade what could only be closed after it: subprotocols that are not known, a malformed device id, a
 * bad token. A client without a token passes, and says hello with one.
 */
final class ImGate implements Gate {

    private static final Admission ADMITTED = new Admission.Admitted(Map.of());

    private final Authenticator authenticator;
    private final EngineRuntime runtime;

    ImGate(Authenticator authenticator, EngineRuntime runtime) {
        this.authenticator = authenticator;
        this.runtime = runtime;
    }

    @Override
    public CompletionStage<Admission> admit(Opening opening) {
        if (Subprotocols.choose(opening.subprotocols()).isEmpty()) {
            return refuse(400, "none of the subprotocols offered is known; known are " + Subprotocols.KNOWN);
        }
        Handshake handshake = HandshakeReader.read(opening.headers(), opening.query());
        if (handshake.deviceId() != null) {
            try {
                DeviceId.of(handshake.deviceId());
            } catch (InvalidRequestException e) {
                return refuse(400, String.valueOf(e.getMessage()));
            }
        }
        String token = handshake.token();
        if (token == null) {
            return opening.header("Authorization").isPresent()
                    ? refuse(401, "Authorization must be Bearer and a token")
                    : CompletableFuture.completedFuture(ADMITTED);
        }
        return authenticate(new Credentials(token, Addresses.text(opening.client())));
    }

    private CompletionStage<Admission> authenticate(Credentials credentials) {
        CompletableFuture<Admission> verdict = new CompletableFuture<>();
        runtime.execute(() -> {
            try {
                AuthOutcome outcome = authenticator.authenticate(credentials);
                verdict.complete(
                        outcome instanceof AuthOutcome.Rejected rejected
                                ? new Admission.Refused(401, rejected.reason())
                                : ADMITTED);
            } catch (RuntimeException e) {
                verdict.completeExceptionally(e);
            }
        });
        return verdict;
    }

    private static CompletionStage<Admission> refuse(int status, String reason) {
        return CompletableFuture.completedFuture(new Admission.Refused(status, reason));
    }
}
