package io.lastack.transport.tyrus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lastack.log.UserId;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.Authenticator.Credentials;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Each algorithm takes its own tokens, whatever a token says of itself. */
class JwtAlgorithmsTest {
    private static final UserId ALICE = UserId.of("alice");

    private static final String SECRET = "0123456789abcdef".repeat(4);
    private static final KeyPair RSA = rsa(2048);
    private static final KeyPair OTHER_RSA = rsa(2048);
    private static final KeyPair EC = ec("secp256r1");

    private final Instant end = Instant.now().plus(Duration.ofMinutes(10));
    private final Map<String, JwtIssuer> issuers = new LinkedHashMap<>();
    private final Map<String, JwtAuthenticator> authenticators = new LinkedHashMap<>();

    JwtAlgorithmsTest() {
        issuers.put("HS256", JwtIssuer.hmac256(SECRET));
        issuers.put("HS384", JwtIssuer.hmac384(SECRET));
        issuers.put("HS512", JwtIssuer.hmac512(SECRET));
        issuers.put("RS256", JwtIssuer.rsa256((RSAPrivateKey) RSA.getPrivate()));
        issuers.put("ES256", JwtIssuer.ecdsa256((ECPrivateKey) EC.getPrivate()));
        authenticators.put("HS256", JwtAuthenticator.hmac256(SECRET));
        authenticators.put("HS384", JwtAuthenticator.hmac384(SECRET));
        authenticators.put("HS512", JwtAuthenticator.hmac512(SECRET));
        authenticators.put("RS256", JwtAuthenticator.rsa256((RSAPublicKey) RSA.getPublic()));
        authenticators.put("ES256", JwtAuthenticator.ecdsa256((ECPublicKey) EC.getPublic()));
    }

    @Test
    void eachAcceptsItsOwnTokensAndThoseOfNoOther() {
        issuers.forEach((issued, issuer) -> {
            String token = issuer.issue(ALICE, end);
            assertThat(part(token, 0)).contains("\"" + issued + "\"");
            authenticators.forEach((accepted, authenticator) -> assertThat(accepts(authenticator, token))
                    .as("%s token at %s", issued, accepted)
                    .isEqualTo(issued.equals(accepted)));
        });
    }

    @Test
    void aTokenOfAnotherKeyIsRefused() {
        String token = JwtIssuer.rsa256((RSAPrivateKey) OTHER_RSA.getPrivate()).issue(ALICE, end);
        assertThat(accepts(authenticators.get("RS256"), token)).isFalse();
        String of =
                JwtIssuer.ecdsa256((ECPrivateKey) ec("secp256r1").getPrivate()).issue(ALICE, end);
        assertThat(accepts(authenticators.get("ES256"), of)).isFalse();
    }

    /** The classic confusion: the public key, which everybody has, used as if it were a secret. */
    @Test
    void aTokenSignedWithThePublicKeyAsSecretIsRefused() throws GeneralSecurityException {
        for (String algorithm : new String[] {"RS256", "ES256"}) {
            KeyPair keys = algorithm.equals("RS256") ? RSA : EC;
            String claims = issuers.get(algorithm).issue(ALICE, end).split("\\.", -1)[1];
            for (byte[] secret :
                    new byte[][] {keys.getPublic().getEncoded(), pem(keys).getBytes(StandardCharsets.UTF_8)}) {
                String signed =
                        encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "." + claims;
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(secret, "HmacSHA256"));
                String token = signed + "." + encoded(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
                assertThat(accepts(authenticators.get(algorithm), token)).isFalse();
            }
        }
    }

    @Test
    void aTokenThatSaysItNeedsNoSignatureIsRefused() {
        authenticators.forEach((algorithm, authenticator) -> {
            String claims = issuers.get(algorithm).issue(ALICE, end).split("\\.", -1)[1];
            String none = encoded("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8)) + "." + claims + ".";
            assertThat(accepts(authenticator, none)).as(algorithm).isFalse();
        });
    }

    @Test
    void aSignatureOfZeroesIsRefused() {
        String[] parts = issuers.get("ES256").issue(ALICE, end).split("\\.", -1);
        String zeroes = parts[0] + "." + parts[1] + "." + encoded(new byte[64]);
        assertThat(accepts(authenticators.get("ES256"), zeroes)).isFalse();
    }

    @Test
    void keysThatAreTooWeakAreToldWhatIsRequired() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtAuthenticator.hmac384("x".repeat(47)))
                .withMessage("the secret has 47 bytes; 48 or more are required");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtIssuer.hmac512("x".repeat(63)))
                .withMessage("the secret has 63 bytes; 64 or more are required");
        KeyPair weak = rsa(1024);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtAuthenticator.rsa256((RSAPublicKey) weak.getPublic()))
                .withMessage("the RSA key has 1024 bits; 2048 or more are required");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtIssuer.rsa256((RSAPrivateKey) weak.getPrivate()))
                .withMessageContaining("1024 bits");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        JwtAuthenticator.ecdsa256((ECPublicKey) ec("secp384r1").getPublic()))
                .withMessage("the EC key is on a curve of 384 bits; ES256 goes with P-256 only");
    }

    private static boolean accepts(JwtAuthenticator authenticator, String token) {
        AuthOutcome outcome = authenticator.authenticate(new Credentials(token, "127.0.0.1"));
        return outcome instanceof AuthOutcome.Accepted accepted
                && accepted.user().user().equals(ALICE);
    }

    private static String part(String token, int index) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]), StandardCharsets.UTF_8);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String pem(KeyPair keys) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static KeyPair rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair ec(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
