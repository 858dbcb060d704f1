package io.lastack.transport.tyrus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.Authenticator.Credentials;
import io.lastack.spi.UserContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JwtAuthenticatorTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final UserId ALICE = UserId.of("alice");

    private static final Instant END = NOW.plus(Duration.ofMinutes(10));

    private final JwtIssuer issuer = JwtIssuer.hmac256(SECRET);
    private final JwtAuthenticator authenticator =
            JwtAuthenticator.hmac256(SECRET).withClock(at(NOW));

    @Test
    void anIssuedTokenIsAcceptedWithAllItSays() {
        var user = accepted(authenticator, issuer.issue(ALICE, Set.of("admin", "staff"), Set.of("groups"), END));
        assertThat(user.user()).isEqualTo(ALICE);
        assertThat(user.device()).isNull();
        assertThat(user.roles()).containsExactlyInAnyOrder("admin", "staff");
        assertThat(user.permissions()).containsExactly("groups");
        assertThat(user.expiresAt()).isEqualTo(END.plusSeconds(5).toEpochMilli());
    }

    @Test
    void aTokenTellsWhenItWasIssuedAndForWhatKindOfDevice() {
        var token = issuer.withClock(at(NOW.plusMillis(700))).issue(ALICE, END);
        assertThat(accepted(authenticator, token).issuedAt()).isEqualTo(NOW.toEpochMilli());
        var undated = token().withClaim("deviceKind", "phone").sign(hmac(SECRET));
        assertThat(accepted(authenticator, undated).issuedAt()).isZero();
        assertThat(accepted(authenticator, undated).deviceKind()).isEqualTo("phone");
        assertThat(rejected(authenticator, token().withClaim("deviceKind", 7).sign(hmac(SECRET))))
                .isEqualTo("the token is valid, but its claim deviceKind is not a string");
    }

    @Test
    void aTokenOfADeviceIsBoundToIt() {
        assertThat(accepted(authenticator, issuer.issue(ALICE, DeviceId.of("web-1"), END))
                        .device())
                .isEqualTo(DeviceId.of("web-1"));
    }

    @Test
    void aTokenIsAcceptedUpToItsEndAndTheLeewayAndNoLonger() {
        var token = issuer.issue(ALICE, END);
        assertThat(accepted(authenticator.withClock(at(END.plusSeconds(4))), token)
                        .user())
                .isEqualTo(ALICE);
        assertThat(rejected(authenticator.withClock(at(END.plusSeconds(6))), token))
                .isEqualTo("the token expired");
        assertThat(accepted(authenticator.withClock(at(END.plusSeconds(59))).withLeeway(Duration.ofMinutes(1)), token)
                        .user())
                .isEqualTo(ALICE);
    }

    @Test
    void aTokenThatIsNotValidYetIsRefused() {
        var token = token().withNotBefore(NOW.plusSeconds(60)).sign(hmac(SECRET));
        assertThat(rejected(authenticator, token)).isEqualTo("the token is not valid");
    }

    @Test
    void aTokenOfAnotherSecretOrAlgorithmOrWithoutSignatureIsRefused() {
        assertThat(rejected(authenticator, token().sign(hmac("x".repeat(32))))).isEqualTo("the token is not valid");
        assertThat(rejected(authenticator, token().sign(Algorithm.HMAC512(SECRET))))
                .isEqualTo("the token is not valid");
        assertThat(rejected(authenticator, token().sign(Algorithm.none()))).isEqualTo("the token is not valid");
    }

    @Test
    void aTokenThatWasChangedIsRefused() {
        var parts = issuer.issue(ALICE, END).split("\\.", -1);
        var claims =
                new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8).replace("alice", "mallory");
        var changed = parts[0] + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + "."
                + parts[2];
        assertThat(rejected(authenticator, changed)).isEqualTo("the token is not valid");
    }

    @Test
    void aTokenWithoutUserOrEndIsRefused() {
        assertThat(rejected(authenticator, JWT.create().withSubject("alice").sign(hmac(SECRET))))
                .isEqualTo("the token is not valid");
        assertThat(rejected(
                        authenticator,
                        JWT.create().withExpiresAt(NOW.plusSeconds(60)).sign(hmac(SECRET))))
                .isEqualTo("the token is not valid");
    }

    @Test
    void aUserOrDeviceThatIsNoneIsToldByWhatIsAllowed() {
        var user = JWT.create()
                .withSubject("a b")
                .withExpiresAt(NOW.plusSeconds(60))
                .sign(hmac(SECRET));
        assertThat(rejected(authenticator, user))
                .startsWith("the token is valid, but ")
                .contains("user id", "U+0020");
        var device = token().withClaim("device", 7).sign(hmac(SECRET));
        assertThat(rejected(authenticator, device))
                .isEqualTo("the token is valid, but its claim device is not a string");
    }

    @Test
    void anIssuerAndAnAudienceAreHeldToIfAskedFor() {
        var strict = authenticator.withIssuer("shop").withAudience("im");
        assertThat(rejected(strict, issuer.issue(ALICE, END))).isEqualTo("the token is not valid");
        for (var wrong : List.of(
                token().withIssuer("mall").withAudience("im"),
                token().withIssuer("shop").withAudience("mail"),
                token().withAudience("im"),
                token().withIssuer("shop"))) {
            assertThat(rejected(strict, wrong.sign(hmac(SECRET)))).isEqualTo("the token is not valid");
        }
        var token = token().withIssuer("shop").withAudience("im", "mail").sign(hmac(SECRET));
        assertThat(accepted(strict, token).user()).isEqualTo(ALICE);
    }

    @Test
    void whatIsNoTokenIsRefusedWithoutFuss() {
        for (var token : new String[] {"", "x", "a.b.c", "..", "x".repeat(9000)}) {
            assertThat(rejected(authenticator, token)).startsWith("the token is");
        }
    }

    @Test
    void secretsThatAreTooShortAndSpansOutOfRangeAreToldWhatIsAllowed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtAuthenticator.hmac256("ü".repeat(15) + "x"))
                .withMessage("the secret has 31 bytes; 32 or more are required");
        assertThatIllegalArgumentException().isThrownBy(() -> JwtIssuer.hmac256("short"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> authenticator.withLeeway(Duration.ofHours(2)))
                .withMessageContaining("PT2H");
    }

    private static JWTCreator.Builder token() {
        return JWT.create().withSubject("alice").withExpiresAt(NOW.plusSeconds(60));
    }

    private static Algorithm hmac(String secret) {
        return Algorithm.HMAC256(secret);
    }

    private static UserContext accepted(JwtAuthenticator authenticator, String token) {
        return ((AuthOutcome.Accepted) authenticator.authenticate(new Credentials(token, "127.0.0.1"))).user();
    }

    private static String rejected(JwtAuthenticator authenticator, String token) {
        var reason = ((AuthOutcome.Rejected) authenticator.authenticate(new Credentials(token, "127.0.0.1"))).reason();
        assertThat(token.length() > 20 && reason.contains(token.substring(0, 20)))
                .isFalse();
        return reason;
    }

    private static Clock at(Instant instant) {
        return Clock.fixed(instant, ZoneOffset.UTC);
    }
}
