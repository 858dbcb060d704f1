package io.lastack.spi;

/** Tells who is behind a token. May block; called off the transport's threads. */
public interface Authenticator {
    AuthOutcome authenticate(Credentials credentials);

    /**
     * What a client presented.
     *
     * @param token as it came; never log it
     * @param remoteAddress where from, as the transport tells
     */
    record Credentials(String token, String remoteAddress) {
        @Override
        public String toString() {
            return "Credentials[token=(hidden), remoteAddress=" + remoteAddress + "]";
        }
    }

    /** The verdict. */
    sealed interface AuthOutcome {
        record Accepted(UserContext user) implements AuthOutcome {}

        /** @param reason for the client to read; says nothing that helps to guess a token */
        record Rejected(String reason) implements AuthOutcome {}
    }
}
