package io.lastack.transport.tyrus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import io.lastack.log.UserId;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.Authenticator.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several keys at once, told apart by what the token calls its key. */
class JwtKeyRotationTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final String OLD = "old secret of thirty-two bytes and more";
    private static final String NEW = "new secret of thirty-two bytes and more";

    @TempDir
    Path directory;

    private final Instant end = Instant.now().plus(Duration.ofMinutes(10));

    @Test
    void eachKeyIsGoodForTheTokensThatNameIt() {
        JwtAuthenticator both =
                JwtAuthenticator.keys(Map.of("old", JwtKey.hmac256(OLD), "new", JwtKey.hmac512(NEW.repeat(2))));
        assertThat(accepts(both, JwtIssuer.hmac256(OLD).withKeyId("old"))).isTrue();
        assertThat(accepts(both, JwtIssuer.hmac512(NEW.repeat(2)).withKeyId("new")))
                .isTrue();
        assertThat(accepts(both, JwtIssuer.hmac256(OLD).withKeyId("new"))).isFalse();
        assertThat(accepts(both, JwtIssuer.hmac256(OLD).withKeyId("older"))).isFalse();
        assertThat(accepts(both, JwtIssuer.hmac256(OLD))).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> JwtAuthenticator.keys(Map.of()));
    }

    @Test
    void aKeySetInAFileGivesRsaAndEcKeysForSignatures() throws Exception {
        RSAKey rsa = rsa("r1", KeyUse.SIGNATURE, JWSAlgorithm.RS256);
        RSAKey silent = rsa("r2", null, null);
        RSAKey forEncryption = rsa("r3", KeyUse.ENCRYPTION, null);
        RSAKey forAnother = rsa("r4", KeyUse.SIGNATURE, JWSAlgorithm.PS256);
        ECKey ec = new ECKeyGenerator(Curve.P_256).keyID("e1").generate();
        ECKey larger = new ECKeyGenerator(Curve.P_384).keyID("e2").generate();
        JwtAuthenticator authenticator =
                JwtAuthenticator.jwks(write(rsa, silent, forEncryption, forAnother, ec, larger));

        assertThat(accepts(authenticator, issuer(rsa))).isTrue();
        assertThat(accepts(authenticator, issuer(silent))).isTrue();
        assertThat(accepts(
                        authenticator, JwtIssuer.ecdsa256(ec.toECPrivateKey()).withKeyId("e1")))
                .isTrue();
        assertThat(accepts(authenticator, issuer(forEncryption))).isFalse();
        assertThat(accepts(authenticator, issuer(forAnother))).isFalse();
        assertThat(accepts(
                        authenticator, JwtIssuer.ecdsa256(ec.toECPrivateKey()).withKeyId("e2")))
                .isFalse();
        assertThat(accepts(authenticator, JwtIssuer.rsa256(rsa.toRSAPrivateKey())))
                .as("a token that does not name its key")
                .isFalse();
        assertThat(accepts(
                        authenticator, JwtIssuer.rsa256(rsa.toRSAPrivateKey()).withKeyId("r2")))
                .as("a token that names another key")
                .isFalse();
    }

    @Test
    void aKeySetAtAnAddressIsReadOnceForManyTokensAndStrangersCannotMakeUsReadItAtWill() throws Exception {
        RSAKey key = rsa("k1", KeyUse.SIGNATURE, null);
        AtomicInteger reads = new AtomicInteger();
        HttpServer server = serve(new JWKSet(key.toPublicJWK()), reads);
        try {
            JwtAuthenticator authenticator = JwtAuthenticator.jwks(
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys"));
            for (int i = 0; i < 100; i++) {
                assertThat(accepts(authenticator, issuer(key))).isTrue();
            }
            assertThat(reads).hasValue(1);
            for (int i = 0; i < 100; i++) {
                assertThat(accepts(authenticator, JwtIssuer.hmac256(OLD).withKeyId("guess-" + i)))
                        .isFalse();
            }
            assertThat(reads).hasValueLessThanOrEqualTo(10);
            assertThat(accepts(authenticator, issuer(key))).isTrue();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whileTheSetCannotBeReadNobodyIsCalledAStranger() throws Exception {
        JwtAuthenticator authenticator =
                JwtAuthenticator.jwks(directory.resolve("none.json").toUri());
        String token = issuer(rsa("k1", null, null)).issue(ALICE, end);
        assertThatThrownBy(() -> authenticator.authenticate(new Credentials(token, "127.0.0.1")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the key set cannot be read");
    }

    @Test
    void anAddressOfAnotherKindIsToldWhatIsAllowed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtAuthenticator.jwks(URI.create("ftp://127.0.0.1/keys")))
                .withMessageContaining("https:, http: or file:");
        assertThatIllegalArgumentException().isThrownBy(() -> JwtAuthenticator.jwks(URI.create("keys.json")));
    }

    private boolean accepts(JwtAuthenticator authenticator, JwtIssuer issuer) {
        AuthOutcome outcome = authenticator.authenticate(new Credentials(issuer.issue(ALICE, end), "127.0.0.1"));
        return outcome instanceof AuthOutcome.Accepted;
    }

    private static JwtIssuer issuer(RSAKey key) throws JOSEException {
        return JwtIssuer.rsa256(key.toRSAPrivateKey()).withKeyId(key.getKeyID());
    }

    private static RSAKey rsa(String id, KeyUse use, Algorithm algorithm) throws JOSEException {
        return new RSAKeyGenerator(2048)
                .keyID(id)
                .keyUse(use)
                .algorithm(algorithm)
                .generate();
    }

    private URI write(JWK... keys) throws IOException {
        List<JWK> all = List.of(keys);
        Path file = Files.writeString(directory.resolve("keys.json"), new JWKSet(all).toString(true));
        return file.toUri();
    }

    private static HttpServer serve(JWKSet keys, AtomicInteger reads) throws IOException {
        byte[] body = keys.toString(true).getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> {
            reads.incrementAndGet();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }
}
