package io.lastack.client;

import io.lastack.error.InvalidRequestException;
import java.time.Duration;

/**
 * How a client behaves.
 *
 * @param clientName what hello says of the client, for the server's logs
 * @param maxOutbox messages that may wait for the server's confirmation, sent or not
 * @param maxInFlight messages sent and not answered, in all conversations
 * @param maxInFlightPerConversation the same in one conversation. With 1, the order within a conversation holds in all
 *     cases. With more, throughput within one rises, and a message that the server puts off (429, 503) is overtaken by
 *     those in flight with it.
 * @param maxRequests other requests waiting for an answer
 * @param maxResume positions that hello states: those that moved last; for the others the server goes by its own
 * @param ackDelay how long a confirmed message may wait for company in its ack; half a window is never kept waiting
 * @param readDelay how long a read position may wait for a newer one
 * @param backoffBase the longest wait before the first attempt to reconnect; doubled for each further one
 * @param backoffMax the longest wait of all; also how long a link must hold to count as good
 * @param connectTimeout from the start of connecting to the server's welcome
 * @param requestTimeout for everything but messages, which wait as long as it takes
 * @param tokenLead how long before its end a token is replaced
 */
public record ClientOptions(
        String clientName,
        int maxOutbox,
        int maxInFlight,
        int maxInFlightPerConversation,
        int maxRequests,
        int maxResume,
        Duration ackDelay,
        Duration readDelay,
        Duration backoffBase,
        Duration backoffMax,
        Duration connectTimeout,
        Duration requestTimeout,
        Duration tokenLead) {
    /** What {@link Builder} starts from. */
    public static final ClientOptions DEFAULTS = new Builder().build();

    /** @throws InvalidRequestException if a number or duration is out of bounds */
    public ClientOptions {
        requireAtLeastOne("maxOutbox", maxOutbox);
        requireAtLeastOne("maxInFlight", maxInFlight);
        requireAtLeastOne("maxInFlightPerConversation", maxInFlightPerConversation);
        requireAtLeastOne("maxRequests", maxRequests);
        if (maxResume < 0) {
            throw new InvalidRequestException("maxResume is " + maxResume + "; 0 or more is allowed");
        }
        requireNotNegative("ackDelay", ackDelay);
        requireNotNegative("readDelay", readDelay);
        requirePositive("backoffBase", backoffBase);
        requirePositive("connectTimeout", connectTimeout);
        requirePositive("requestTimeout", requestTimeout);
        requireNotNegative("tokenLead", tokenLead);
        if (backoffMax.compareTo(backoffBase) < 0) {
            throw new InvalidRequestException(
                    "backoffMax is " + backoffMax + "; at least backoffBase, " + backoffBase + ", is allowed");
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    private static void requireAtLeastOne(String what, int value) {
        if (value < 1) {
            throw new InvalidRequestException(what + " is " + value + "; 1 or more is allowed");
        }
    }

    private static void requireNotNegative(String what, Duration value) {
        if (value.isNegative()) {
            throw new InvalidRequestException(what + " is " + value + "; 0 or more is allowed");
        }
    }

    private static void requirePositive(String what, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new InvalidRequestException(what + " is " + value + "; more than 0 is allowed");
        }
    }

    /** Collects options; what is not set stays as in {@link ClientOptions#DEFAULTS}. */
    public static final class Builder {
        private String clientName = "lastack-java";
        private int maxOutbox = 1_000;
        private int maxInFlight = 64;
        private int maxInFlightPerConversation = 1;
        private int maxRequests = 1_000;
        private int maxResume = 1_000;
        private Duration ackDelay = Duration.ofMillis(25);
        private Duration readDelay = Duration.ofMillis(200);
        private Duration backoffBase = Duration.ofMillis(500);
        private Duration backoffMax = Duration.ofSeconds(30);
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration requestTimeout = Duration.ofSeconds(30);
        private Duration tokenLead = Duration.ofSeconds(60);

        private Builder() {}

        public Builder clientName(String value) {
            clientName = value;
            return this;
        }

        public Builder maxOutbox(int value) {
            maxOutbox = value;
            return this;
        }

        public Builder maxInFlight(int value) {
            maxInFlight = value;
            return this;
        }

        public Builder maxInFlightPerConversation(int value) {
            maxInFlightPerConversation = value;
            return this;
        }

        public Builder maxRequests(int value) {
            maxRequests = value;
            return this;
        }

        public Builder maxResume(int value) {
            maxResume = value;
            return this;
        }

        public Builder ackDelay(Duration value) {
            ackDelay = value;
            return this;
        }

        public Builder readDelay(Duration value) {
            readDelay = value;
            return this;
        }

        public Builder backoff(Duration base, Duration max) {
            backoffBase = base;
            backoffMax = max;
            return this;
        }

        public Builder connectTimeout(Duration value) {
            connectTimeout = value;
            return this;
        }

        public Builder requestTimeout(Duration value) {
            requestTimeout = value;
            return this;
        }

        public Builder tokenLead(Duration value) {
            tokenLead = value;
            return this;
        }

        public ClientOptions build() {
            return new ClientOptions(
                    clientName,
                    maxOutbox,
                    maxInFlight,
                    maxInFlightPerConversation,
                    maxRequests,
                    maxResume,
                    ackDelay,
                    readDelay,
                    backoffBase,
                    backoffMax,
                    connectTimeout,
                    requestTimeout,
                    tokenLead);
        }
    }
}
