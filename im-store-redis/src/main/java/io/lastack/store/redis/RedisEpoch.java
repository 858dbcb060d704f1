package io.lastack.store.redis;

import io.lastack.spi.EpochRenewal;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The identity of the stored data, in a key of its own. A server that came back empty no longer has the key: the next
 * question puts a new identity there.
 */
final class RedisEpoch implements EpochRenewal {
    private static final Logger LOG = LoggerFactory.getLogger(RedisEpoch.class);
    private static final int MAX_LENGTH = 64;

    private final Server server;
    private final Keys keys;
    private final RandomGenerator random;

    RedisEpoch(Server server, Keys keys, RandomGenerator random) {
        this.server = server;
        this.keys = keys;
        this.random = random;
    }

    /**
     * Draws one for new data.
     *
     * @param renew whether the data that is there gets another one
     */
    void open(boolean renew) {
        Reply found = server.call("read the epoch", Script.EPOCH.on(keys.epoch(), Arguments.of()));
        if (found.isNothing()) {
            replace("", draw());
        } else if (renew) {
            replace(found.text(), draw());
        }
    }

    String value() {
        Reply found = server.call("read the epoch", Script.EPOCH.on(keys.epoch(), Arguments.of()));
        if (!found.isNothing()) {
            return found.text();
        }
        LOG.error(
                "Redis has lost its data: the epoch is no longer there. Devices will be told that the log is another.");
        return replace("", draw());
    }

    @Override
    public String renew(String expected, String fresh) {
        if (fresh.isBlank() || fresh.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("an epoch of " + fresh.length() + " characters is not allowed; 1 to "
                    + MAX_LENGTH + ", not all blank, are");
        }
        return replace(expected, fresh);
    }

    private String replace(String expected, String fresh) {
        return server.call("renew the epoch", Script.EPOCH.on(keys.epoch(), Arguments.of(expected, fresh)))
                .text();
    }

    private String draw() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
