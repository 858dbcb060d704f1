package io.lastack.transport.tyrus;

import io.lastack.ImEngine;
import io.lastack.error.InvalidRequestException;
import io.lastack.log.DeviceId;
import io.lastack.session.Handshake;
import io.lastack.spi.Authenticator.Credentials;
import io.lastack.transport.tyrus.netty.Admission;
import io.lastack.transport.tyrus.netty.Gate;
import io.lastack.transport.tyrus.netty.Opening;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Refuses before the upgrade what could only be closed after it: subprotocols that are not known, a malformed device id, a
 * token that is bad, has ended, is of another device or was revoked. A client without a token passes, and says hello with one.
 */
final class ImGate implements Gate {

    private static final int UNAUTHENTICATED = 401;
    private static final Admission ADMITTED = new Admission.Admitted(Map.of());

    private final ImEngine engine;

    ImGate(ImEngine engine) {
        this.engine = engine;
    }

    @Override
    public CompletionStage<Admission> admit(Opening opening) {
        if (Subprotocols.choose(opening.subprotocols()).isEmpty()) {
            return refuse(400, "none of the subprotocols offered is known; known are " + Subprotocols.KNOWN);
        }
        Handshake handshake = HandshakeReader.read(opening.headers(), opening.query());
        DeviceId device = null;
        if (handshake.deviceId() != null) {
            try {
                device = DeviceId.of(handshake.deviceId());
            } catch (InvalidRequestException e) {
                return refuse(400, String.valueOf(e.getMessage()));
            }
        }
        String token = handshake.token();
        if (token == null) {
            return opening.header("Authorization").isPresent()
                    ? refuse(UNAUTHENTICATED, "Authorization must be Bearer and a token")
                    : CompletableFuture.completedFuture(ADMITTED);
        }
        return authenticate(new Credentials(token, Addresses.text(opening.client())), device);
    }

    private CompletionStage<Admission> authenticate(Credentials credentials, @Nullable DeviceId device) {
        CompletableFuture<Admission> verdict = new CompletableFuture<>();
        engine.runtime().execute(() -> {
            try {
                Optional<String> refusal = engine.refusal(credentials, device);
                verdict.complete(
                        refusal.isPresent() ? new Admission.Refused(UNAUTHENTICATED, refusal.get()) : ADMITTED);
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
