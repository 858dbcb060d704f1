package io.lastack.transport.tyrus.netty;

import java.util.Map;
import java.util.Set;

/** The verdict on a request to upgrade. */
public sealed interface Admission {

    /**
     * The client may connect.
     *
     * @param properties what the endpoint finds in its session's user properties
     */
    record Admitted(Map<String, Object> properties) implements Admission {

        public Admitted {
            properties = Map.copyOf(properties);
        }
    }

    /**
     * The client may not connect: it gets this answer, and then the connection ends.
     *
     * @param status 400, 401, 403, 426, 429 or 503
     * @param reason a short text for a person; goes to the client
     * @param retryAfterSeconds when to try again, 0 to leave that open
     */
    record Refused(int status, String reason, int retryAfterSeconds) implements Admission {

        private static final Set<Integer> STATUSES = Set.of(400, 401, 403, 426, 429, 503);

        public Refused {
            if (!STATUSES.contains(status)) {
                throw new IllegalArgumentException("status " + status + " is not one of 400, 401, 403, 426, 429, 503");
            }
            if (retryAfterSeconds < 0) {
                throw new IllegalArgumentException(
                        "retryAfterSeconds is " + retryAfterSeconds + "; it must not be negative");
            }
        }

        public Refused(int status, String reason) {
            this(status, reason, 0);
        }
    }
}
