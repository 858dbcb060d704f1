package io.lastack.transport.tyrus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import io.lastack.ImEngine;
import io.lastack.ImRuntime;
import io.lastack.memory.MemoryStore;
import io.lastack.proto.WireCodec;
import io.lastack.session.ServerFrame;
import io.lastack.transport.tyrus.netty.RawClient;
import java.net.SocketException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens that are none of ours, stale or changed, at the socket: in the handshake, and in the hello. */
class ForgedTokensTest {
    private static final KeyPair KEYS = rsa();
    private static final RSAPublicKey PUBLIC = (RSAPublicKey) KEYS.getPublic();
    private static final Algorithm OURS = Algorithm.RSA256(null, (RSAPrivateKey) KEYS.getPrivate());
    private static final String ISSUER = "shop";
    private static final String AUDIENCE = "im";

    private static final ImRuntime RUNTIME = ImRuntime.system();
    private static final ImEngine ENGINE = ImEngine.builder(MemoryStore.create())
            .runtime(RUNTIME)
            .authenticator(JwtAuthenticator.rsa256(PUBLIC).withIssuer(ISSUER).withAudience(AUDIENCE))
            .build();
    private static final TyrusServer SERVER =
            TyrusServer.builder(ENGINE).host("127.0.0.1").port(0).ioThreads(1).start();

    @AfterAll
    static void stop() {
        ENGINE.close();
        SERVER.close();
        RUNTIME.close();
    }

    /** What somebody may try who knows the public key, has seen tokens, or has one for something else. */
    enum Forged {
        UNSIGNED(token().sign(Algorithm.none())),
        SIGNED_WITH_THE_PUBLIC_KEY_AS_SECRET(token().sign(Algorithm.HMAC256(PUBLIC.getEncoded()))),
        SIGNED_BY_SOMEBODY_ELSE(token().sign(Algorithm.RSA256(null, (RSAPrivateKey) rsa().getPrivate()))),
        EXPIRED(token().withExpiresAt(in(-60)).sign(OURS)),
        NOT_VALID_YET(token().withNotBefore(in(60)).sign(OURS)),
        WITHOUT_END(JWT.create()
                .withSubject("alice")
                .withIssuer(ISSUER)
                .withAudience(AUDIENCE)
                .sign(OURS)),
        OF_ANOTHER_ISSUER(token().withIssuer("mall").sign(OURS)),
        FOR_ANOTHER_AUDIENCE(token().withAudience("mail").sign(OURS)),
        CHANGED(changed(token().sign(OURS))),
        GIANT(token().withClaim("more", "x".repeat(20_000)).sign(OURS)),
        GARBAGE("x.y.z");

        final String text;

        Forged(String text) {
            this.text = text;
        }
    }

    @ParameterizedTest
    @EnumSource
    void inTheHandshakeItIsRefusedBeforeTheUpgradeAndTheClientNotServed(Forged token) throws Exception {
        try (var client = new RawClient(SERVER.port())) {
            client.handshake("/im?device=m", "Authorization: Bearer " + token.text + "\r\n");
            var answer = client.response();
            assertThat(answer.status()).isEqualTo(token == Forged.GIANT ? 431 : 401);
            assertThat(answer.body()).isNotBlank().doesNotContain(token.text);
            speakOn(client);
            assertThat(client.isEnded()).isTrue();
        }
        assertThat(ENGINE.sessions().count()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void inTheHelloItIsAnsweredWith401AndClosedWith4401(Forged token) throws Exception {
        try (var client = WireClient.connect(SERVER.port(), WireCodec.JSON)) {
            client.send(WireClient.hello(token.text, "m"));
            var status = client.next(ServerFrame.Reply.class).status();
            assertThat(status.code()).isEqualTo(401);
            assertThat(status.message()).doesNotContain(token.text);
            assertThat(client.closed().closeCode()).isEqualTo(4401);
        }
        assertThat(ENGINE.sessions().count()).isZero();
    }

    @Test
    void aTokenOfOursIsAccepted() throws Exception {
        try (var client = WireClient.connect(
                SERVER.port(), WireCodec.JSON, "?device=a1", "Authorization: Bearer " + token().sign(OURS) + "\r\n")) {
            assertThat(client.next(ServerFrame.Welcome.class).user()).isEqualTo("alice");
        }
        EndpointContract.await(() -> ENGINE.sessions().count() == 0);
    }

    private static void speakOn(RawClient client) throws Exception {
        try {
            client.text("{\"frames\":[{\"requestId\":1,\"ping\":{}}]}");
        } catch (SocketException e) {
            // Cut off already.
        }
    }

    private static JWTCreator.Builder token() {
        return JWT.create()
                .withSubject("alice")
                .withIssuer(ISSUER)
                .withAudience(AUDIENCE)
                .withExpiresAt(in(600));
    }

    private static Instant in(long seconds) {
        return Instant.now().plus(Duration.ofSeconds(seconds));
    }

    private static String changed(String token) {
        String[] parts = token.split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8).replace("alice", "mallory");
        return parts[0] + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8)) + "."
                + parts[2];
    }

    private static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
