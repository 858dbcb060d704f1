package io.lastack.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lastack.error.InvalidRequestException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClientOptionsTest {
    private static final Duration MINUS = Duration.ofMillis(-1);

    record Bad(String words, UnaryOperator<ClientOptions.Builder> setting) {
        @Override
        public String toString() {
            return words;
        }
    }

    static Stream<Bad> bad() {
        return Stream.of(
                new Bad("maxOutbox is 0; 1 or more is allowed", b -> b.maxOutbox(0)),
                new Bad("maxInFlight is -3; 1 or more is allowed", b -> b.maxInFlight(-3)),
                new Bad("maxInFlightPerConversation is 0; 1 or more", b -> b.maxInFlightPerConversation(0)),
                new Bad("maxRequests is 0; 1 or more is allowed", b -> b.maxRequests(0)),
                new Bad("maxResume is -1; 0 or more is allowed", b -> b.maxResume(-1)),
                new Bad("ackDelay is PT-0.001S; 0 or more is allowed", b -> b.ackDelay(MINUS)),
                new Bad("readDelay is PT-0.001S; 0 or more is allowed", b -> b.readDelay(MINUS)),
                new Bad("tokenLead is PT-0.001S; 0 or more is allowed", b -> b.tokenLead(MINUS)),
                new Bad("connectTimeout is PT0S; more than 0 is allowed", b -> b.connectTimeout(Duration.ZERO)),
                new Bad("requestTimeout is PT0S; more than 0 is allowed", b -> b.requestTimeout(Duration.ZERO)),
                new Bad(
                        "backoffBase is PT0S; more than 0 is allowed",
                        b -> b.backoff(Duration.ZERO, Duration.ofSeconds(1))),
                new Bad(
                        "backoffMax is PT1S; at least backoffBase, PT2S, is allowed",
                        b -> b.backoff(Duration.ofSeconds(2), Duration.ofSeconds(1))));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void whatIsOutOfBoundsIsRefusedInWords(Bad example) {
        ClientOptions.Builder builder = example.setting().apply(ClientOptions.builder());
        assertThatThrownBy(builder::build)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith(example.words());
    }

    @Test
    void whatIsNotSetIsAsInTheDefaults() {
        assertThat(ClientOptions.builder().build()).isEqualTo(ClientOptions.DEFAULTS);
        assertThat(ClientOptions.builder().clientName("web").build().clientName())
                .isEqualTo("web");
    }
}
